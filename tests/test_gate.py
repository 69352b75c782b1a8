"""The gate in its place: asked by every path, when a text is queued and when it is claimed."""

import ast
import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from leadline import asking, receiving
from leadline.app import Leadline
from leadline.errors import InvalidInput, SettingsError
from leadline.queueing import Refused, SendRequest
from leadline.rules.consent import ConsentEvent, Kind, Source
from leadline.rules.template import Template
from leadline.settings import Settings
from leadline.store import attempts, conversations, decisions, templates
from leadline.twilio.client import Permit, SendResult, TwilioClient
from leadline.twilio.sms import send_sms_async
from leadline.web.app import create_app
from tests import cast, texts
from tests.clock import Clock
from tests.test_worker import Shift, limit_rate, play, states
from tests.web.conftest import Client, signed_in, token

SOURCE = Path(__file__).parent.parent / "src" / "leadline"
# Eleven in the evening in Denver, and when the morning begins there.
NIGHT = datetime(2026, 3, 19, 5, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 19, 14, 0, tzinfo=UTC)
OFFER = Template(name="offer", body="Ten percent off", category="marketing")


def codes(line: Leadline, message_id: int) -> list[str]:
    decision = line.message(message_id).decision
    assert decision is not None
    return [reason["code"] for reason in decision["reasons"]]


def opt_in(line: Leadline) -> None:
    from leadline import consent  # noqa: PLC0415

    now = line.clock.now()
    event = ConsentEvent(
        cast.LENA.phone, Kind.OPT_IN, Source.WEB_FORM, "yes", None, "cli", now, "We text", "f/1"
    )
    with line.database.write() as tx:
        consent.record(tx, [event], now=now)


def test_a_text_at_night_waits_for_the_morning_and_is_judged_again(line: Leadline, clock: Clock) -> None:
    clock.set(NIGHT)
    queued = line.send(cast.LENA.phone, "Hi Lena")

    waiting = line.message(queued.id)
    assert waiting.deferred_until is not None
    assert MORNING <= waiting.deferred_until < MORNING + timedelta(minutes=10)
    assert codes(line, queued.id) == ["quiet_hours"]
    clock.set(MORNING - timedelta(minutes=1))
    assert texts.claim(line) == []
    clock.set(MORNING + timedelta(minutes=10))
    assert [text.message_id for text in texts.claim(line)] == [queued.id]
    assert codes(line, queued.id)[-1] == "in_hours"


def test_a_text_that_was_queued_by_day_and_is_claimed_at_night_waits(line: Leadline, clock: Clock) -> None:
    queued = line.send(cast.LENA.phone, "Hi Lena")
    clock.set(NIGHT)

    assert texts.claim(line) == []

    message = line.message(queued.id)
    assert (message.state, codes(line, queued.id)) == ("queued", ["quiet_hours"])


def test_an_answer_at_night_leaves_at_once_past_a_text_that_waits(line: Leadline, clock: Clock) -> None:
    clock.set(NIGHT)
    line.send(cast.LENA.phone, "for the morning")
    texts.receive(line, texts.inbound(1, "Are you there?"))
    line.send(cast.LENA.phone, "Yes!")

    assert [text.body for text in texts.claim(line)] == ["Yes!"]


def test_what_waits_for_the_morning_leaves_in_the_order_it_was_written(line: Leadline, clock: Clock) -> None:
    clock.set(NIGHT)
    for body in ("first", "second"):
        line.send(cast.LENA.phone, body)
        clock.advance(60)
    clock.set(MORNING + timedelta(minutes=10))

    assert [text.body for text in texts.claim(line)] == ["first"]


@pytest.mark.parametrize(
    ("details", "hour", "allowed"),
    [
        # Half past eight in the evening in Denver is half past ten in New York.
        ({"time_zone": "America/New_York"}, 2.5, False),
        ({"state": "NY"}, 2.5, False),
        ({"zip": "10001"}, 2.5, False),
        ({}, 2.5, True),
    ],
)
def test_it_is_the_hour_where_the_lead_lives_that_counts(
    line: Leadline, clock: Clock, details: dict[str, str], hour: float, allowed: bool
) -> None:
    clock.set(datetime(2026, 3, 19, tzinfo=UTC) + timedelta(hours=hour))
    line.add_lead("Lena", cast.LENA.phone, **details)

    queued = line.send(cast.LENA.phone, "by the number alone")

    assert (line.message(queued.id).deferred_until is None) is allowed
    assert bool(texts.claim(line)) is allowed


def test_marketing_needs_an_opt_in_and_is_capped(line: Leadline, clock: Clock) -> None:
    with line.database.write() as tx:
        templates.add_missing(tx, [OFFER], now=clock.now())
    with pytest.raises(Refused) as refused:
        line.send(cast.LENA.phone, template="offer")
    assert refused.value.code == "no_opt_in"

    opt_in(line)
    sent = [line.send(cast.LENA.phone, template="offer") for _ in range(4)]

    assert [codes(line, queued.id)[0] for queued in sent] == ["opted_in"] * 3 + ["marketing_per_day"]
    assert line.message(sent[3].id).deferred_until == clock.now() + timedelta(days=1)


def test_a_country_that_is_not_allowed_is_refused_by_name(line: Leadline) -> None:
    with pytest.raises(Refused) as refused:
        line.send("+442071838750", "Hello")
    assert refused.value.code == "country_not_allowed"


def test_a_number_that_turns_out_unusable_while_a_text_waits_is_refused_when_claiming(line: Leadline) -> None:
    queued = line.send(cast.LENA.phone, "Hi")
    with line.database.write() as tx:
        conversations.set_unusable(tx, queued.conversation_id, "No such number.")

    assert texts.claim(line) == []
    assert (line.message(queued.id).state, codes(line, queued.id)) == ("refused", ["number_unusable"])


def test_waiting_for_a_person_is_written_down_once(line: Leadline, clock: Clock) -> None:
    clock.set(NIGHT)
    queued = line.send(cast.LENA.phone, "Hi Lena")
    with line.database.write() as tx:
        told = [(queued.id, asking.said(decision)) for decision in [_waits_for_a_person()] * 2]
        for each in told:
            decisions.add_changed(tx, [each], asked_when="claim", now=clock.now())

    with line.database.read() as tx:
        assert len(decisions.of_message(tx, queued.id)) == 2


def _waits_for_a_person() -> Any:
    from leadline.rules.gate import NO_ZONE, Decision, Verdict  # noqa: PLC0415

    return Decision(Verdict.DEFERRED, (NO_ZONE,))


def test_quiet_hours_are_not_kept_on_the_simulator_unless_asked_for(
    settings: Callable[..., Settings],
) -> None:
    here = {"twilio_api_base_url": "http://127.0.0.1:1"}
    off = asking.rules_of(settings(**here))
    assert (off.quiet_hours.is_on, off.why_any_hour.code) == (False, "simulated")
    assert asking.rules_of(settings(leadline_quiet_hours=True, **here)).quiet_hours.is_on
    assert asking.rules_of(settings()).quiet_hours.is_on
    assert not asking.rules_of(settings(leadline_quiet_hours=False)).quiet_hours.is_on


@pytest.mark.parametrize(
    "fault", [{"leadline_own_hours": "nine to five"}, {"leadline_own_hours": "09:00-10:00 none"},
              {"leadline_closed_days": "Christmas"}],
)  # fmt: skip
def test_hours_that_cannot_be_read_stop_the_start(
    settings: Callable[..., Settings], fault: dict[str, str]
) -> None:
    with pytest.raises(SettingsError, match="LEADLINE_OWN_HOURS"):
        asking.rules_of(settings(**fault))


def test_own_hours_narrow_those_of_the_law(settings: Callable[..., Settings]) -> None:
    hours = asking.rules_of(settings(leadline_own_hours="09:00-18:00 10:00-14:00 none")).quiet_hours
    assert hours.own is not None
    assert (hours.own.weekdays, hours.own.saturday, hours.own.sunday) == ("09:00-18:00", "10:00-14:00", "")


# Every way to have a text sent: what it takes until a worker finds one.
def by_the_api(line: Leadline) -> None:
    with asyncio.Runner() as runner:
        program = Client(create_app(line), runner, {"authorization": f"Bearer {token(line)}"})
        lead = texts.add_lena(line)
        assert program.send("POST", f"/api/admin/leads/{lead.id}/sms", {"body": "Hi"}).status == 202


def by_the_page(line: Leadline) -> None:
    with asyncio.Runner() as runner:
        alice = signed_in(Client(create_app(line), runner), line, cast.ALICE)
        lead = texts.add_lena(line)
        assert alice.post(f"/leads/{lead.id}/messages", {"body": "Hi", "key": "k"}).status == 303


def by_the_library(line: Leadline) -> None:
    line.send(cast.LENA.phone, "Hi")


def by_the_command_line(line: Leadline) -> None:
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi", created_by="cli"))


def for_later(line: Leadline) -> None:
    line.send(cast.LENA.phone, "Hi", due_at=line.clock.now() + timedelta(seconds=3))


def by_itself(line: Leadline) -> None:
    told = line.settings.model_copy(update={"leadline_auto_reply_template": "plain"})
    with line.database.write() as tx:
        templates.add_missing(tx, [Template("plain", "We heard you", "conversational")], now=line.clock.now())
        receiving.receive(tx, [texts.inbound(1, "Hello?")], now=line.clock.now(), settings=told)


def of_a_campaign(line: Leadline) -> None:
    opt_in(line)
    with line.database.write() as tx:
        templates.add_missing(tx, [OFFER], now=line.clock.now())
    texts.queue(line, SendRequest(number=cast.LENA.phone, template="offer", priority=1))


PATHS = [by_the_api, by_the_page, by_the_library, by_the_command_line, for_later, by_itself, of_a_campaign]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_reaches_twilio_without_a_decision_that_allows_it(
    line: Leadline, path: Callable[[Leadline], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_rate(line, None)
    permits: list[Permit] = []
    create = TwilioClient.create

    async def watched(self: TwilioClient, message: Any, permit: Permit) -> SendResult:
        permits.append(permit)
        return await create(self, message, permit)

    monkeypatch.setattr(TwilioClient, "create", watched)

    async def story(shift: Shift) -> None:
        await asyncio.to_thread(path, line)
        await shift.pass_(5)
        assert len(shift.sent) == 1

    play(line, story)
    [sent] = [number for number, state in enumerate(states(line), 1) if state == "accepted"]
    with line.database.read() as tx:
        [attempt] = attempts.of_message(tx, sent)
        told = {decision.id: decision for decision in decisions.of_message(tx, sent)}
    assert [permit.decision_id for permit in permits] == [attempt.decision_id]
    decision = told[attempt.decision_id]
    assert (decision.asked_when, decision.answer["verdict"]) == ("claim", "allowed")
    assert decision.asked_at <= attempt.started_at


def test_the_create_call_is_made_in_two_places_and_needs_a_permit_in_both() -> None:
    """The worker's, with the decision of its claim, and the library's, which has no database."""
    found = {
        (path.relative_to(SOURCE).as_posix(), node.func.attr)
        for path in SOURCE.rglob("*.py")
        if not {"simulator", "store"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "create" or (node.func.attr == "exchange" and _posts(node))
    }
    assert found == {("worker.py", "create"), ("twilio/sms.py", "create"), ("twilio/client.py", "exchange")}
    with pytest.raises(ValueError, match="decision"):
        Permit("")


def _posts(call: ast.Call) -> bool:
    return any(isinstance(argument, ast.Constant) and argument.value == "POST" for argument in call.args)


def test_the_library_alone_keeps_to_the_countries(settings: Callable[..., Settings]) -> None:
    with pytest.raises(InvalidInput) as refused:
        asyncio.run(send_sms_async("+442071838750", "Hello", settings=settings()))
    assert (refused.value.field, refused.value.code) == ("to", "country_not_allowed")

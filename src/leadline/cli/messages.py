"""``leadline send`` and ``leadline messages``: queue a text, see what became of texts."""

import re
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from textwrap import indent
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadline.cli.output import AsJson, given_pairs, note, print_json, print_table, say
from leadline.cli.session import ACTOR, load_settings, opened
from leadline.errors import SettingsError

if TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.settings import Settings
    from leadline.store.messages import Message
    from leadline.web.api.messages import MessageDetail

app = typer.Typer(help="List texts, newest first, or show all about one.", invoke_without_command=True)

# Digits alone are a lead's id as long as no country has a number that short.
_LEAD_ID = re.compile(r"[0-9]{1,6}")
# A worker of another process looks once a second.
_SECONDS_TO_BE_TAKEN = 2.0

MessageId = Annotated[int, typer.Argument(metavar="ID")]
Variables = Annotated[list[str] | None, typer.Option("--var", metavar="NAME=VALUE", help="May be repeated.")]


def send(
    to: Annotated[str, typer.Argument(metavar="TO", help="A lead's id, or a number in any spelling.")],
    body: Annotated[str | None, typer.Argument(metavar="BODY", help="The text.")] = None,
    template: Annotated[str | None, typer.Option(help="A template instead of a text.")] = None,
    var: Variables = None,
    media: Annotated[
        list[str] | None, typer.Option(metavar="URL", help="A picture; may be repeated.")
    ] = None,
    key: Annotated[str | None, typer.Option(help="The same key never queues a text twice.")] = None,
    *,
    wait: Annotated[
        bool, typer.Option("--wait", help="Send it from here, and say what became of it.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Queue a text to a lead or a number; a running worker sends it."""
    from leadline.queueing import SendRequest

    request = SendRequest(
        lead_id=int(to) if _LEAD_ID.fullmatch(to) else None,
        number=None if _LEAD_ID.fullmatch(to) else to,
        body=body,
        template=template,
        variables=given_pairs("--var", var),
        media_urls=tuple(media or ()),
        idempotency_key=key and f"{ACTOR}:{key}",
        created_by=ACTOR,
    )
    settings = _settings_to_send(wait=wait)
    with opened(settings) as line:
        with line.database.write() as tx:
            [queued] = line.queue(tx, [request], now=line.clock.now())
        if wait:
            _send_from_here(line, queued.id)
        elif not json:
            _look_for_a_worker(line, queued.id)
        message, stopped = line.message(queued.id), _stopped(line)
        now = line.clock.now()
    if json:
        print_json(documents([message], now=now)[0])
    else:
        _tell(message, is_new=queued.is_new, stopped=stopped, now=now)
    if wait and message.twilio_sid is None:
        raise typer.Exit(1)


def _settings_to_send(*, wait: bool) -> "Settings":
    """The settings; without an account those that queue for the simulator which ``serve`` then runs."""
    from leadline.simulation import has_account, simulated

    settings = load_settings()
    if has_account(settings):
        return settings
    if wait:
        raise SettingsError("--wait sends from here, and there is no Twilio account to send with.")
    note("There is no Twilio account in the settings: this goes to the simulator of `leadline serve`.")
    return simulated(settings)


def _look_for_a_worker(line: "Leadline", message_id: int) -> None:
    """Wait until a worker has taken the text, but not long."""
    deadline = time.monotonic() + _SECONDS_TO_BE_TAKEN
    while line.message(message_id).state == "queued" and time.monotonic() < deadline:
        time.sleep(0.1)


def _send_from_here(line: "Leadline", message_id: int) -> None:
    """Work until the text is settled, is to wait for its time, or its sender may not send."""
    from leadline import serving

    def is_settled() -> bool:
        message = line.message(message_id)
        is_later = message.due_at > line.clock.now() or message.deferred_until is not None
        return message.state not in ("queued", "posting") or is_later or _stopped(line) is not None

    serving.run(serving.work(line, until=is_settled))


def _stopped(line: "Leadline") -> str | None:
    """Why our sender may not send."""
    from leadline.store import senders

    with line.database.read() as tx:
        return senders.by_address(tx, line.settings.sender or "").stopped_because


def _tell(message: "Message", *, is_new: bool, stopped: str | None, now: datetime) -> None:
    if not is_new:
        say("This key was used before; nothing was queued again.")
    say(f"Text {message.id} to {message.number}: {_status(message, now=now)}.", *_reasons(message))
    if message.state != "queued" or message.due_at > now:
        return
    if message.deferred_until:
        say(f"It waits until {message.deferred_until:%Y-%m-%d %H:%M} UTC.")
        return
    if stopped:
        say(f"Sending has stopped: {stopped}. `leadline check` says what to do.")
    else:
        say("No worker has taken it yet. `leadline serve` and `leadline worker` send what is queued.")


def _status(message: "Message", *, now: datetime) -> str:
    from leadline.rules.state import shown

    return shown(message.state, message.status, is_due=message.due_at <= now)


def _reasons(message: "Message") -> list[str]:
    """Why it is as it is: what an error means, or what the gate said."""
    from leadline.twilio.codes import explain

    if message.error_code:
        meaning = explain(message.error_code)
        return [f"{message.error_code}: {meaning.sentence}", meaning.what_to_do]
    decision = message.decision or {"verdict": "allowed"}
    if message.state == "refused" or (message.state == "queued" and decision["verdict"] == "deferred"):
        return [reason["sentence"] for reason in decision["reasons"]]
    return []


@app.callback()
def list_(
    context: typer.Context,
    lead: Annotated[int | None, typer.Option(metavar="ID", help="Of this lead.")] = None,
    status: Annotated[str | None, typer.Option(help="With this status, like failed or in_doubt.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    *,
    json: AsJson = False,
) -> None:
    """List texts, newest first, or show all about one."""
    from leadline.store import messages

    if context.invoked_subcommand:
        return
    if lead is not None and status is not None:
        raise typer.BadParameter("Give --lead or --status, not both.")
    with opened() as line, line.database.read() as tx:
        now = line.clock.now()
        if status is None:
            found = messages.recent(tx, lead_id=lead, limit=limit)
        else:
            found = messages.of_status(tx, status, now=now, limit=limit)
    if json:
        print_json(documents(found, now=now))
    else:
        print_texts(found, now=now)


@app.command("send-again")
def send_again(message_id: MessageId, *, json: AsJson = False) -> None:
    """Send a text once more that left no trace at Twilio; it may then arrive twice."""
    from leadline.reconciling import send_again as decide

    _decide(decide, message_id, json=json)


@app.command()
def leave(message_id: MessageId, *, json: AsJson = False) -> None:
    """Leave a text at that which left no trace at Twilio."""
    from leadline.reconciling import leave as decide

    _decide(decide, message_id, json=json)


def _decide(decision: "Callable[..., Message]", message_id: int, *, json: bool) -> None:
    with opened() as line, line.database.write() as tx:
        now = line.clock.now()
        message = decision(tx, message_id, actor=ACTOR, now=now)
    if json:
        print_json(documents([message], now=now)[0])
    else:
        say(f"Text {message.id} to {message.number}: {_status(message, now=now)}.")


@app.command()
def show(message_id: MessageId, *, json: AsJson = False) -> None:
    """Show a text with every attempt to send it and all evidence of what became of it."""
    from leadline.web.api.messages import MessageDetail

    with opened() as line, line.database.read() as tx:
        found = MessageDetail.read(tx, message_id, now=line.clock.now())
    if json:
        print_json(found.model_dump(mode="json"))
        return
    _show(found)


def _show(found: "MessageDetail") -> None:
    direction = "from" if found.direction == "inbound" else "to"
    # Indented, so that no line of a text can pass for one of ours.
    say(f"Text {found.id} {direction} {found.number}: {found.status}", indent(found.body, "  "), "")
    if found.is_double:
        say("It left twice.", "")
    if found.no_delivery_report:
        say("There is no delivery report, and none is expected any more.", "")
    if found.error:
        say(f"{found.error.code}: {found.error.sentence}", found.error.what_to_do, "")
    for decision in found.decisions:
        reasons = " ".join(reason["sentence"] for reason in decision.answer["reasons"])
        say(f"gate, when asked to {decision.asked_when}: {decision.answer['verdict']}. {reasons}")
    for name in ("twilio_sid", "template", "created_by", "segments"):
        if getattr(found, name):
            say(f"{name}: {getattr(found, name)}")
    say("", "Attempts")
    tried = [
        (
            each.started_at,
            each.worker,
            each.outcome or "no answer yet",
            each.http_status,
            each.error_code or None,
            each.resolved_by,
            each.looks or None,
            each.next_look_at,
        )
        for each in found.attempts
    ]
    columns = ("begun", "worker", "outcome", "HTTP", "code", "resolved by", "looks", "next look")
    print_table(columns, tried, empty="None.")
    say("", "Evidence")
    facts = [(fact.at, fact.kind, fact.status, fact.error_code or None) for fact in found.evidence]
    print_table(("came", "kind", "status", "code"), facts, empty="None.")


def documents(found: "Sequence[Message]", *, now: datetime) -> list[dict[str, Any]]:
    """Texts as the API shows them."""
    from leadline.web.api.messages import Message as Shown

    return [Shown.of(message, now=now).model_dump(mode="json") for message in found]


def print_texts(found: "Sequence[Message]", *, now: datetime) -> None:
    """Texts as a table, in the order given."""
    rows = [
        (
            message.id,
            message.created_at,
            "from" if message.direction == "inbound" else "to",
            message.number,
            _status(message, now=now),
            message.body or "(picture)",
        )
        for message in found
    ]
    print_table(("id", "when", "", "number", "status", "text"), rows, empty="There are no texts.")

"""What Prometheus and a load balancer are told, and who is told."""

import asyncio
import re
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.queueing import SendRequest
from leadline.settings import Settings
from leadline.store import database, migrate, schema
from leadline.store.rejects import Rejected, last_heard, recent
from leadline.twilio.client import SendKind
from leadline.twilio.signature import sign
from leadline.web.app import create_app
from leadline.web.webhooks import REASONS
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, token

WEBHOOK = "/api/webhooks/twilio"
SECRET = "scrape token"


def figures(client: Client) -> dict[str, float]:
    """Each sample by its name with its labels."""
    scraped = client.get("/metrics")
    assert scraped.status == 200
    lines = [line for line in scraped.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def rejected(line: Leadline) -> list[Rejected]:
    """The rejects, when everything handed to the writer is written."""
    line.writer.submit(lambda tx, items, now: [None] * len(items), None).result()
    with line.database.read() as tx:
        return recent(tx, now=line.clock.now())


def inbound(client: Client, line: Leadline, number: int = 1, signature: str | None = None) -> int:
    """Twilio brings a text from Lena."""
    form = {
        "MessageSid": texts.sid(number),
        "AccountSid": cast.ACCOUNT_SID,
        "From": cast.LENA.phone,
        "To": cast.OUR_NUMBER,
        "Body": "Hello",
        "NumMedia": "0",
        "NumSegments": "1",
    }
    url = f"{line.settings.leadline_public_url}{WEBHOOK}"
    signed = sign(url, list(form.items()), cast.AUTH_TOKEN) if signature is None else signature
    return client.post(WEBHOOK, form, x_twilio_signature=signed).status


def test_nobody_scrapes_without_a_token(anyone: Client, line: Leadline) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic wrong"}):
        refused = anyone.get("/metrics", **headers)
        assert (refused.status, refused.json["code"]) == (401, "unauthorized")
        assert refused.header("www-authenticate")


def test_no_token_is_set_so_an_empty_one_opens_nothing(anyone: Client) -> None:
    assert anyone.get("/metrics", authorization="Bearer ").status == 401


def test_a_token_of_the_api_may_scrape_until_it_is_revoked(anyone: Client, line: Leadline) -> None:
    secret = token(line, user=member(line, cast.Member("Vera", "vera@example.com", "viewer", "North")))
    client = anyone.having(authorization=f"Bearer {secret}")
    assert client.get("/metrics").status == 200
    with line.database.write() as tx:
        tx.execute(update(schema.api_tokens).values(revoked_at=line.clock.now()))
    assert client.get("/metrics").status == 401


def test_the_token_of_the_settings_scrapes_and_does_nothing_else(
    settings: Callable[..., Settings], clock: Clock
) -> None:
    made = settings(leadline_metrics_token=SecretStr(SECRET))
    with Leadline.open(made, clock=clock) as line, asyncio.Runner() as loop:
        client = Client(create_app(line), loop, {"authorization": f"Bearer {SECRET}"})
        assert client.get("/metrics").status == 200
        assert client.get("/api/admin/messages").status == 401


def test_how_things_stand_is_told(api: Client, line: Leadline, clock: Clock) -> None:
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi"))
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.answered(SendKind.IN_DOUBT))
    clock.advance(timedelta(minutes=10))
    texts.queue(line, SendRequest(number="+13035550143", body="Hi"))
    found = figures(api)
    assert found['leadline_texts{state="in_doubt"}'] == 1
    assert found['leadline_texts{state="due"}'] == 1
    assert found['leadline_oldest_text_seconds{state="in_doubt"}'] == 600
    assert found['leadline_needs_a_person{code="unconfirmed"}'] == 0
    assert found["leadline_database_up"] == 1
    assert found['leadline_doubt_resolved{by="report"}'] == 0


def test_the_database_is_asked_every_few_seconds_at_most(api: Client, line: Leadline, clock: Clock) -> None:
    before = figures(api)
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="Hi"))
    assert figures(api)['leadline_texts{state="due"}'] == before['leadline_texts{state="due"}'] == 0
    clock.advance(timedelta(seconds=5))
    assert figures(api)['leadline_texts{state="due"}'] == 1


def test_outcomes_begin_at_zero_and_batches_are_measured(api: Client, line: Leadline) -> None:
    line.writer.submit(line.queue, SendRequest(number=cast.LENA.phone, body="Hi")).result()
    found = figures(api)
    assert found['leadline_webhooks_total{kind="inbound",status="200"}'] == 0
    assert found['leadline_webhooks_total{kind="status",status="204"}'] == 0
    assert {f'leadline_sends_total{{outcome="{kind}"}}' for kind in SendKind} <= set(found)
    assert found["leadline_writer_batch_items_count"] == 1
    assert found['leadline_writer_batch_items_bucket{le="+Inf"}'] == 1


def test_no_figure_names_a_person(api: Client, line: Leadline) -> None:
    inbound(api, line)
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="A secret"))
    shown = api.get("/metrics").text
    for word in (cast.LENA.phone, cast.OUR_NUMBER, "Hello", "A secret", texts.sid(1), cast.ACCOUNT_SID):
        assert word.removeprefix("+") not in shown
    labels = set(re.findall(r'(\w+)="', shown))
    assert labels <= {"state", "by", "code", "kind", "status", "reason", "outcome", "le", "version"}


def test_webhooks_are_counted_and_rejects_stored_by_reason(api: Client, line: Leadline) -> None:
    assert inbound(api, line) == 200
    assert [inbound(api, line, signature="wrong") for _ in range(3)] == [403] * 3
    assert api.get(WEBHOOK).status == 405
    assert api.post(f"{WEBHOOK}/elsewhere").status == 404
    assert rejected(line) == []  # Nothing is written yet: a reject must not cost a write.
    found = figures(api)
    assert found['leadline_webhooks_total{kind="inbound",status="200"}'] == 1
    assert found['leadline_webhooks_total{kind="inbound",status="403"}'] == 3
    assert found['leadline_webhook_rejects_total{reason="signature"}'] == 3
    api.app.stop()
    assert [(each.reason, each.today) for each in rejected(line)] == [
        ("signature", 3),
        ("method", 1),
        ("path", 1),
    ]
    with line.database.read() as tx:
        assert last_heard(tx) == {"inbound": line.clock.now()}


def test_whoever_calls_makes_no_more_rows_than_there_are_reasons(api: Client, line: Leadline) -> None:
    for number in range(50):
        api.post(f"{WEBHOOK}/{number}", {"x": str(number)}, x_twilio_signature=str(number))
        inbound(api, line, signature=str(number))
    api.app.stop()
    assert {each.reason for each in rejected(line)} == {"path", "signature"}
    assert {"path", "signature"} <= set(REASONS)


def test_what_is_counted_is_written_within_seconds(line: Leadline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leadline.web.tally.WRITE_EVERY", 0)

    async def story() -> list[Rejected]:
        client = Client(create_app(line), loop)
        await client.ask("GET", WEBHOOK)
        while not (found := await asyncio.to_thread(rejected, line)):
            pass
        return found

    with asyncio.Runner() as loop:
        assert [(each.reason, each.today) for each in loop.run(story())] == [("method", 1)]


def test_a_process_without_a_database_is_alive_and_not_ready(
    anyone: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (anyone.get("/health").status, anyone.get("/health").json) == (200, {"status": "alive"})
    ready = anyone.get("/ready")
    assert (ready.status, ready.json["ready"]) == (200, True)
    assert ready.json["checks"] == {"database": True, "schema": True, "serving": True}

    def gone(*_: object) -> None:
        raise StoreUnavailable("The database does not answer: connection refused at db.internal")

    monkeypatch.setattr(migrate, "version", gone)
    ready = anyone.get("/ready")
    assert (ready.status, ready.json["checks"]["database"]) == (503, False)
    assert "db.internal" not in ready.text
    assert anyone.get("/health").status == 200


def test_metrics_without_a_database_tell_that_and_what_was_counted(
    settings: Callable[..., Settings], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = settings(leadline_metrics_token=SecretStr(SECRET))
    with Leadline.open(made, clock=clock) as line, asyncio.Runner() as loop:
        client = Client(create_app(line), loop, {"authorization": f"Bearer {SECRET}"})
        nowhere = database.Database("sqlite:////proc/nowhere/leadline.db")
        with closing(nowhere), monkeypatch.context() as lost:
            lost.setattr(line, "database", nowhere)
            found = figures(client)
    assert found["leadline_database_up"] == 0
    assert 'leadline_sends_total{outcome="accepted"}' in found
    assert 'leadline_texts{state="due"}' not in found


@pytest.mark.parametrize(("is_working", "status"), [(True, 200), (False, 503)])
def test_a_process_whose_worker_is_gone_is_not_ready(line: Leadline, is_working: bool, status: int) -> None:
    with asyncio.Runner() as loop:
        client = Client(create_app(line, is_working=lambda: is_working), loop)
        ready = client.get("/ready")
        assert (ready.status, ready.json["checks"]["worker"]) == (status, is_working)


def test_a_process_that_is_going_down_is_not_ready(anyone: Client) -> None:
    anyone.app.stop()
    ready = anyone.get("/ready")
    assert (ready.status, ready.json["checks"]["serving"]) == (503, False)


def test_an_older_schema_is_not_ready(anyone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "HEAD", "9999")
    ready = anyone.get("/ready")
    assert (ready.status, ready.json["checks"]["schema"]) == (503, False)

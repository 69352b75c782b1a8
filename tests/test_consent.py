"""The consent ledger as it is kept: told, chained, cached, rebuilt, and judged by people."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update

from leadline import consent, queueing, statements
from leadline.app import Leadline
from leadline.errors import ConsentRefused, InvalidInput, NotFound, TooLate
from leadline.proof import prove, verify
from leadline.rules.consent import ConsentEvent
from leadline.rules.ledger import Fault, Head
from leadline.statements import Statement, Told
from leadline.store import columns, conversations, schema
from leadline.store import consent as ledger
from leadline.store.conversations import Conversation
from tests import cast, texts
from tests.clock import Clock

AGREED = Statement(
    cast.LENA.phone,
    "opt_in",
    when="2026-03-01T10:00:00Z",
    words="Yes, text me",
    disclosure="By ticking this you agree to texts from Harbor Roofing.",
    source="web_form",
    reference="https://example.com/quote",
)


def thread(line: Leadline, number: str = cast.LENA.phone) -> Conversation:
    with line.database.read() as tx:
        found = conversations.by_number(tx, number)
    assert found is not None
    return found


def tell(line: Leadline, statement: Statement) -> Told:
    with line.database.write() as tx:
        return statements.tell(tx, statement, actor="user:1", now=line.clock.now(), settings=line.settings)


def faults(line: Leadline, *, head: Head | None = None) -> list[Fault]:
    with line.database.read() as tx:
        return verify(tx, head=head)


def record(line: Leadline, *events: ConsentEvent) -> None:
    with line.database.write() as tx:
        consent.record(tx, events, now=line.clock.now())


def heard(
    line: Leadline, kind: str, words: str, *, number: str = cast.LENA.phone, source: str = "free_text"
) -> None:
    record(line, ConsentEvent(number, kind, source, words, None, "lead", line.clock.now()))


def judge(line: Leadline, *, is_opt_out: bool) -> Conversation:
    with line.database.write() as tx:
        return consent.judge(tx, cast.LENA.phone, is_opt_out=is_opt_out, actor="user:1", now=line.clock.now())


# The chain.


@pytest.fixture
def stored(line: Leadline, clock: Clock) -> Leadline:
    """A ledger of five entries, of two people."""
    for number, words in enumerate(("STOP", "START", "STOP"), 1):
        clock.advance(60)
        texts.receive(line, texts.inbound(number, words))
    tell(line, AGREED_BY_ANOTHER)
    clock.advance(60)
    heard(line, "possible_stop", "please leave it", number=ANOTHER)
    return line


ANOTHER = "+13035550143"
AGREED_BY_ANOTHER = Statement(ANOTHER, *[getattr(AGREED, n) for n in ("kind", "when", "words", "disclosure")])

events = schema.consent_events
TAMPERING = [
    update(events).where(events.c.id == 2).values(words="stop, please"),
    update(events).where(events.c.id == 2).values(number="+13035550199"),
    update(events).where(events.c.id == 2).values(kind="opt_out"),
    update(events).where(events.c.id == 2).values(actor="user:9"),
    update(events).where(events.c.id == 2).values(disclosure="Something"),
    update(events).where(events.c.id == 2).values(at=columns.instant(1)),
    update(events).where(events.c.id == 2).values(recorded_at=columns.instant(1)),
    update(events).where(events.c.id == 2).values(message_id=None),
    update(events).where(events.c.id == 2).values(hash="0" * 64),
    update(events).where(events.c.id == 2).values(salt=None, words=""),
    delete(events).where(events.c.id == 2),
]


@pytest.mark.parametrize("tampering", TAMPERING, ids=lambda statement: str(statement)[:60])
def test_tampering_with_a_row_is_found_at_that_row(stored: Leadline, tampering: object) -> None:
    assert faults(stored) == []
    with stored.database.write() as tx:
        tx.execute(tampering)  # type: ignore[call-overload]
    assert faults(stored)[0].position == 2


def test_a_head_that_was_kept_shows_that_the_end_was_cut_off(stored: Leadline) -> None:
    with stored.database.write() as tx:
        head = ledger.head(tx)
        tx.execute(delete(events).where(events.c.id == 5))
    assert (head.length, faults(stored)) == (5, [])
    assert [fault.what for fault in faults(stored, head=head)] == ["cut"]


def test_writers_beside_each_other_make_one_chain(line: Leadline) -> None:
    def stop(number: int) -> None:
        heard(line, "opt_out", "STOP", number=f"+130355501{number:02}", source="keyword")

    threads = [threading.Thread(target=stop, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with line.database.read() as tx:
        assert ledger.head(tx).length == 8
    assert faults(line) == []


# The state.


def differences(line: Leadline) -> list[consent.Difference]:
    with line.database.read() as tx:
        return consent.differences(tx)


def test_the_rebuilt_state_equals_the_table(stored: Leadline) -> None:
    assert differences(stored) == []
    with stored.database.write() as tx:
        before = conversations.everyone(tx)
        tx.execute(text("UPDATE conversations SET consent = 'none', consent_at = NULL, review_since = 5"))
    with stored.database.write() as tx:
        found = consent.rebuild(tx, now=stored.clock.now())
    assert {each.number for each in found} == {cast.LENA.phone, ANOTHER}
    with stored.database.read() as tx:
        assert conversations.everyone(tx) == before


def test_an_event_without_a_conversation_gets_one_when_the_state_is_rebuilt(line: Leadline) -> None:
    with line.database.write() as tx:
        now = line.clock.now()
        ledger.append(tx, [ConsentEvent(ANOTHER, "opt_out", "import", "", None, "cli", now)], now=now)
        consent.rebuild(tx, now=now)
    assert thread(line, ANOTHER).consent == "opted_out"


# What others say of them.


def test_an_opt_in_with_its_evidence_is_recorded_once(line: Leadline) -> None:
    assert [tell(line, AGREED).is_new for _ in range(2)] == [True, False]
    assert thread(line).consent == "opted_in"
    with line.database.read() as tx:
        [entry] = ledger.entries_of(tx, [cast.LENA.phone])
    assert (entry.event.words, entry.event.disclosure) == (AGREED.words, AGREED.disclosure)
    assert (entry.event.reference, entry.event.actor) == (AGREED.reference, "user:1")


def changed(**values: str) -> Statement:

    return replace(AGREED, **values)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"kind": "optin"}, "kind", "consent_kind_unknown"),
        ({"kind": "possible_stop"}, "kind", "consent_kind_unknown"),
        ({"source": "keyword"}, "source", "consent_source_unknown"),
        ({"source": "carrier"}, "source", "consent_source_unknown"),
        ({"number": "12"}, "number", "phone_invalid"),
        ({"when": ""}, "when", "evidence_missing"),
        ({"when": "11/01/2026"}, "when", "consent_date_invalid"),
        ({"when": "2026-13-01"}, "when", "consent_date_invalid"),
        ({"when": "2030-01-01"}, "when", "consent_date_invalid"),
        ({"when": "0001-01-01T00:00:00+14:00"}, "when", "consent_date_invalid"),
        ({"words": " "}, "words", "evidence_missing"),
        ({"disclosure": ""}, "disclosure", "evidence_missing"),
        ({"words": "x" * 2001}, "words", "too_long"),
    ],
)
def test_a_statement_that_cannot_be_used_names_the_field_and_stores_nothing(
    line: Leadline, values: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        tell(line, changed(**values))
    assert (refused.value.field, refused.value.code) == (field, code)
    with line.database.read() as tx:
        assert (ledger.head(tx).length, conversations.everyone(tx)) == (0, [])


def test_nobody_can_opt_in_over_a_carriers_block_but_the_person(line: Leadline, clock: Clock) -> None:
    texts.add_lena(line)
    heard(line, "opt_out", "21610", source="carrier")
    clock.advance(86400)
    with pytest.raises(ConsentRefused) as refused:
        tell(line, changed(when=clock.now().isoformat()))
    assert refused.value.code == "carrier_block"
    texts.receive(line, texts.inbound(1, "START"))
    assert thread(line).consent == "opted_in"


def test_evidence_counts_over_an_opt_out_only_when_it_is_newer(line: Leadline, clock: Clock) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    with pytest.raises(ConsentRefused) as refused:
        tell(line, changed(when=(clock.now() - timedelta(minutes=1)).isoformat()))
    assert refused.value.code == "opted_out_since"
    clock.advance(600)
    tell(line, changed(when=(clock.now() - timedelta(minutes=5)).isoformat()))
    assert thread(line).consent == "opted_in"


def test_an_opt_out_that_somebody_tells_of_needs_nothing_but_the_number(line: Leadline, clock: Clock) -> None:
    statement = Statement("(303) 555-0142", "opt-out")
    assert tell(line, statement).state.consent == "opted_out"
    clock.advance(60)
    assert not tell(line, statement).is_new
    with pytest.raises(queueing.Refused):
        texts.queue(line, queueing.SendRequest(number=cast.LENA.phone, body="Hi"))


def test_a_file_is_taken_row_by_row_the_oldest_first(line: Leadline) -> None:
    rows = [
        (2, changed(when="2026-03-02")),
        (3, Statement(cast.LENA.phone, "opt_out", when="2026-03-01", source="import")),
        (4, Statement("12", "opt_out", source="import")),
        (5, Statement(ANOTHER, "opt_out", when="soon", source="import")),
        (6, Statement(ANOTHER, "unsubscribed", source="import")),
        (7, changed(number=ANOTHER, disclosure="")),
    ]

    def load() -> list[tuple[int, str]]:
        now = line.clock.now()
        found, errors = statements.sort(rows, actor="cli", now=now, settings=line.settings)
        with line.database.write() as tx:
            account = errors + statements.import_rows(tx, found, now=now)
        return sorted((row.line, row.outcome) for row in account)

    bad = [(line_, "error") for line_ in (4, 5, 6, 7)]
    assert load() == [(2, "added"), (3, "added"), *bad]
    assert thread(line).consent == "opted_in"
    assert load() == [(2, "known"), (3, "known"), *bad]
    with line.database.read() as tx:
        assert ledger.numbers(tx) == [cast.LENA.phone]


# The review queue.


@pytest.fixture
def doubtful(line: Leadline) -> Leadline:
    """Lena may have asked to stop."""
    heard(line, "possible_stop", "I think we are done here")
    return line


def waiting(line: Leadline) -> list[str]:
    with line.database.read() as tx:
        return [review.words for review in consent.reviews(tx)]


@pytest.mark.parametrize(("is_opt_out", "state"), [(True, "opted_out"), (False, "none")])
def test_a_decision_about_a_possible_opt_out_may_be_repeated(
    doubtful: Leadline, is_opt_out: bool, state: str
) -> None:
    assert waiting(doubtful) == ["I think we are done here"]
    found = [judge(doubtful, is_opt_out=is_opt_out) for _ in range(2)]
    assert {(each.consent, each.review_since) for each in found} == {(state, None)}
    assert waiting(doubtful) == []
    with doubtful.database.read() as tx:
        [_, entry] = ledger.entries_of(tx, [cast.LENA.phone])
    assert (entry.event.actor, entry.event.words) == ("user:1", "I think we are done here")


def test_it_may_turn_out_to_be_an_opt_out_later_but_not_the_other_way_round(doubtful: Leadline) -> None:
    judge(doubtful, is_opt_out=False)
    assert judge(doubtful, is_opt_out=True).consent == "opted_out"
    with pytest.raises(TooLate):
        judge(doubtful, is_opt_out=False)


def test_nobody_decides_about_a_number_that_nothing_is_known_of(line: Leadline) -> None:
    with pytest.raises(NotFound):
        judge(line, is_opt_out=True)


# The proof.


def test_the_proof_has_the_words_and_shows_that_nothing_was_sent_since(stored: Leadline) -> None:
    with stored.database.read() as tx:
        proof = prove(tx, cast.LENA.phone, now=stored.clock.now())
    said = proof.as_json()
    assert [event["words"] for event in said["events"]] == ["STOP", "START", "STOP"]
    assert (said["consent"], said["sent_since_opt_out"]) == ("opted_out", [])
    assert said["ledger"]["faults"] == []
    page = proof.as_html()
    assert "<strong>Opted out</strong>" in page
    assert all(event["hash"] in page for event in said["events"])


def test_the_proof_shows_what_was_sent_before_we_knew_as_that(line: Leadline, clock: Clock) -> None:
    lead = texts.add_lena(line)
    texts.queue(line, queueing.SendRequest(lead_id=lead.id, body="Hi"))
    [claimed] = texts.claim(line)
    clock.advance(1)
    texts.settle(line, claimed, texts.accepted(1))
    clock.advance(60)
    texts.receive(line, texts.inbound(2, "STOP"))
    with line.database.read() as tx:
        assert prove(tx, cast.LENA.phone, now=clock.now()).sent_since == ()


def test_words_cannot_break_out_of_the_page(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "stop<script>alert(1)</script>"))
    heard(line, "opt_out", "<script>alert(1)</script>")
    with line.database.read() as tx:
        assert "<script>" not in prove(tx, cast.LENA.phone, now=line.clock.now()).as_html()


def test_a_number_that_nothing_is_known_of_has_an_empty_proof(line: Leadline) -> None:
    with line.database.read() as tx:
        proof = prove(tx, ANOTHER, now=line.clock.now())
    assert (proof.state.consent, proof.entries) == ("none", ())
    assert "Nothing is recorded" in proof.as_html()

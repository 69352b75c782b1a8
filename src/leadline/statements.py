"""Statements: what users, programs and files say that people said about being texted.

What we hear ourselves needs no proof. Here an opt-in needs the words and what the person was shown, and
cannot undo what they or their carrier did since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from leadline.consent import histories, record
from leadline.errors import ConsentRefused, InvalidInput, LeadlineError
from leadline.rules.consent import (
    OPTED_OUT,
    ConsentEvent,
    ConsentState,
    Kind,
    Recorded,
    Source,
    derive,
    why_not,
)
from leadline.rules.phone import normalize_phone
from leadline.rules.text import printable
from leadline.settings import Settings
from leadline.store.database import Transaction

# What somebody may state; the other kinds and sources are what we hear or see ourselves.
KINDS = (Kind.OPT_OUT, Kind.OPT_IN)
SOURCES = (Source.PERSON, Source.IMPORT, Source.WEB_FORM, Source.API)
WORDS_AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was typed: ``number`` in any spelling, ``when`` an ISO 8601 date or moment.

    Without a time zone ``when`` is in UTC, and a date is its first moment. Only an opt-out may go without: it
    counts from now.
    """

    number: str
    kind: str
    when: str = ""
    words: str = ""
    disclosure: str = ""
    source: str = Source.PERSON.value
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """The state after a statement; ``is_new`` is false when the ledger had it already."""

    state: ConsentState
    is_new: bool


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """What became of one row of an import: ``outcome`` is added, known or error, with the reason."""

    line: int
    outcome: str
    reason: str | None = None


def tell(tx: Transaction, statement: Statement, *, actor: str, now: datetime, settings: Settings) -> Told:
    """Record a statement. Told again, nothing is added. An opt-out always counts.

    Raises InvalidInput naming the field, or ConsentRefused for an opt-in that cannot undo a block of the
    carrier's or an opt-out that came after it; then nothing is stored.
    """
    [told] = tell_all(tx, [understand(statement, actor=actor, now=now, settings=settings)], now=now)
    if isinstance(told, ConsentRefused):
        raise told
    return told


def tell_all(
    tx: Transaction, events: Sequence[ConsentEvent], *, now: datetime
) -> list[Told | ConsentRefused]:
    """Record what can be recorded of what was understood, in this order; what became of each."""
    told = histories(tx, [event.number for event in events])
    accepted: list[ConsentEvent] = []
    outcomes: list[Told | ConsentRefused] = []
    for event in events:
        before = told[event.number]
        outcome = _judge(event, before, now=now)
        if isinstance(outcome, Told) and outcome.is_new:
            accepted.append(event)
            before.append(Recorded(event, now))
        outcomes.append(outcome)
    record(tx, accepted, now=now)
    return outcomes


def _judge(event: ConsentEvent, before: Sequence[Recorded], *, now: datetime) -> Told | ConsentRefused:
    state = derive(before)
    if any(_is_same(event, known, state, now=now) for known, _ in before):
        return Told(state, is_new=False)
    code = why_not(event, state, recorded_at=now) if event.kind == Kind.OPT_IN else None
    if code is not None and state.consent == OPTED_OUT:
        return _refusal(code)
    return Told(derive([*before, Recorded(event, now)]), is_new=True)


def _refusal(code: str) -> ConsentRefused:
    if code == "carrier_block":
        return ConsentRefused(
            "The carrier blocks texts to this number. Only they can undo it, by texting START.",
            code="carrier_block",
        )
    return ConsentRefused(
        "They opted out after that. Only they can undo it, or proof that is newer.", code="opted_out_since"
    )


def _is_same(event: ConsentEvent, known: ConsentEvent, state: ConsentState, *, now: datetime) -> bool:
    """Whoever states it and wherever it was written down, it happened once. An opt-out without a date adds
    nothing to an opt-out that stands.
    """
    facts = ("kind", "source", "words", "disclosure")
    if any(getattr(event, name) != getattr(known, name) for name in facts):
        return False
    return event.at == known.at or (event.at == now and state.consent == OPTED_OUT)


def understand(statement: Statement, *, actor: str, now: datetime, settings: Settings) -> ConsentEvent:
    """The event that a statement tells of. Raises InvalidInput naming the field."""
    kind, source = _word(statement.kind), _word(statement.source)
    if kind not in KINDS:
        raise InvalidInput("Either opt_out or opt_in.", field="kind", code="consent_kind_unknown")
    if source not in SOURCES:
        known = ", ".join(SOURCES)
        raise InvalidInput(f"One of: {known}.", field="source", code="consent_source_unknown")
    event = ConsentEvent(
        number=normalize_phone(statement.number, settings.leadline_region, field="number"),
        kind=kind,
        source=source,
        words=_tidy(statement.words, "words"),
        message_id=None,
        actor=actor,
        at=_moment(statement.when, is_needed=kind == Kind.OPT_IN, now=now),
        disclosure=_tidy(statement.disclosure, "disclosure"),
        reference=_tidy(statement.reference, "reference"),
    )
    if kind == Kind.OPT_IN:
        _check_evidence(event)
    return event


def _word(text: str) -> str:
    """However they write it: "Opt-out" is opt_out."""
    return text.strip().lower().replace("-", "_").replace(" ", "_")


def _tidy(text: str, field: str) -> str:
    tidy = printable(text, keep_lines=True).strip()
    if len(tidy) > WORDS_AT_MOST:
        raise InvalidInput(f"At most {WORDS_AT_MOST:,} characters.", field=field, code="too_long")
    return tidy


def _moment(text: str, *, is_needed: bool, now: datetime) -> datetime:
    if not text.strip():
        if is_needed:
            raise InvalidInput("An opt-in needs its date.", field="when", code="evidence_missing")
        return now
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(
            "Write it like 2026-11-22 or 2026-11-22T18:30:00Z.", field="when", code="consent_date_invalid"
        ) from None
    if moment > now:
        raise InvalidInput("This is in the future.", field="when", code="consent_date_invalid")
    return moment


def _check_evidence(event: ConsentEvent) -> None:
    for text, field, what in (
        (event.words, "words", "what they said or ticked"),
        (event.disclosure, "disclosure", "what they were shown"),
    ):
        if not text:
            raise InvalidInput(f"An opt-in needs {what}.", field=field, code="evidence_missing")


# Files of statements.

Row = tuple[int, ConsentEvent]


def sort(
    rows: Iterable[tuple[int, Statement]], *, actor: str, now: datetime, settings: Settings
) -> tuple[list[Row], list[ImportedStatement]]:
    """What a file's rows (line number, statement) tell of, the oldest first, and the rows that tell nothing.

    By their dates, since an opt-out counts whenever it is recorded: in the file's own order an old one would
    undo a newer opt-in.
    """
    understood: list[Row] = []
    errors = []
    for line, statement in rows:
        try:
            understood.append((line, understand(statement, actor=actor, now=now, settings=settings)))
        except InvalidInput as error:
            errors.append(_error(line, error))
    return sorted(understood, key=lambda row: row[1].at), errors


def import_rows(tx: Transaction, rows: Sequence[Row], *, now: datetime) -> list[ImportedStatement]:
    """Record what can be recorded, and account for every row.

    A row at fault holds up no other: the people on the other rows of a list of opt-outs must be safe at once,
    and a file that comes again adds only what was mended.
    """
    outcomes = tell_all(tx, [event for _, event in rows], now=now)
    return [_account(line, outcome) for (line, _), outcome in zip(rows, outcomes, strict=True)]


def _account(line: int, outcome: Told | ConsentRefused) -> ImportedStatement:
    if isinstance(outcome, ConsentRefused):
        return _error(line, outcome)
    return ImportedStatement(line, "added" if outcome.is_new else "known")


def _error(line: int, error: LeadlineError) -> ImportedStatement:
    reason = f"{error.field}: {error}" if isinstance(error, InvalidInput) else str(error)
    return ImportedStatement(line, "error", reason)

"""Consent over the API: what a number may be sent, the proof of it, and the possible opt-outs that wait."""

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from leadline import consent, statements
from leadline.errors import NotFound
from leadline.proof import Proof, prove
from leadline.rules.ledger import Entry
from leadline.rules.phone import normalize_phone
from leadline.store.database import Transaction
from leadline.store.scope import sees_number
from leadline.web.api.auth import Call, Caller
from leadline.web.api.fields import NO_NUL, Limit
from leadline.web.api.paging import Page, Place, page
from leadline.web.places import mark_of, place_of
from leadline.web.problems import documented

router = APIRouter(tags=["consent"])

NUMBER_AT_MOST = 40
Number = Annotated[
    str,
    Path(pattern=NO_NUL, max_length=NUMBER_AT_MOST, description="In any spelling; a + is written %2B."),
]
Text = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=statements.WORDS_AT_MOST)]


class Event(BaseModel):
    """One entry of the ledger."""

    position: int = Field(description="Its place in the ledger.")
    kind: str = Field(description="opt_out, opt_in, possible_stop, not_a_stop or erased.")
    source: str = Field(description="keyword, free_text, carrier, person, import, web_form or api.")
    words: str = Field(description="Exactly theirs.")
    disclosure: str = Field(description="What they were shown when they agreed.")
    reference: str = Field(description="Where the proof lies.")
    message_id: int | None
    actor: str
    at: datetime
    recorded_at: datetime
    hash: str = Field(description="Of this entry and the one before it.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The entry as it is shown."""
        own = ("position", "recorded_at", "hash")
        said = {name: getattr(entry.event, name) for name in cls.model_fields if name not in own}
        return cls(position=entry.position, recorded_at=entry.recorded_at, hash=entry.hash, **said)


class Consent(BaseModel):
    """Where a number stands, and how it came to that."""

    number: str
    consent: str = Field(description="none, opted_in or opted_out.")
    consent_at: datetime | None
    is_blocked_by_carrier: bool = Field(description="Then only they can undo it, by texting START.")
    review_since: datetime | None = Field(description="Since when a possible opt-out waits for a person.")
    unusable_because: str | None = Field(description="Why texts cannot arrive there.")
    events: list[Event]

    @classmethod
    def of(cls, proof: Proof) -> Self:
        """The state and the events of a proof."""
        return cls(
            number=proof.number,
            consent=proof.state.consent,
            consent_at=proof.state.consent_at,
            is_blocked_by_carrier=proof.state.is_blocked,
            review_since=proof.state.review_since,
            unusable_because=proof.unusable_because,
            events=[Event.of(entry) for entry in proof.entries],
        )


class SentSince(BaseModel):
    """A create call that was begun although the opt-out was recorded: its confirmation, or a fault."""

    model_config = ConfigDict(from_attributes=True)

    message_id: int
    category: str
    state: str
    started_at: datetime


class LedgerFault(BaseModel):
    """What is wrong with the ledger."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    what: str
    sentence: str


class ConsentProof(Consent):
    """All that answers a complaint about texts to a number."""

    made_at: datetime
    sent_since_opt_out: list[SentSince]
    ledger_head: str = Field(description="The ledger's length and last hash.")
    ledger_faults: list[LedgerFault] = Field(description="Empty, as it should be.")


class NewStatement(BaseModel):
    """What somebody said about being texted. An opt-in needs ``when``, ``words`` and ``disclosure``."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["opt_out", "opt_in"]
    when: Text = Field(
        default="", description="Like 2026-11-22T18:30:00Z; an opt-out without counts from now."
    )
    words: Text = Field(default="", description="What they said or ticked, exactly.")
    disclosure: Text = Field(default="", description="What they were shown when they agreed.")
    source: Literal["person", "import", "web_form", "api"] = "api"
    reference: Text = Field(default="", description="Where the proof lies, like the address of a form.")


class Decision(BaseModel):
    """What a person makes of a possible opt-out."""

    model_config = ConfigDict(extra="forbid")

    is_opt_out: bool
    remark: Text = Field(default="", description="Why, for whoever asks later.")


class Review(BaseModel):
    """A possible opt-out that waits for a person; nothing automatic is sent to the number meanwhile."""

    model_config = ConfigDict(from_attributes=True)

    number: str
    since: datetime
    words: str
    message_id: int | None


@router.get("/consent/{number}", responses=documented(404, 422))
def get_consent(number: Number, call: Caller) -> Consent:
    """Where a number stands. One that nothing is known of stands at none."""
    return Consent.of(_prove(call, number))


@router.get("/consent/{number}/proof", responses=documented(404, 422))
def get_proof(number: Number, call: Caller) -> ConsentProof:
    """All that answers a complaint. The whole ledger is checked for it, so ask when it is needed."""
    proof = _prove(call, number, checks_ledger=True)
    return ConsentProof(
        **dict(Consent.of(proof)),
        made_at=proof.made_at,
        sent_since_opt_out=[SentSince.model_validate(sent) for sent in proof.sent_since],
        ledger_head=str(proof.head),
        ledger_faults=[LedgerFault.model_validate(fault) for fault in proof.faults],
    )


@router.post("/consent/{number}", responses=documented(404, 409, 422))
def add_statement(number: Number, body: NewStatement, call: Caller) -> Consent:
    """Record what they said. The same again adds nothing. An opt-in cannot undo a block of the carrier's, or
    an opt-out that came after it.
    """
    statement = statements.Statement(number=number, **body.model_dump())
    line = call.line
    with line.database.write() as tx:
        _check_scope(tx, _normal(call, number), call)
        statements.tell(tx, statement, actor=call.actor, now=line.clock.now(), settings=line.settings)
    call.changed()
    return Consent.of(_prove(call, number))


@router.get("/reviews", responses=documented(422))
def list_reviews(
    call: Caller,
    after: Place = None,
    limit: Limit = 50,
) -> Page[Review]:
    """Possible opt-outs that wait for a person, the longest waiting first."""
    with call.line.database.read() as tx:
        found = consent.reviews(tx, scope=call.scope, after=place_of(after), limit=limit + 1)
    return page(
        found,
        limit,
        show=Review.model_validate,
        mark=lambda review: mark_of(review.since, review.conversation_id),
    )


@router.post("/reviews/{number}", responses=documented(404, 409, 422))
def decide_review(number: Number, body: Decision, call: Caller) -> Consent:
    """Say whether it is an opt-out. The same again changes nothing."""
    line, normal = call.line, _normal(call, number)
    with line.database.write() as tx:
        _check_scope(tx, normal, call)
        consent.judge(
            tx,
            normal,
            is_opt_out=body.is_opt_out,
            actor=call.actor,
            remark=body.remark,
            now=line.clock.now(),
        )
    call.changed()
    return Consent.of(_prove(call, number))


def _prove(call: Call, number: str, *, checks_ledger: bool = False) -> Proof:
    normal = _normal(call, number)
    with call.line.database.read() as tx:
        _check_scope(tx, normal, call)
        return prove(tx, normal, now=call.line.clock.now(), checks_ledger=checks_ledger)


def _check_scope(tx: Transaction, number: str, call: Call) -> None:
    if not sees_number(tx, number, scope=call.scope):
        raise NotFound("number", number)


def _normal(call: Call, number: str) -> str:
    return normalize_phone(number, call.line.settings.leadline_region, field="number")

"""Sending: claim queued texts for a worker, and settle what became of them.

A worker claims a text in one transaction, which records the attempt before the first byte leaves; the
outcome is settled in another. Twilio's create call has no idempotency key, so from the claim on a text may
have left, and only proof that it did not brings it back to the queue. docs/sending.md draws the machine.
"""

import json
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

import structlog

from leadline import asking, refusals
from leadline.refusals import Refusal
from leadline.rules import retry, state
from leadline.rules.gate import CONFIRMATION, Decision
from leadline.rules.looks import LIST_LOOKS, STATUS_LOOKS
from leadline.rules.status import is_final, join, rank
from leadline.settings import Settings
from leadline.store import attempts, batch, decisions, evidence, installation, outbox, senders
from leadline.store.columns import micros
from leadline.store.database import Transaction
from leadline.twilio.client import SendKind, SendResult

log = structlog.get_logger("leadline.sending")

# When the gate was asked, as ``decisions`` keeps it.
CLAIM = "claim"
# Texts whose time has come are put back into the queue no faster than workers take them.
WAKE_AT_MOST = 500
# Longer than connecting and waiting for an answer can take, so that a live worker never loses its lease.
LEASE = timedelta(seconds=120)


@dataclass(frozen=True, slots=True)
class ClaimRequest:
    """A worker with room for that many texts."""

    worker: str
    limit: int


class Claimed(NamedTuple):
    """A text that its worker, and nobody else, may send once, before the lease is over."""

    message_id: int
    conversation_id: int
    decision_id: int
    token: str
    sender: senders.Sender
    number: str
    body: str
    media_urls: list[str]
    tries: int
    confirms_opt_out: bool = False


@dataclass(frozen=True, slots=True)
class Claims:
    """What a worker got; if nothing, ``again_at`` is when a sender's rate or pause allows more."""

    texts: list[Claimed]
    again_at: datetime | None


class Outcome(NamedTuple):
    """What came of a claimed text."""

    claimed: Claimed
    result: SendResult


def claim(
    tx: Transaction, requests: Sequence[ClaimRequest], *, now: datetime, settings: Settings
) -> list[Claims]:
    """Give each worker texts to send: its own, durably, before the first byte may leave.

    The gate is asked again here, in the same transaction, since the queue may be old. A crash after the
    commit leaves the attempts open; ``recover`` puts them in doubt when the lease is over. While sending is
    held, as after a restore, nobody gets anything.
    """
    is_held, waking = batch.ask(tx, installation.held(), outbox.waking(now=now, limit=WAKE_AT_MOST))
    if is_held:
        return [Claims([], None) for _ in requests]
    outbox.wake(tx, waking)
    return [_claim_for(tx, request, now=now, settings=settings) for request in requests]


def _claim_for(tx: Transaction, request: ClaimRequest, *, now: datetime, settings: Settings) -> Claims:
    claimed: list[Claimed] = []
    is_more = False
    for sender in senders.ready(tx, now=now):
        room = request.limit - len(claimed)
        if room <= 0:
            break
        due = _due(tx, sender, now=now, limit=room)
        passed = _pass_gate(tx, due, now=now, settings=settings)
        # Of those that the gate held back others stand behind.
        is_more = is_more or len(passed) < len(due)
        allowed = _within_rate(tx, sender, passed, now=now)
        claimed += _begin(tx, sender, allowed, worker=request.worker, now=now)
    if claimed or is_more:
        return Claims(claimed, None if claimed else now)
    return Claims([], senders.next_free(tx, now=now))


def _due(tx: Transaction, sender: senders.Sender, *, now: datetime, limit: int) -> list[outbox.Due]:
    found: list[outbox.Due] = []
    for priority in (0, 1):
        if len(found) < limit:
            found += outbox.due(tx, sender.id, priority=priority, now=now, limit=limit - len(found))
    return found


class _Passed(NamedTuple):
    """A text that the gate lets leave, and its decision."""

    item: outbox.Due
    decision: Decision


def _within_rate(
    tx: Transaction, sender: senders.Sender, passed: list[_Passed], *, now: datetime
) -> list[_Passed]:
    """The first of these that the sender's rate allows now. Carriers count segments, not messages."""
    if sender.rate is None or not passed:
        return passed
    free_at, allowed = sender.free_at, 0
    while allowed < len(passed) and free_at <= now:
        segments = max(passed[allowed].item.segments, 1)
        free_at = max(free_at, now) + timedelta(seconds=segments / sender.rate)
        allowed += 1
    senders.spend(tx, sender.id, free_at=free_at)
    return passed[:allowed]


def _pass_gate(
    tx: Transaction, due: Sequence[outbox.Due], *, now: datetime, settings: Settings
) -> list[_Passed]:
    """Those that may leave now. The others are refused for good, or deferred, each with its decision."""
    answered = list(zip(due, asking.at_claim(tx, due, now=now, settings=settings), strict=True))
    refused = [(item.id, decision) for item, decision in answered if decision.is_refused]
    if refused:
        outbox.refuse(tx, [message_id for message_id, _ in refused], now=now)
        decisions.add(tx, _written(refused), asked_when=CLAIM, now=now)
    deferred = [(item.id, decision) for item, decision in answered if decision.is_deferred]
    if deferred:
        again = now + asking.LOOK_AGAIN
        outbox.defer(tx, [(message_id, decision.until or again) for message_id, decision in deferred])
        decisions.add_changed(tx, _written(deferred), asked_when=CLAIM, now=now)
    return [_Passed(item, decision) for item, decision in answered if decision.is_allowed]


def _written(answers: Sequence[tuple[int, Decision]]) -> list[tuple[int, str]]:
    return [(message_id, asking.said(decision)) for message_id, decision in answers]


def _begin(
    tx: Transaction, sender: senders.Sender, allowed: Sequence[_Passed], *, worker: str, now: datetime
) -> list[Claimed]:
    if not allowed:
        return []
    # They begin with the time, so that their index grows at one end: random ones would each write a page.
    began = f"{micros(now):x}"
    ids = [passed.item.id for passed in allowed]
    tokens = {message_id: began + secrets.token_hex(16) for message_id in ids}
    answers = _written([(passed.item.id, passed.decision) for passed in allowed])
    decided = decisions.add(tx, answers, asked_when=CLAIM, now=now)
    outbox.mark_posting(tx, ids)
    attempts.begin(
        tx,
        [(message_id, decided[message_id], tokens[message_id]) for message_id in ids],
        worker=worker,
        now=now,
        lease_until=now + LEASE,
    )
    return [
        _claimed(passed.item, sender, decision_id=decided[passed.item.id], token=tokens[passed.item.id])
        for passed in allowed
    ]


def _claimed(item: outbox.Due, sender: senders.Sender, *, decision_id: int, token: str) -> Claimed:
    return Claimed(
        message_id=item.id,
        conversation_id=item.conversation_id,
        decision_id=decision_id,
        token=token,
        sender=sender,
        number=item.number,
        body=item.body,
        media_urls=item.media_urls,
        tries=item.tries + 1,
        confirms_opt_out=item.category == CONFIRMATION,
    )


# What each kind of answer makes of the message, and whether the attempt is over. What is missing here
# is in doubt: only a closed list of answers proves that a text was not sent.
_NEXT: Mapping[SendKind, tuple[str, bool]] = {
    SendKind.ACCEPTED: (state.ACCEPTED, True),
    SendKind.REJECTED: (state.REJECTED, True),
    SendKind.OPTED_OUT: (state.REJECTED, True),
    SendKind.THROTTLED: (state.QUEUED, True),
    SendKind.QUEUE_FULL: (state.QUEUED, True),
    SendKind.UNREACHABLE: (state.QUEUED, True),
    SendKind.NOT_BEGUN: (state.QUEUED, True),
    SendKind.UNAUTHORIZED: (state.QUEUED, True),
    SendKind.NOT_CONFIGURED: (state.QUEUED, True),
}
# The next text would meet the same answer, so all of the sender's texts wait.
_PAUSES_THE_SENDER = frozenset({SendKind.THROTTLED, SendKind.QUEUE_FULL, SendKind.UNREACHABLE})
_STOPS_THE_SENDER = frozenset({SendKind.UNAUTHORIZED, SendKind.NOT_CONFIGURED})


def settle(tx: Transaction, outcomes: Sequence[Outcome], *, now: datetime) -> list[bool]:
    """Record what came of claimed texts; true for each that took effect.

    An outcome whose attempt was resolved meanwhile, by evidence or by a person, is kept as evidence. Of
    those only one that has a SID changes anything: the text was sent after all, perhaps a second time.
    """
    standing = attempts.standing(tx, [outcome.claimed.token for outcome in outcomes])
    evidence.add(tx, [_evidence(o, standing[o.claimed.token].attempt_id) for o in outcomes], now=now)
    effective = [outcome for outcome in outcomes if standing[outcome.claimed.token].is_open]
    endings = [_ending(standing[o.claimed.token].attempt_id, o.result, now=now) for o in effective]
    attempts.end(tx, endings, resolved_by="answer", now=now)
    outbox.settle(tx, [_settlement(outcome, now=now) for outcome in effective], now=now)
    apply_early_reports(tx, [o.result.sid for o in effective if o.result.sid])
    for outcome in effective:
        _draw_consequences(tx, outcome, now=now)
    refusals.learn(tx, [_refusal(o) for o in effective if o.result.error_code], now=now)
    _note_doubles(tx, [standing[o.claimed.token].attempt_id for o in effective if _may_be_second(o)])
    late = [o for o in outcomes if o.result.sid and not standing[o.claimed.token].is_open]
    accept(tx, [_proof(standing[o.claimed.token], o) for o in late], resolved_by="answer", now=now)
    return [standing[outcome.claimed.token].is_open for outcome in outcomes]


def _may_be_second(outcome: Outcome) -> bool:
    return outcome.result.kind is SendKind.ACCEPTED and outcome.claimed.tries > 1


def _proof(standing: attempts.Standing, outcome: Outcome) -> "Proof":
    return Proof(standing, outcome.result.sid or "")


class Proof(NamedTuple):
    """An attempt, as it stands, and the SID that Twilio is now known to have given it."""

    attempt: attempts.Standing
    sid: str


def accept(tx: Transaction, proofs: Sequence[Proof], *, resolved_by: str, now: datetime) -> None:
    """Evidence shows that these attempts were accepted, whatever was thought or decided of them before.

    ``resolved_by``: report, list, or answer for one that came late. When another attempt at the same text
    was accepted too, or Twilio names two SIDs for one attempt, a double is recorded. Repeating changes
    nothing.
    """
    sids = {proof.attempt.attempt_id: proof.attempt.twilio_sid or proof.sid for proof in reversed(proofs)}
    new = [p.attempt for p in proofs if not p.attempt.twilio_sid and p.sid == sids[p.attempt.attempt_id]]
    if new:
        attempts.bind(tx, [(a.attempt_id, sids[a.attempt_id]) for a in new], resolved_by=resolved_by, now=now)
        outbox.bind(tx, [(a.message_id, sids[a.attempt_id]) for a in new], look_at=now + STATUS_LOOKS[0])
        apply_early_reports(tx, [sids[a.attempt_id] for a in new])
        _note_doubles(tx, [a.attempt_id for a in new])
    _note_second_sids(
        tx, [p for p in proofs if p.sid != sids[p.attempt.attempt_id]], resolved_by=resolved_by, now=now
    )


def _note_second_sids(tx: Transaction, proofs: Sequence[Proof], *, resolved_by: str, now: datetime) -> None:
    """Two SIDs for one call are a double, unless one of them is a like text's: the list does not say which
    of several is whose, so it may have bound them the other way round. A like text that is still looked for
    has then been found.
    """
    if not proofs:
        return
    taken = attempts.known_sids(tx, [proof.sid for proof in proofs])
    for proof in proofs:
        if proof.sid in taken:
            continue
        twin = attempts.twin_without_sid(tx, proof.attempt.attempt_id)
        if twin is not None:
            accept(tx, [Proof(twin, proof.sid)], resolved_by=resolved_by, now=now)
        else:
            attempts.mark_double(tx, proof.attempt.attempt_id)
            log.error("sent_twice", attempt=proof.attempt.attempt_id, reason="Twilio has two for one call")


def _note_doubles(tx: Transaction, attempt_ids: Sequence[int]) -> None:
    if attempt_ids:
        for attempt_id in attempts.mark_doubles(tx, attempt_ids):
            log.error("sent_twice", attempt=attempt_id, reason="an earlier attempt was accepted after all")


def settle_all(tx: Transaction, batches: Sequence[Sequence[Outcome]], *, now: datetime) -> list[None]:
    """``settle`` for workers that bring many outcomes at a time."""
    settle(tx, [outcome for batch in batches for outcome in batch], now=now)
    return [None] * len(batches)


def _evidence(outcome: Outcome, attempt_id: int) -> evidence.Evidence:
    result = outcome.result
    return evidence.Evidence(
        kind="answer",
        attempt_id=attempt_id,
        twilio_sid=result.sid,
        status=result.status or result.kind,
        error_code=result.error_code or 0,
        raw=_said(result.kind, result.http_status, result.error_message, result.retry_after),
    )


@lru_cache(maxsize=256)  # Nearly all answers say the same.
def _said(kind: str, http_status: int | None, error_message: str | None, retry_after: float | None) -> str:
    said = {
        "kind": kind,
        "http_status": http_status,
        "error_message": error_message,
        "retry_after": retry_after,
    }
    return json.dumps({name: value for name, value in said.items() if value is not None})


def _ending(attempt_id: int, result: SendResult, *, now: datetime) -> attempts.Ending:
    is_closed = result.kind in _NEXT
    return attempts.Ending(
        attempt_id=attempt_id,
        outcome=result.kind,
        http_status=result.http_status,
        error_code=result.error_code or 0,
        twilio_sid=result.sid,
        is_closed=is_closed,
        next_look_at=None if is_closed else now + LIST_LOOKS[0],
    )


def _settlement(outcome: Outcome, *, now: datetime) -> outbox.Settlement:
    result, tries = outcome.result, outcome.claimed.tries
    next_state, _ = _NEXT.get(result.kind, (state.IN_DOUBT, False))
    is_over = is_final(result.status or "")
    not_before = None
    if next_state == state.QUEUED and result.kind is not SendKind.NOT_BEGUN:
        not_before = now + retry.wait(tries, spread=random.random(), at_least=result.retry_after)  # noqa: S311
    return outbox.Settlement(
        message_id=outcome.claimed.message_id,
        state=next_state,
        status=result.status if next_state == state.ACCEPTED else None,
        rank=rank(result.status) if result.status else 0,
        # A text that goes back to the queue has not failed.
        error_code=0 if next_state == state.QUEUED else result.error_code or 0,
        twilio_sid=result.sid,
        not_before=not_before,
        look_at=now + STATUS_LOOKS[0] if next_state == state.ACCEPTED and not is_over else None,
    )


def apply_early_reports(tx: Transaction, sids: Sequence[str]) -> None:
    """Reports can overtake the create call's own answer; raise these texts to what was said before."""
    if not sids:
        return
    by_sid: dict[str, list[tuple[str, int]]] = {}
    for sid, status, error_code in evidence.reports_about(tx, sids):
        by_sid.setdefault(sid, []).append((status, error_code))
    if by_sid:
        joined = {sid: join(said) for sid, said in by_sid.items()}
        raised = [(sid, status, rank(status), code or 0) for sid, (status, code) in joined.items()]
        outbox.raise_status(tx, raised)


def _draw_consequences(tx: Transaction, outcome: Outcome, *, now: datetime) -> None:
    result, claimed = outcome.result, outcome.claimed
    if result.kind in _PAUSES_THE_SENDER:
        pause = retry.wait(claimed.tries, spread=random.random(), at_least=result.retry_after)  # noqa: S311
        senders.spend(tx, claimed.sender.id, free_at=now + pause)
    elif result.kind in _STOPS_THE_SENDER:
        senders.stop(tx, claimed.sender.id, because=result.error_message or result.kind, now=now)
        log.error("sender_stopped", sender=claimed.sender.id, kind=result.kind, code=result.error_code)


def _refusal(outcome: Outcome) -> Refusal:
    claimed = outcome.claimed
    code = outcome.result.error_code or 0
    return Refusal(claimed.number, code, claimed.sender.address, claimed.message_id)


def recover(tx: Transaction, workers: Sequence[str], *, now: datetime) -> list[int]:
    """Put in doubt what dead workers left open; never back in the queue. One count for each who asks."""
    overdue = attempts.overdue(tx, now=now)
    if overdue:
        attempts.mark_in_doubt(tx, [attempt.id for attempt in overdue], now=now)
        outbox.mark_in_doubt(tx, [attempt.message_id for attempt in overdue])
    return [len(overdue)] * len(workers)

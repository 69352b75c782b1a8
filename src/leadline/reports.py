"""Status: record what Twilio reports of our texts.

Reports come late, twice, out of order, and before the create call's own answer. So each is kept as
evidence, and the shown status is a function of the set of them: it only moves up the rank.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from leadline import refusals
from leadline.refusals import Refusal
from leadline.rules.status import join, rank
from leadline.sending import Proof, accept
from leadline.store import attempts, evidence, outbox
from leadline.store.database import Transaction


class Report(NamedTuple):
    """One status callback. ``token`` is the attempt's, from the path; ``form`` all it said, as it came.

    ``number`` is theirs, ``sender`` ours, empty while a Messaging Service has not chosen one.
    """

    twilio_sid: str
    status: str
    error_code: int
    number: str
    form: str
    token: str | None = None
    sender: str = ""


def record(tx: Transaction, reports: Sequence[Report], *, now: datetime) -> list[None]:
    """Keep reports and raise the status of their texts. The same report again changes nothing.

    A report with a token is also proof that its attempt was accepted, when the answer was lost. One for
    a text we do not know yet stays in the evidence until its text is settled.
    """
    unheard = _unheard(tx, reports)
    evidence.add(tx, [_evidence(report) for report in reports], now=now)
    accept(tx, _proofs(tx, reports), resolved_by="report", now=now)
    outbox.raise_status(tx, _highest(reports))
    refusals.learn(tx, unheard, now=now)
    return [None] * len(reports)


def _unheard(tx: Transaction, reports: Sequence[Report]) -> list[Refusal]:
    told = [
        (report.twilio_sid, report.status, Refusal(report.number, report.error_code, report.sender))
        for report in reports
        if report.error_code
    ]
    return refusals.unheard(tx, told)


def _proofs(tx: Transaction, reports: Sequence[Report]) -> list[Proof]:
    """What the tokens prove: each report names a SID of the attempt whose token it carries."""
    said = {(report.token, report.twilio_sid) for report in reports if report.token}
    if not said:
        return []
    standing = attempts.standing(tx, {token for token, _ in said})
    return [
        Proof(standing[token], sid)
        for token, sid in sorted(said)
        if token in standing and standing[token].twilio_sid != sid
    ]


def _evidence(report: Report) -> evidence.Evidence:
    return evidence.Evidence(
        kind="report",
        attempt_id=None,
        twilio_sid=report.twilio_sid,
        status=report.status,
        error_code=report.error_code,
        raw=report.form,
    )


def _highest(reports: Sequence[Report]) -> list[tuple[str, str, int, int]]:
    """One (SID, status, rank, error code) a text, since one statement may touch a row only once."""
    joined: dict[str, tuple[str, int | None]] = {}
    for report in reports:
        said = (report.status, report.error_code)
        before = joined.get(report.twilio_sid)
        joined[report.twilio_sid] = said if before is None else join((before, said))
    return [(sid, status, rank(status), error_code or 0) for sid, (status, error_code) in joined.items()]

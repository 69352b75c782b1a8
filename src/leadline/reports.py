"""Status: record what Twilio reports of our texts.

Reports come late, twice, out of order, and before the create call's own answer. So each is kept as
evidence, and the shown status is a function of the set of them: it only moves up the rank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadline import consent
from leadline.rules.status import join, rank
from leadline.sending import Proof, accept
from leadline.store import attempts, evidence, outbox
from leadline.store.database import Transaction

OPTED_OUT_CODE = 21610


@dataclass(frozen=True, slots=True)
class Report:
    """One status callback. ``token`` is the attempt's, from the path; ``form`` all it said, as it came."""

    twilio_sid: str
    status: str
    error_code: int
    number: str
    form: str
    token: str | None = None


def record(tx: Transaction, reports: Sequence[Report], *, now: datetime) -> list[None]:
    """Keep reports and raise the status of their texts. The same report again changes nothing.

    A report with a token is also proof that its attempt was accepted, when the answer was lost. One for
    a text we do not know yet stays in the evidence until its text is settled.
    """
    opt_outs = _new_opt_outs(tx, reports)
    evidence.add(tx, [_evidence(report) for report in reports], now=now)
    accept(tx, _proofs(tx, reports), resolved_by="report", now=now)
    outbox.raise_status(tx, _highest(reports))
    for report in opt_outs:
        consent.record_carrier_opt_out(tx, report.number, message_id=None, now=now)
    return [None] * len(reports)


def _new_opt_outs(tx: Transaction, reports: Sequence[Report]) -> list[Report]:
    """Those that tell of an opt-out for the first time: told again, it may have been undone since."""
    opt_outs = [report for report in reports if report.error_code == OPTED_OUT_CODE]
    if not opt_outs:
        return []
    known = {tuple(fact) for fact in evidence.reports_about(tx, {report.twilio_sid for report in opt_outs})}
    return [r for r in opt_outs if (r.twilio_sid, r.status, r.error_code) not in known]


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
    said: dict[str, list[tuple[str, int]]] = {}
    for report in reports:
        said.setdefault(report.twilio_sid, []).append((report.status, report.error_code))
    joined = {sid: join(facts) for sid, facts in said.items()}
    return [(sid, status, rank(status), error_code or 0) for sid, (status, error_code) in joined.items()]

"""Small parts by themselves: the signature check beside the official validator's, parsing, segments."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import goals, ours
from benchmarks.environment import peers_python
from benchmarks.goals import Verdict
from benchmarks.plan import Plan, interleaved
from benchmarks.report import Section, ratio, spread
from harness.processes import finished


@dataclass(frozen=True, slots=True)
class Part:
    """``subject`` is its name in ``subjects``; ``module`` is the one of ours it measures, None for a peer."""

    name: str
    subject: str
    module: str | None


_OURS = Part("signature of a status webhook", "our_check", "leadline.twilio.signature")
_OFFICIAL = Part("the same, official validator", "official_check", None)
_PARTS = (
    _OURS,
    _OFFICIAL,
    Part("form of a status webhook", "form", "leadline.twilio.signature"),
    Part("status webhook from its fields", "status_payload", "leadline.twilio.payloads"),
    Part("inbound webhook from its fields", "inbound_payload", "leadline.twilio.payloads"),
    Part("segments of 300 characters", "segments", "leadline.rules.segments"),
)


def measure(plan: Plan) -> Iterator[Section]:
    """One section, with the processes of a round one after another."""
    costs: dict[str, list[float]] = {part.name: [] for part in _PARTS}
    for part in interleaved(_PARTS, plan.rounds):
        costs[part.name] += _cost(plan, part)
    yield Section(
        title="Small parts",
        header=("what", "µs a call"),
        rows=[(name, spread(of, "{:.1f}")) for name, of in costs.items()],
        verdicts=[Verdict(goals.SIGNATURE, ratio(costs[_OFFICIAL.name], costs[_OURS.name]), "no figure")],
        figures=costs,
    )


def _cost(plan: Plan, part: Part) -> list[float]:
    """The round's figure; none when its module is not in this tree yet."""
    if part.module is not None and not ours.has(part.module):
        return []
    python = sys.executable if part.module else peers_python()
    return [float(finished([python, "-m", "benchmarks.subjects", part.subject], folder=plan.folder))]

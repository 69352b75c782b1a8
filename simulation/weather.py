"""How much goes wrong in a run. Every fault is on in every run; how often it strikes differs."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from leadline.simulator import Plan

# The most that each of the carrier's faults strikes, per create, per text or per callback.
CARRIER: Mapping[str, float] = {
    # A refused account stops the sender until somebody restarts it, so this one is rarer.
    "refuse_401": 0.006,
    "refuse_429": 0.05,
    "refuse_429_retry_after": 0.03,
    "refuse_queue_full": 0.03,
    "refuse_500": 0.02,
    "refuse_503": 0.02,
    "refuse_proxy": 0.02,
    "refuse_reset": 0.02,
    "refuse_withheld": 0.02,
    "accept_500": 0.03,
    "accept_503": 0.02,
    "accept_proxy": 0.02,
    "accept_reset": 0.03,
    "accept_withheld": 0.03,
    "accept_half": 0.02,
    "accept_no_sid": 0.02,
    "accept_garbage": 0.02,
    "accept_late": 0.03,
    "callback_early": 0.2,
    "callback_reordered": 0.2,
    "callback_concurrent": 0.2,
    "callback_dropped": 0.6,
    "callback_doubled": 0.2,
    "callback_delayed": 0.3,
    "callback_unsigned": 0.05,
    "callback_corrupted": 0.05,
}


@dataclass(frozen=True, slots=True)
class Weather:
    """The odds of what our side of the world suffers; the default is a fine day.

    The chances are per request for the network, per transaction for the database, and per step for
    crashes and freezes: a process takes about a thousand steps in a run.
    """

    unreachable: float = 0.0
    cut_before_it_arrives: float = 0.0
    slow: float = 0.0
    webhook_lost: float = 0.0
    webhook_answer_lost: float = 0.0
    database_unavailable: float = 0.0
    commit_unheard: float = 0.0
    database_slow: float = 0.0
    crash: float = 0.0
    freeze: float = 0.0
    plan: Plan = field(default_factory=Plan)


FINE = Weather()

STORM = Weather(
    unreachable=0.08,
    cut_before_it_arrives=0.05,
    slow=0.08,
    webhook_lost=0.1,
    webhook_answer_lost=0.06,
    database_unavailable=0.04,
    commit_unheard=0.02,
    database_slow=0.03,
    crash=0.005,
    freeze=0.001,
)


def draw(chance: random.Random) -> Weather:
    """A weather between fine and storm, each fault for itself."""
    odds = {
        each.name: getattr(STORM, each.name) * chance.random()
        for each in fields(Weather)
        if each.name != "plan"
    }
    return replace(STORM, **odds, plan=_plan(chance))


def _plan(chance: random.Random) -> Plan:
    return Plan(
        chance={name: most * chance.random() for name, most in CARRIER.items()},
        seed=chance.getrandbits(32),
        delay=chance.choice((0.0, 0.05, 0.5)),
        rate=chance.choice((None, None, 2.0)),
        limit=chance.choice((None, 10)),
        concurrency=chance.choice((None, 3)),
        list_lag=chance.choice((0.0, 60.0, 900.0, 6 * 3600.0)),
        late=chance.choice((2.0, 19.0, 21.0, 100.0)),
        retry_after=chance.choice((1, 5, 60)),
        copies=chance.choice((2, 4)),
        callback_delay=chance.choice((5.0, 60.0, 600.0)),
    )

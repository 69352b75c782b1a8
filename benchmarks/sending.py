"""Sending: Leadline's worker, durable before and after every create, beside clients that store nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks import goals, ours
from benchmarks.contenders import OURS, filled
from benchmarks.environment import peers_python
from benchmarks.fake import fake
from benchmarks.goals import Verdict
from benchmarks.load import load, write_requests
from benchmarks.plan import Plan, interleaved
from benchmarks.report import Section, ratio, spread
from harness import postgres
from harness.databases import Database, database
from harness.processes import finished

CONCURRENCY = 64
_LATENCY = 0.05
# More than the fake can take in the seconds of its own trial.
_MOST_CREATES = 300_000
_HEADER = ("sender", "messages", "messages/s", "CPU s/1000", "check")
_MISSING = "a sender has no sound figure"


@dataclass(frozen=True, slots=True)
class Sender:
    """``name`` is for people; ``runs`` is what is run: a sender of the peers, or ours on that database."""

    name: str
    runs: str
    messages: int


# The loop is slow, and as fast with a fifth of the messages.
_OURS = Sender("leadline worker, SQLite", "sqlite", 10_000)
_OURS_POSTGRESQL = Sender("leadline worker, PostgreSQL", "postgresql", 10_000)
_SYNC_SDK = Sender("official SDK, a loop", "sync_sdk", 2_000)
_ASYNC_SDK = Sender("official SDK, async × 64", "async_sdk", 10_000)
_AIOHTTP = Sender("bare aiohttp × 64", "bare_aiohttp", 10_000)

_AT_ONCE = (_OURS, _OURS_POSTGRESQL, _SYNC_SDK, _ASYNC_SDK, _AIOHTTP)
_AFTER_A_WAIT = tuple(Sender(one.name, one.runs, 5_000) for one in (_OURS, _ASYNC_SDK, _AIOHTTP))


@dataclass(frozen=True, slots=True)
class Run:
    """One sender for one round; ``broken`` as in receiving."""

    sender: str
    messages: int
    rate: float = 0.0
    cpu_per_1000: float = 0.0
    broken: str = ""


Runs = dict[str, list[Run]]


def measure(plan: Plan) -> Iterator[Section]:
    """To a fake that answers at once, which shows what sending costs, and to one that takes 50 ms."""
    with postgres.server(plan.folder) as server:
        at_once = _runs(plan, _AT_ONCE, server, delay=0)
        yield Section(
            title=f"Sending: answers at once, {CONCURRENCY} calls at a time",
            header=_HEADER,
            rows=_rows(_AT_ONCE, at_once),
            verdicts=_verdicts(at_once, _fake_rate(plan)),
            figures={name: [asdict(run) for run in runs] for name, runs in at_once.items()},
        )
        waiting = _runs(plan, _AFTER_A_WAIT, server, delay=_LATENCY)
        yield Section(
            title=f"Sending: answers after 50 ms, {CONCURRENCY} calls at a time",
            header=_HEADER,
            rows=_rows(_AFTER_A_WAIT, waiting),
            verdicts=[Verdict(goals.OF_POSSIBLE, _of_possible(waiting), _MISSING)],
            figures={name: [asdict(run) for run in runs] for name, runs in waiting.items()},
        )


def _fake_rate(plan: Plan) -> float:
    requests = write_requests(plan.folder, "create", _MOST_CREATES)
    with fake(plan.folder, 0) as answering:
        port = int(answering.api.rpartition(":")[2])
        said = load(
            port, requests, kind="create", count=_MOST_CREATES, connections=CONCURRENCY, seconds=2, warm_up=1
        )
        return said.rate


def _runs(plan: Plan, senders: tuple[Sender, ...], server: postgres.Server | None, *, delay: float) -> Runs:
    runs: Runs = {sender.name: [] for sender in senders}
    for sender in interleaved(tuple(one for one in senders if _is_there(one, server)), plan.rounds):
        try:
            runs[sender.name].append(_run(plan, sender, server, delay=delay))
        except subprocess.SubprocessError as error:
            runs[sender.name].append(Run(sender.name, 0, broken=str(error)))
    return runs


def _is_there(sender: Sender, server: postgres.Server | None) -> bool:
    if sender.runs == "postgresql" and server is None:
        return False
    return sender.runs not in ("sqlite", "postgresql") or ours.is_there("send")


def _run(plan: Plan, sender: Sender, server: postgres.Server | None, *, delay: float) -> Run:
    messages = plan.scaled(sender.messages)
    with fake(plan.folder, delay) as answering:
        api = answering.api
        if sender.runs not in ("sqlite", "postgresql"):
            words = [sender.runs, api, "--messages", str(messages), "--concurrency", str(CONCURRENCY)]
            answer = json.loads(
                finished([peers_python(), "-m", "benchmarks.peers.senders", *words], folder=plan.folder)
            )
            return _judged(sender, answer, answering.creates(), "")
        with database(sender.runs, plan.folder, server) as fresh:
            command, variables = sending_command(fresh, api, messages)
            answer = json.loads(finished(command, folder=plan.folder, variables=variables))
            return _judged(sender, answer, answering.creates(), _fault(fresh, messages))


def sending_command(fresh: Database, api: str, messages: int) -> tuple[Sequence[str], dict[str, str]]:
    """What runs our worker on that database, and its environment."""
    _, variables = filled(OURS, fresh)
    extra = {"TWILIO_API_BASE_URL": api, "LEADLINE_SEND_CONCURRENCY": str(CONCURRENCY)}
    return (sys.executable, "-m", "benchmarks.product", "send", str(messages)), variables | extra


def _fault(fresh: Database, messages: int) -> str:
    """Empty when each message was tried once and has its own SID."""
    sent, attempts = fresh.count(ours.SENT), fresh.count(ours.ATTEMPTS)
    if (sent, attempts) == (messages, messages):
        return ""
    return f"{messages} queued, {sent} with a SID, {attempts} attempts"


def _judged(sender: Sender, answer: dict[str, float], taken: int, fault: str) -> Run:
    if not fault and taken != answer["creates"]:
        fault = f"{answer['creates']:.0f} creates meant, {taken} taken"
    return Run(
        sender.name,
        messages=int(answer["sent"]),
        rate=answer["sent"] / answer["seconds"],
        cpu_per_1000=answer["cpu"] / answer["creates"] * 1000,
        broken=fault,
    )


def _rows(senders: Sequence[Sender], runs: Runs) -> list[tuple[str, ...]]:
    return [_row(sender.name, runs[sender.name]) for sender in senders]


def _row(name: str, runs: list[Run]) -> tuple[str, ...]:
    faults = [run.broken for run in runs if run.broken]
    if faults or not runs:
        return (name, "–", "–", "–", f"BROKEN: {faults[0]}" if faults else "not there yet")
    return (
        name,
        f"{runs[0].messages:,}",
        spread([run.rate for run in runs]),
        spread([run.cpu_per_1000 for run in runs], "{:.3f}"),
        "creates agree",
    )


def _verdicts(runs: Runs, fake_rate: float) -> list[Verdict]:
    mine = _rates(runs, _OURS)
    return [
        Verdict(goals.OVER_SYNC_SDK, ratio(mine, _rates(runs, _SYNC_SDK)), _MISSING),
        Verdict(goals.OF_BARE_CLIENT, ratio(mine, _rates(runs, _AIOHTTP)), _MISSING),
        Verdict(goals.FAKE_RATE, fake_rate, ""),
    ]


def _of_possible(runs: Runs) -> float | None:
    mine = _rates(runs, _OURS)
    return median(mine) / (CONCURRENCY / _LATENCY) if mine else None


def _rates(runs: Runs, sender: Sender) -> list[float]:
    of_sender = runs[sender.name]
    return [] if any(run.broken for run in of_sender) else [run.rate for run in of_sender]

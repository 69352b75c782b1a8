"""One installation under torture: a database, a simulator, and the services on them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, time
from typing import Any

from harness.databases import Database, Locked, database
from harness.postgres import Server
from harness.processes import environment, free_port
from harness.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, lead
from leadline import accounts
from leadline.app import Leadline
from leadline.settings import Settings
from torture.nursery import Birth
from torture.pretence import Pretence
from torture.services import PATIENCE, Impatience, Nursery, Service, until
from torture.wire import Wire

WEBHOOK = "/api/webhooks/twilio"
# In microseconds, and a little more: the last look for a text in doubt comes after 24 hours.
_DAY = 25 * 3600 * 1_000_000
_LOST = "next_look_at IS NOT NULL"
_TRIES_TO_CHANGE = 10
# Longer than a worker takes from one search of Twilio's list to the next.
_SECONDS_BETWEEN_DAYS = 6.0
# What Twilio does when asked to in the address: five more tries after any failure.
_TRIES_AGAIN = "#rc=5&rp=all"


@dataclass(slots=True)
class Installation:
    """Its services know of nothing but their environment; ``api`` calls as a program with a token.

    ``sabotage`` is how the product is broken in it, to see that this is noticed.
    """

    database: Database
    pretence: Pretence
    nursery: Nursery
    folder: Path
    variables: dict[str, str]
    api: Wire
    lead_ids: list[int] = field(default_factory=list)
    sabotage: str | None = None

    def start(self, *words: str, module: str = "leadline", **more: Any) -> Service:
        """Start ``leadline`` with these words; ``more`` is as in ``Birth``."""
        log = str(self.folder / "services.log")
        return self.nursery.start(
            Birth(module, words, self.variables, str(self.folder), log, sabotage=self.sabotage, **more)
        )

    def serve(self, *options: str, **more: Any) -> Service:
        """Start ``leadline serve``, on the same port each time."""
        return self.start("serve", "--port", str(self.api.port), *options, **more)

    def await_answers(self) -> None:
        """Wait until the service answers."""
        until(self.api.answers, "an answer of the service")

    def opened(self) -> Leadline:
        """This process's own Leadline on the same database, as an application embeds it."""
        return Leadline.open(_settings(self.variables))

    def states(self) -> dict[str, int]:
        """How many texts of ours are in each state."""
        query = "SELECT state, count(*) FROM messages WHERE direction = 'outbound' GROUP BY state"
        return dict(self.database.rows(query))

    def is_at_rest(self) -> bool:
        """Whether nothing waits, nothing is under way, and nothing is in doubt."""
        return not self.states().keys() & {"queued", "posting", "in_doubt"}

    def end_leases(self, pid: int | None = None, *, within: float = 5.0) -> None:
        """Move the open leases back, of all workers or of one: what two minutes of silence look like.

        Raises Locked when another process holds the database for that many seconds.
        """
        whose = "" if pid is None else f"AND worker LIKE '%:{pid}'"
        self.database.run(
            f"UPDATE attempts SET lease_until = {_now()}"  # noqa: S608
            f" WHERE closed_at IS NULL AND outcome IS NULL {whose}",
            within=within,
        )

    def forget_looks(self) -> None:
        """Let what is in doubt be looked for once more as it is, before a day passes."""
        self._change(f"UPDATE attempts SET looks = 0 WHERE {_LOST}")  # noqa: S608

    def let_a_day_pass(self) -> None:
        """Move back what waits for a later look: texts in doubt, texts backing off, the chores.

        A text in doubt is looked for once as it is, and then as if the day were over.
        """
        now = _now()
        earlier = f"started_at = started_at - {_DAY}, lease_until = lease_until - {_DAY}"
        for change in (
            f"attempts SET {earlier} WHERE {_LOST} AND looks > 0 AND started_at > {now - _DAY}",
            f"attempts SET next_look_at = {now} WHERE {_LOST}",
            "messages SET not_before = due_at WHERE state = 'queued'",
            f"senders SET free_at = {now}",
            f"chores SET next_at = {now}",
        ):
            self._change(f"UPDATE {change}")

    def come_to_rest(self, *, within: float = PATIENCE) -> None:
        """Let time pass until nothing waits and nothing is in doubt. Raises Impatience."""
        deadline = monotonic() + within
        while not self.is_at_rest():
            if monotonic() > deadline:
                raise Impatience(f"rest has not come in {within:.0f} s: {self.states()}")
            self.let_a_day_pass()
            with suppress(Impatience):
                until(self.is_at_rest, "rest", within=_SECONDS_BETWEEN_DAYS)

    def _change(self, statement: str) -> None:
        """By itself, and again when the services, which have an order of their own, hold the same rows."""
        for _ in range(_TRIES_TO_CHANGE):
            with suppress(Locked):
                self.database.run(statement)
                return
        raise Locked(statement)


def _now() -> int:
    """In the database's own measure, microseconds."""
    return int(time() * 1_000_000)


@contextmanager
def installed(
    kind: str,
    folder: Path,
    nursery: Nursery,
    server: Server | None,
    *,
    leads: int,
    settings: Mapping[str, str],
) -> Iterator[Installation]:
    """An installation with that many leads and nothing running but its simulator."""
    port = free_port()
    with (
        database(kind, folder, server) as fresh,
        _pretending(folder, nursery, f"http://127.0.0.1:{port}{WEBHOOK}{_TRIES_AGAIN}") as pretence,
    ):
        told = _told(fresh, folder, pretence, port) | dict(settings)
        api, lead_ids = _prepared(told, port, leads)
        variables = environment(told)
        yield Installation(fresh, pretence, nursery, folder, variables, api, lead_ids)


@contextmanager
def _pretending(folder: Path, nursery: Nursery, inbound_url: str) -> Iterator[Pretence]:
    port = free_port()
    words = (str(port), inbound_url)
    service = nursery.start(
        Birth("torture.twilio", words, environment(), str(folder), str(folder / "simulator.log"))
    )
    pretence = Pretence(Wire(port, seconds=30.0), service)
    try:
        until(pretence.wire.answers, "an answer of the simulator")
        yield pretence
    finally:
        service.end()


def _told(fresh: Database, folder: Path, pretence: Pretence, port: int) -> dict[str, str]:
    """The settings of the services, by the names of their variables."""
    return {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_PHONE_NUMBER": OUR_NUMBER,
        "TWILIO_API_BASE_URL": pretence.url,
        "LEADLINE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LEADLINE_DATABASE_URL": fresh.url(),
        "LEADLINE_MEDIA_DIR": str(folder / "media"),
        "LEADLINE_BUSINESS_NAME": "Harbor Roofing",
        "LEADLINE_SENDER_RATE": "0",
    }


def _prepared(told: dict[str, str], port: int, leads: int) -> tuple[Wire, list[int]]:
    """Make the tables, a token and the leads; nobody of ours keeps the database open."""
    with Leadline.open(_settings(told)) as line:
        with line.database.write() as tx:
            _, secret = accounts.create_token(tx, "torture", actor="cli", now=line.clock.now())
        lead_ids = [line.add_lead(f"Lead {number}", lead(number)).id for number in range(leads)]
    return Wire(port, {"Authorization": f"Bearer {secret}"}), lead_ids


def _settings(variables: dict[str, str]) -> Settings:
    known = Settings.model_fields.keys()
    told: dict[str, Any] = {name.lower(): value for name, value in variables.items()}
    return Settings(**{name: value for name, value in told.items() if name in known})

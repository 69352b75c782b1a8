"""A short story that touches every part of the product, told by outsiders who do not mind a crash.

Before it begins a worker has died: one text was sent and its answer lost, another's last report never
came, and two leads wrote while nobody was there. Then the service starts. A program queues three texts, of
which one meets a lost answer and one a refusal that passes; a lead writes and is answered; another says stop.

Whoever gets no answer asks again, and when the service has died it is started anew, as a service manager
does.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

from harness.traffic import lead
from leadline import sending, serving
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.template import Template
from leadline.sending import Claimed, ClaimRequest, Outcome
from leadline.store import templates
from leadline.twilio.client import Create, Permit, SendResult
from leadline.worker import status_callback
from torture.crashing import Step
from torture.installation import WEBHOOK, Installation
from torture.services import PATIENCE, Impatience, Service, until
from torture.wire import NoAnswer

THANKS = Template("thanks", "Thanks! {{ business_name }} will answer soon.", "conversational", "")
SETTINGS = {"LEADLINE_AUTO_REPLY_TEMPLATE": THANKS.name}
LEADS = 9
_ANNA, _BEN, _CLEO, _LOST, _UNREPORTED, _EARLY, _EARLY_STOP, _LENA, _STOPS = range(LEADS)
_NOWHERE = "http://127.0.0.1:9/"
# A worker looks for texts in doubt when it starts, and then every five seconds.
_SECONDS_TO_REST = 0.3


@dataclass(slots=True)
class Story:
    """One telling. ``deaths`` counts how often the service was found dead; ``faults`` is what was wrong.

    After ``starts_at_most`` new starts a service that has not come to rest never will. ``is_report_lost``
    takes from the text whose answer is lost its reports too.
    """

    here: Installation
    acknowledged: set[int] = field(default_factory=set)
    received: set[str] = field(default_factory=set)
    deaths: int = 0
    starts_at_most: int = 12
    is_report_lost: bool = False
    faults: list[str] = field(default_factory=list)
    _services: list[Service] = field(default_factory=list)

    @property
    def service(self) -> Service:
        """The one that runs, or ran last."""
        return self._services[-1]

    def tell(self, step: Step | None = None, steps_file: Path | None = None) -> None:
        """From before the beginning to rest; the first life of the service is armed. See ``crashing``."""
        self._live_before()
        notes = str(steps_file) if steps_file else None
        self._services.append(self.here.serve(step=step, steps_file=notes))
        try:
            self._queue_three()
            self._hear()
            self._stop()
            self._come_to_rest()
        except Impatience as error:
            self.faults.append(str(error))
        finally:
            self.service.end(SIGKILL)

    def _live_before(self) -> None:
        self.here.pretence.reset()
        self.here.pretence.follow({"next": [["callback_dropped"], ["callback_dropped"]]})
        with self.here.opened() as line:
            self.acknowledged |= _die_while_sending(line)
            self.here.end_leases()
            with line.database.write() as tx:
                sending.recover(tx, ["another"], now=line.clock.now())
        self.here.database.run("UPDATE messages SET look_at = 0 WHERE look_at IS NOT NULL")
        self.here.pretence.tell(_NOWHERE)
        self._write_us(_EARLY, "Is anybody there?")
        self._write_us(_EARLY_STOP, "STOP")
        self.here.pretence.tell(f"http://127.0.0.1:{self.here.api.port}{WEBHOOK}#rc=5&rp=all")

    def _queue_three(self) -> None:
        lost = ["accept_500", "callback_dropped"] if self.is_report_lost else "accept_500"
        self.here.pretence.follow({"next": [None, lost, "refuse_429"]})
        for number in (_ANNA, _BEN, _CLEO):
            self._insist(lambda: self._send(number) == 202, "a text accepted")  # noqa: B023
        self._insist(self._is_all_but_one_posted, "the end of the first calls")

    def _is_all_but_one_posted(self) -> bool:
        states = self.here.states()
        return "posting" not in states and states.get("queued", 0) <= 1

    def _hear(self) -> None:
        """The text that was refused is due again when the lead's text wakes the worker."""
        self.here.let_a_day_pass()
        self._write_us(_LENA, "Hello, is this Harbor Roofing?")

    def _stop(self) -> None:
        """Once the stop is stored, nothing more is accepted for that number."""
        self._write_us(_STOPS, "STOP")
        if self._has_opted_out(_STOPS):
            self._insist(lambda: self._send(_STOPS) is not None, "an answer")
            if self._send(_STOPS) == 202:
                self.faults.append("a text was accepted for a number that had opted out")

    def _come_to_rest(self) -> None:
        """A day passes: everything is sent or known not to be, and every text of a lead is stored."""
        seconds = _SECONDS_TO_REST
        for _ in range(self.starts_at_most):
            try:
                self._insist(self._is_over, "rest", within=seconds)
            except Impatience:
                self._start_anew()
                seconds *= 1.5
            else:
                return
        self.faults.append(f"it does not come to rest: {self.here.states()}")

    def _is_over(self) -> bool:
        stored = {sid for (sid,) in self.here.database.rows(_RECEIVED)}
        opted_out = all(map(self._has_opted_out, (_STOPS, _EARLY_STOP)))
        return self.here.is_at_rest() and stored == self.received and opted_out

    def _start_anew(self) -> None:
        if self.service.end(SIGKILL) != -SIGKILL:
            self.faults.append(f"the service ended by itself with {self.service.code}")
        self.here.end_leases()
        self.here.let_a_day_pass()
        self._services.append(self.here.serve())

    def _insist(self, is_done: Callable[[], bool], what: str, *, within: float = PATIENCE) -> None:
        """Ask for it until it is done; whenever the service has died, start it anew."""

        def look() -> bool:
            if not self.service.is_alive:
                self.deaths += 1
                self._start_anew()
            return is_done()

        until(look, what, within=within)

    def _send(self, number: int) -> int | None:
        """Ask for a text to that lead, with the same key each time; the HTTP status, None without answer."""
        try:
            status, answer = self.here.api.call(
                "POST",
                f"/api/admin/leads/{self.here.lead_ids[number]}/sms",
                {"body": f"Hi {number}"},
                Idempotency_Key=f"story-{number}",
            )
        except NoAnswer:
            return None
        if status == 202:
            self.acknowledged.add(answer["id"])
        return status

    def _write_us(self, number: int, body: str) -> None:
        self.received.add(self.here.pretence.text_us(lead(number), body))

    def _has_opted_out(self, number: int) -> bool:
        found = self.here.database.rows(
            f"SELECT consent FROM conversations WHERE number = '{lead(number)}'"  # noqa: S608
        )
        return found == [("opted_out",)]


_RECEIVED = "SELECT twilio_sid FROM messages WHERE direction = 'inbound'"


def add_template(here: Installation) -> None:
    """The words of the automatic reply."""
    with here.opened() as line, line.database.write() as tx:
        templates.save(tx, THANKS, now=line.clock.now())


def _die_while_sending(line: Leadline) -> set[int]:
    """Send two texts and write down what became of the second only; their ids."""
    texts = [SendRequest(number=lead(number), body=f"Hi {number}") for number in (_LOST, _UNREPORTED)]
    with line.database.write() as tx:
        queued = line.queue(tx, texts, now=line.clock.now())
    with line.database.write() as tx:
        [claims] = line.claim(tx, [ClaimRequest("dead:0", len(texts))], now=line.clock.now())
    results = asyncio.run(_post(line, claims.texts))
    with line.database.write() as tx:
        sending.settle(tx, [Outcome(claims.texts[1], results[1])], now=line.clock.now())
    return {text.id for text in queued}


async def _post(line: Leadline, claimed: list[Claimed]) -> list[SendResult]:
    async with serving.client_for(line.settings) as client:
        return [await client.create(_call(line, text), Permit(text.decision_id)) for text in claimed]


def _call(line: Leadline, text: Claimed) -> Create:
    callback = status_callback(line.settings, text.token)
    return Create(to=text.number, body=text.body, from_=text.sender.address, status_callback=callback)

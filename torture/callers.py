"""Programs that send texts through the API of a service that is being killed, and do not give up."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import monotonic
from typing import Self

from torture.services import PATIENCE, until
from torture.wire import NoAnswer, Wire

_CALLERS = 3


class Callers:
    """They send one text to each lead. ``acknowledged`` are the ids that they were told.

    Without an answer the same call with the same Idempotency-Key is made again, as a careful program does.
    """

    def __init__(self, api: Wire, lead_ids: Sequence[int], *, story: str) -> None:
        self.acknowledged: set[int] = set()
        self._api = api
        self._story = story
        self._waiting = deque(lead_ids)
        self._stopped = Event()
        self._threads = [Thread(target=self._call_all) for _ in range(_CALLERS)]

    @property
    def are_done(self) -> bool:
        """Whether every text was acknowledged, or they have given up."""
        return not any(thread.is_alive() for thread in self._threads)

    def start(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Let them go, whatever they have not sent."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _call_all(self) -> None:
        with suppress(IndexError):
            while not self._stopped.is_set():
                self._call(self._waiting.popleft())

    def _call(self, lead_id: int) -> None:
        text = {"body": f"Hi lead {lead_id}, this is {self._story}."}
        deadline = monotonic() + PATIENCE
        while not self._stopped.is_set() and monotonic() < deadline:
            with suppress(NoAnswer):
                status, answer = self._api.call(
                    "POST",
                    f"/api/admin/leads/{lead_id}/sms",
                    text,
                    Idempotency_Key=f"{self._story}-{lead_id}",
                )
                if status == 202:
                    self.acknowledged.add(answer["id"])
                    return
            self._stopped.wait(0.02)


@contextmanager
def calling(api: Wire, lead_ids: Sequence[int], *, story: str) -> Iterator[Callers]:
    """Callers at work during the block; afterwards none is."""
    callers = Callers(api, lead_ids, story=story).start()
    try:
        yield callers
    finally:
        callers.stop()


def await_all(callers: Callers) -> None:
    """Wait until every text was acknowledged."""
    until(lambda: callers.are_done, "the acknowledgement of every text", within=2 * PATIENCE)

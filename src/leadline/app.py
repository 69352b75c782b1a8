"""A running Leadline: opened once, it wires settings, clock, database and use cases together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Lock
from types import TracebackType
from typing import Any, Self

from leadline import (
    asking,
    leads,
    numbers,
    preferences,
    queueing,
    receiving,
    reports,
    restoring,
    sending,
    writing,
)
from leadline.clock import Clock, SystemClock
from leadline.counters import Counters
from leadline.leads import NewLead
from leadline.queueing import SendRequest
from leadline.receiving import Received
from leadline.rules.template import BUILT_IN
from leadline.sending import ClaimRequest, Claims
from leadline.settings import Settings
from leadline.store import messages, migrate, senders, templates
from leadline.store.database import Database, Transaction
from leadline.store.leads import Lead
from leadline.store.messages import Message, Queued
from leadline.store.writer import Writer
from leadline.twilio.payloads import InboundSms
from leadline.understanding import Ordered
from leadline.writing import Writing


class Leadline:
    """What a host application embeds, and what every surface of the service is built on.

    >>> with Leadline.open() as line:                                        # doctest: +SKIP
    ...     lead = line.add_lead(name="Lena Park", phone="(303) 555-0142")
    ...     line.send(lead.id, "Hi Lena, is Thursday still good?")

    ``send`` queues; a worker (``leadline worker``, or the one inside ``leadline serve``) sends. Thread-safe.
    """

    def __init__(
        self, *, settings: Settings, clock: Clock, database: Database, writer: Writer | None = None
    ) -> None:
        self.given = settings
        self.settings = settings
        # Else who read before a change could note what was read after it.
        self._looking = Lock()
        self._looked = 0.0
        self.clock = clock
        self.database = database
        self.writer = writer or Writer(database, clock)
        self.counters = Counters()
        self.record = reports.record
        self._ours: set[str | None] = set()

    @classmethod
    def open(cls, settings: Settings | None = None, *, clock: Clock | None = None) -> Self:
        """Open the database, bring it up to date, and note our sender and the built-in templates.

        A database that was restored is noticed here, and held. Raises SettingsError when the settings do
        not fit, StoreUnavailable when the database does not answer.
        """
        settings = settings or Settings.load()
        asking.rules_of(settings)
        clock = clock or SystemClock()
        database = Database(settings.leadline_database_url)
        migrate.upgrade(database)
        restoring.check(database, settings, now=clock.now())
        with database.write() as tx:
            templates.add_missing(tx, BUILT_IN.values(), now=clock.now())
            numbers.note_sender(tx, preferences.current(tx, settings), now=clock.now())
        line = cls(settings=settings, clock=clock, database=database)
        line.look_again()
        return line

    def close(self) -> None:
        """Finish what was handed to the writer, then close the database."""
        self.writer.close()
        self.database.close()

    def look_again(self) -> None:
        """Take up what an admin has chosen meanwhile, here or in another process; see ``preferences``."""
        with self._looking:
            self._looked = self.clock.monotonic()
            with self.database.read() as tx:
                self.settings = preferences.current(tx, self.given)

    def choose(self, values: Mapping[str, Any], *, actor: str) -> None:
        """Change settings while running, as ``preferences.change`` does; then they hold here."""
        with self.database.write() as tx:
            preferences.change(tx, self.given, values, actor=actor, now=self.clock.now())
        self.look_again()

    # The use cases as the writer and the edges call them, under the settings of that moment.

    def queue(self, tx: Transaction, requests: Sequence[SendRequest], *, now: datetime) -> list[Queued]:
        """As ``queueing.queue``."""
        return queueing.queue(tx, requests, now=now, settings=self.settings)

    def write(self, tx: Transaction, writings: Sequence[Writing], *, now: datetime) -> list[Queued]:
        """As ``writing.write``."""
        return writing.write(tx, writings, now=now, settings=self.settings)

    def receive(self, tx: Transaction, inbound: Sequence[InboundSms], *, now: datetime) -> list[Received]:
        """As ``receiving.receive``."""
        return receiving.receive(tx, inbound, now=now, settings=self.settings)

    def receive_ordered(self, tx: Transaction, asked: Sequence[Ordered], *, now: datetime) -> list[Received]:
        """As ``receiving.receive_ordered``."""
        return receiving.receive_ordered(tx, asked, now=now, settings=self.settings)

    def claim(self, tx: Transaction, requests: Sequence[ClaimRequest], *, now: datetime) -> list[Claims]:
        """As ``sending.claim``."""
        return sending.claim(tx, requests, now=now, settings=self.settings)

    def add_lead(self, name: str, phone: str | None = None, **details: Any) -> Lead:
        """Store a lead; ``details`` as in ``NewLead``. Raises InvalidInput naming the field."""
        new = NewLead(name=name, phone=phone, **details)
        self._look_now_and_then()
        with self.database.write() as tx:
            return leads.add(tx, [new], now=self.clock.now(), settings=self.settings)[0]

    def send(
        self,
        to: int | str,
        body: str | None = None,
        *,
        template: str | None = None,
        variables: Mapping[str, Any] | None = None,
        media_urls: Sequence[str] = (),
        idempotency_key: str | None = None,
        due_at: datetime | None = None,
    ) -> Queued:
        """Queue a text to a lead (its id) or a number. From the return on it is kept, whatever crashes.

        Raises InvalidInput naming the field, NotFound, Refused with the gate's decision, or
        IdempotencyConflict. The same key with the same content returns the first time's message.
        """
        self._look_now_and_then()
        request = SendRequest(
            lead_id=to if isinstance(to, int) else None,
            number=to if isinstance(to, str) else None,
            body=body,
            template=template,
            variables=variables or {},
            media_urls=tuple(media_urls),
            idempotency_key=idempotency_key,
            due_at=due_at,
        )
        return self.writer.submit(self.queue, request).result()

    def _look_now_and_then(self) -> None:
        """A host application has no loop of ours that would."""
        if self.clock.monotonic() - self._looked >= preferences.LOOK_EVERY.total_seconds():
            self.look_again()

    def message(self, message_id: int) -> Message:
        """A text as it is now. Raises NotFound."""
        with self.database.read() as tx:
            return messages.by_id(tx, message_id)

    def is_ours(self, *addresses: str | None) -> bool:
        """Whether any of these numbers or Messaging Services is a sender of ours."""
        if self._ours.isdisjoint(addresses):
            with self.database.read() as tx:
                self._ours = {sender.address for sender in senders.everyone(tx)}
        return not self._ours.isdisjoint(addresses)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

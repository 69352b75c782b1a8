"""The pretend account: its numbers, its messages, who opted out, and the ledger. No HTTP, no tasks."""

import random
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

from leadline.clock import Clock
from leadline.simulator.records import Accepted, Call, Configuration, Message, Notice, Phone

Watcher = Callable[[str], None]

_CALLS_KEPT = 500


class Account:
    """All that the simulator knows, in memory. Everything but the ledger's growth can be cleared.

    ``watch`` tells of every change by the phone number it concerns. Not safe across threads: it
    belongs to the event loop that the simulator runs in.
    """

    def __init__(
        self,
        sid: str,
        auth_token: str,
        *,
        configuration: Configuration,
        clock: Clock,
        random_: random.Random,
    ) -> None:
        self.sid = sid
        self.auth_token = auth_token
        self.configuration = configuration
        self.clock = clock
        self.random = random_
        self._watchers: list[Watcher] = []
        self._place = 0
        self.clear()

    def clear(self) -> None:
        """Forget every message, opt-out and handset; the numbers and the credentials stay."""
        self.messages: dict[str, Message] = {}
        self.ledger: list[Accepted] = []
        self.notices: dict[str, list[Notice]] = defaultdict(list)
        self.phones: dict[str, Phone] = {}
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self.told: dict[str, Call] = {}
        self.sticky: dict[tuple[str, str], str] = {}
        self._blocked: set[tuple[str, str]] = set()
        self._of_number: dict[str, list[str]] = defaultdict(list)

    # The generator is seeded for repeatable runs. These SIDs and tokens guard nothing but pretence.
    def new_sid(self, prefix: str) -> str:
        return f"{prefix}{self.random.getrandbits(128):032x}"

    def next_place(self) -> int:
        """The place of the next message in the order of creation; it only ever grows."""
        self._place += 1
        return self._place

    def add(self, message: Message) -> Message:
        self.messages[message.sid] = message
        for number in {message.to, message.from_} - {None}:
            self._of_number[str(number)].append(message.sid)
        self.meet(message.phone)
        self.tell(message.phone)
        return message

    def change(self, sid: str, **changes: Any) -> Message | None:
        """The message with the changes made, or None when it has been deleted meanwhile."""
        before = self.messages.get(sid)
        if before is None:
            return None
        after = replace(before, updated=self.clock.now(), **changes)
        self.messages[sid] = after
        if after.from_ != before.from_ and after.from_:
            self._of_number[after.from_].append(sid)
        self.tell(after.phone)
        return after

    def remove(self, sid: str) -> None:
        message = self.messages.pop(sid)
        self.tell(message.phone)

    def newest_first(self, number: str | None = None) -> Iterator[Message]:
        """All messages, or those to or from ``number``."""
        if number is None:
            yield from reversed(self.messages.values())
            return
        sids = self._of_number.get(number, ())
        theirs = [self.messages[sid] for sid in sids if sid in self.messages]
        # A service's text is entered under its sender only once one is picked, so out of order.
        yield from sorted(theirs, key=attrgetter("place"), reverse=True)

    # Opt-outs: one holds for the sender, or for the whole service when the sender is in a pool.
    # https://help.twilio.com/articles/223134027
    def block(self, phone: str, number: str) -> None:
        self._blocked.add((phone, self._sender_key(number)))
        self.tell(phone)

    def unblock(self, phone: str, number: str) -> None:
        self._blocked.discard((phone, self._sender_key(number)))
        self.tell(phone)

    def is_blocked(self, phone: str, sender: str) -> bool:
        """Whether ``phone`` opted out of ``sender``, a number of ours or the SID of a service."""
        return bool(self._blocked) and (phone, self._sender_key(sender)) in self._blocked

    def _sender_key(self, sender: str) -> str:
        service = self.configuration.service_of(sender)
        return service.sid if service else sender

    def meet(self, number: str, *, name: str | None = None, outcome: str | None = None) -> Phone:
        """The handset of that number, made when it is new; what is None stays as it was."""
        known = self.phones.get(number)
        if known and name is None and outcome is None:
            return known
        known = known or Phone(number)
        self.phones[number] = replace(known, name=name or known.name, outcome=outcome or known.outcome)
        self.tell(number)
        return self.phones[number]

    def record(self, call: Call) -> None:
        """Keep a line of a webhook that was tried; for an inbound text the last try is kept with it."""
        self.calls.append(call)
        message = self.messages.get(call.sid)
        if call.kind == "inbound":
            self.told[call.sid] = call
        if message is not None:
            self.tell(message.phone)

    def notice(self, phone: str, number: str, body: str) -> None:
        """Show an automatic answer on the handset."""
        at = self.clock.now()
        self.notices[phone].append(Notice(self.new_sid("NO"), phone, number, body, at))
        self.tell(phone)

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call ``watcher`` with a phone number at each change; answers with what ends that."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def tell(self, phone: str) -> None:
        for watcher in self._watchers:
            watcher(phone)

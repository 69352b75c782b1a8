"""Telling open pages that something changed, without their asking."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple


class Changes(NamedTuple):
    """What was told to have changed: conversations by their ids, and texts by Twilio's name for them.

    ``is_vague`` when somebody only told that something did.
    """

    conversations: frozenset[int] = frozenset()
    sids: frozenset[str] = frozenset()
    is_vague: bool = False

    def joined(self, others: "Changes") -> "Changes":
        """These and those."""
        return Changes(
            self.conversations | others.conversations,
            self.sids | others.sids,
            self.is_vague or others.is_vague,
        )


class Pulse:
    """Gathers what is told to have changed, until the one who watches takes it.

    Telling costs the webhooks a set's ``add``; and while nobody watches, not even that. Thread-safe.
    """

    def __init__(self) -> None:
        self._conversations: set[int] = set()
        self._sids: set[str] = set()
        self._is_vague = False
        self._is_ringing = False
        self._ring: Callable[[], object] | None = None
        self.is_over = False

    def changed(self, *conversation_ids: int, sid: str = "") -> None:
        """These conversations changed, or the one of the text that Twilio calls ``sid``, or, with neither,
        something did. Call it after the commit.
        """
        if self._ring is None:
            return
        self._conversations.update(conversation_ids)
        if sid:
            self._sids.add(sid)
        elif not conversation_ids:
            self._is_vague = True
        self._wake()

    def stop(self) -> None:
        """The server is going down: ``is_over`` tells whoever watches to end."""
        self.is_over = True
        self.changed()

    def on_change(self, ring: Callable[[], object] | None) -> None:
        """Call this, from whichever thread it may be, when there is something to take; None stops that."""
        self._ring = ring
        self.take()

    def take(self) -> Changes:
        """What was told since the last time."""
        self._is_ringing = False
        told = Changes(frozenset(self._conversations), frozenset(self._sids), self._is_vague)
        # What comes in between is taken the next time, for only what is in our hands is taken out.
        self._conversations -= told.conversations
        self._sids -= told.sids
        self._is_vague = False
        return told

    def _wake(self) -> None:
        if not self._is_ringing and self._ring is not None:
            self._is_ringing = True
            self._ring()


class Bell:
    """An event of one loop that any thread may set."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake who waits."""
        with suppress(RuntimeError):  # A loop that has been closed has nobody left to wake.
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, *, within: float) -> bool:
        """Whether it rang within so many seconds; the next ring is another one."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), within)
        was_set = self._event.is_set()
        self._event.clear()
        return was_set

"""How fast a sender passes texts on. Twilio counts segments, not texts, and holds ten hours of them."""


class SenderQueues:
    """When each sender will have passed on everything that waits for it. Times are monotonic seconds.

    Without a rate nothing waits. https://support.twilio.com/hc/en-us/articles/115002943027
    """

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    def is_full(
        self, sender: str, segments: int, *, now: float, rate: float | None, limit: int | None
    ) -> bool:
        """Whether that many more segments would be over the limit."""
        if not rate or limit is None:
            return False
        waiting = max(0.0, self._free_at.get(sender, now) - now) * rate
        return waiting + segments > limit

    def join(self, sender: str, segments: int, *, now: float, rate: float | None) -> float:
        """Put the segments at the end of the queue; answers with the seconds until their turn."""
        if not rate:
            return 0.0
        turn = max(now, self._free_at.get(sender, now))
        self._free_at[sender] = turn + segments / rate
        return turn - now

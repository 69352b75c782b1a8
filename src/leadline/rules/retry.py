"""When to try again what certainly was not sent. What may have been sent is never tried again."""

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=10)


def wait(tries: int, *, spread: float, at_least: float | None = None) -> timedelta:
    """How long to wait after that many tries: doubling, with jitter, at most ten minutes.

    ``spread`` is a random number in [0, 1): workers that failed together must not return together.
    ``at_least`` is what the carrier asked for in Retry-After, in seconds; it wins when longer.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(tries - 1, 10)
    jittered = min(doubled, LONGEST_WAIT) * (0.5 + spread / 2)
    return max(jittered, timedelta(seconds=at_least or 0))

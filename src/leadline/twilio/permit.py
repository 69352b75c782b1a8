"""Leave to send one text: without it there is no create call."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

# Entered when there is a connection, left when the text's bytes are with its transport. It says whether the
# text may leave.
LastLook = Callable[[], AbstractAsyncContextManager[bool]]


@dataclass(frozen=True, slots=True)
class Permit:
    """The gate has let this text pass. ``decision_id`` is the row of its decision; without a database it is
    a name made up for it.

    ``last_look`` is asked right before the first byte; a no means that nothing is sent.
    """

    decision_id: int | str
    last_look: LastLook | None = None

    def __post_init__(self) -> None:
        if not self.decision_id:
            raise ValueError("a text leaves by a decision of the gate only")

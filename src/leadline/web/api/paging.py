"""Lists by the page: each page names the next, and none is found by counting rows."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Path, Query
from pydantic import BaseModel, Field

# The largest id that both databases can be asked for.
ID_AT_MOST = 2**63 - 1
PAGE_AT_MOST = 200

Id = Annotated[int, Path(ge=1, le=ID_AT_MOST)]
Limit = Annotated[int, Query(ge=1, le=PAGE_AT_MOST, description="How many at most.")]
# PostgreSQL keeps no NUL, and raises when it is asked for one.
Words = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Before = Annotated[int | None, Query(ge=1, le=ID_AT_MOST, description="The `next` of the page before.")]

Row = TypeVar("Row")
Item = TypeVar("Item", bound=BaseModel)


class Page(BaseModel, Generic[Item]):
    """A page of a list; ``next`` is what to ask for to get the following one, null at the end."""

    items: list[Item]
    next: str | None = Field(description="Null on the last page.")


def page(
    found: Sequence[Row], limit: int, *, show: Callable[[Row], Item], mark: Callable[[Row], object]
) -> Page[Item]:
    """The first ``limit`` of what was found; ask the store for one more, to know whether more follow."""
    rows = found[:limit]
    following = str(mark(rows[-1])) if len(found) > limit else None
    return Page(items=[show(row) for row in rows], next=following)

"""Lists by the page: each page names the next, and none is found by counting rows."""

from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from leadline.web.places import PATTERN

# Where a list that goes by time goes on; see ``web.places``.
Place = Annotated[str | None, Query(pattern=PATTERN, description="The `next` of the page before.")]
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

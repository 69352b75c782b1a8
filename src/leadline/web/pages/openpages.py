"""Pages that are open in browsers: what each shows, and what it still has to be told."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from leadline.web.pages.lists import View
from leadline.web.pages.presence import Colleague
from leadline.web.pages.screen import Target

# An event for a page that is not to be open any more: what it shows was given to others.
GONE = "gone"


@dataclass(eq=False)
class OpenPage:
    """One open page. ``marks`` are those of its parts as the browser has them.

    News that is not fetched yet is overtaken by newer news of the same part, so that a slow reader costs no
    more memory than one screen.
    """

    request: Request
    target: Target
    view: View
    user_id: int
    session: str
    marks: dict[str, str]
    present: tuple[Colleague, ...] = ()
    is_new: bool = True
    news: dict[str, str] = field(default_factory=dict)
    is_over: bool = False
    why: str = ""
    _has_news: asyncio.Event = field(default_factory=asyncio.Event)

    def differs(self, marks: Mapping[str, str]) -> list[str]:
        """The parts that the browser has otherwise; from now on it is taken to have them so."""
        changed = [name for name, mark in marks.items() if self.marks.get(name) != mark]
        self.marks = {**self.marks, **marks}
        return changed

    def tell(self, news: dict[str, str]) -> None:
        """Hand over parts as markup. On the event loop."""
        self.news |= news
        self._has_news.set()

    def end(self, why: str = "") -> None:
        """Nothing more is told. On the event loop."""
        self.is_over, self.why = True, why
        self._has_news.set()

    async def next(self, *, within: float) -> dict[str, str]:
        """The next news; nothing when it is over, or when none came within so many seconds."""
        try:
            await asyncio.wait_for(self._has_news.wait(), within)
        except TimeoutError:
            return {}
        self._has_news.clear()
        news, self.news = self.news, {}
        return news

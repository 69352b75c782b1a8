"""Every page there is, in every state worth looking at: what the tests of access and the pictures go through.

A new page, or a new state of one, is a line here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Page, ViewportSize, expect

from tests import cast
from tests.browser.desk import Desk
from tests.browser.office import BrowserOffice, Theme

VERA = cast.Member("Vera Lund", "vera@example.com", role="viewer", team="North")


@dataclass(frozen=True, slots=True)
class Place:
    """A page, as ``by`` sees it (None: who is not signed in), after clicking what ``opens`` names, in turn.

    ``{Lena Park}`` in the address is her conversation's id, ``{lead Lena Park}`` the lead's. ``picture`` is
    the name of its picture in docs/screens, if it is to have one.
    """

    name: str
    address: str
    by: cast.Member | None = cast.ALICE
    opens: tuple[str, ...] = ()
    status: int = 200
    picture: str | None = None


PLACES = (
    Place("the door", "/signin", by=None, picture="signin"),
    Place("a sign-in link", "/signin/secret", by=None),
    Place("the inbox", "/", picture="inbox"),
    Place("a viewer's inbox", "/", by=VERA),
    Place("the lists", "/", opens=("Open",), picture="lists"),
    Place("the orders", "/", opens=("Newest first",)),
    Place("a list of one's own", "/?list=mine"),
    Place("an empty list", "/?list=scheduled"),
    Place("a search", "/?search=roof", picture="search"),
    Place("a search for nothing", "/?search=zebra"),
    Place("a new conversation", "/new", picture="new"),
    Place("a conversation", "/conversations/{Lena Park}", picture="conversation"),
    Place("templates", "/conversations/{Lena Park}", opens=("Templates",), picture="picker"),
    Place("the lead", "/conversations/{Lena Park}?show=lead", picture="lead"),
    Place(
        "a long conversation", "/conversations/{Wilhelmina Featherstonehaugh-Cholmondeley of Greater Milton}"
    ),
    Place("somebody who opted out", "/conversations/{Priya Natarajan}", picture="opted-out"),
    Place("a text that did not arrive", "/conversations/{Tom Okafor}", opens=("What we know",)),
    Place("a text in doubt", "/conversations/{Walter Cho}", opens=("What we know",), picture="in-doubt"),
    Place("no trace of a text", "/conversations/{June Abbott}", opens=("What we know",), picture="no-trace"),
    Place("a text that left twice", "/conversations/{an unknown number}", opens=("What we know",)),
    Place("a text that waits", "/conversations/{Omar Haddad}"),
    Place("a number that two share", "/conversations/{Ana Ruiz}"),
    Place("one of two who share a number", "/conversations/{Ana Ruiz}?lead={lead Jo Ruiz}"),
    Place("a viewer's conversation", "/conversations/{Lena Park}", by=VERA),
    Place("a lead without texts", "/leads/{lead Ines Duarte}"),
    Place("all templates", "/templates"),
    Place("a template", "/templates/follow_up", picture="templates"),
    Place("an agent's templates", "/templates/follow_up", by=cast.BOB),
    Place("a new template", "/templates?new"),
    Place("the dashboard", "/dashboard", picture="dashboard"),
    Place("the dashboard's numbers", "/dashboard?days=90", by=cast.BOB),
    # Its picture would show a port and a folder that are others each time.
    Place("the connection", "/settings"),
    Place("hours and limits", "/settings/hours", picture="hours"),
    Place("senders", "/settings/senders", picture="senders"),
    Place("the audit log", "/settings/audit", picture="audit"),
    Place("people", "/settings/people", picture="people"),
    Place("changing somebody", "/settings/people", opens=("Change",)),
    Place("API tokens", "/settings/tokens", picture="tokens"),
    Place("what an agent may not see", "/settings", by=cast.BOB, status=403),
    Place("one's account", "/account", by=cast.BOB, picture="account"),
    Place("the status", "/status", picture="status"),
    Place("the account's menu", "/status", opens=("Alice",)),
    Place("the sheet of keys", "/", opens=("Alice", "Keyboard"), picture="keys"),
    Place("a handset", "{simulator}{the handset of Lena Park}", picture="handset"),
    Place("no such page", "/nothing", status=404),
)


@dataclass
class Tour:
    """An office with a history, and windows in it that are used again for each place."""

    office: BrowserOffice
    ids: dict[str, int | str]
    _desks: dict[tuple[str | None, int, Theme], Desk] = field(default_factory=dict)

    @asynccontextmanager
    async def at(self, place: Place, size: ViewportSize, *, theme: Theme = "light") -> AsyncIterator[Desk]:
        """Somebody at that place, in a new window."""
        seat = await self._seat(place.by, size, theme)
        desk = Desk(await seat.page.context.new_page(), seat.address, seat.watch)
        with self.office.watch.expecting(*([place.status] if place.status >= 400 else [])):
            await desk.go(place.address.format_map(self.ids))
        for words in place.opens:
            await click(desk.page, words)
        yield desk
        await desk.page.close()

    async def _seat(self, who: cast.Member | None, size: ViewportSize, theme: Theme) -> Desk:
        seat = (who.name if who else None, size["width"], theme)
        if seat not in self._desks:
            office = self.office
            self._desks[seat] = await (
                office.browser_as(who, size=size, theme=theme)
                if who
                else office.browser(size=size, theme=theme)
            )
        return self._desks[seat]


async def click(page: Page, words: str) -> None:
    """Click the first visible button or summary with that name, and wait for what it opens."""
    button = page.get_by_role("button", name=words).or_(page.locator("summary", has_text=words))
    await button.filter(visible=True).first.click()
    await expect(
        page.locator(":popover-open, dialog[open], details[open] :is(.facts, form)").first
    ).to_be_visible()

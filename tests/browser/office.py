"""An office whose people have browsers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, ViewportSize

from leadline import accounts, signin
from leadline.signin import Door
from leadline.simulator import Simulator, running
from leadline.store import users
from leadline.store.users import User
from leadline.web.sessions import Cookie
from tests import cast
from tests.browser.chromium import Watch
from tests.browser.desk import DESKTOP, PHONE, Desk
from tests.clock import Clock
from tests.e2e.office import Make, Office, opened
from tests.e2e.waiting import AT_MOST

Theme = Literal["light", "dark"]
ZONE = "America/Denver"


@dataclass
class BrowserOffice(Office):
    """An office on real sockets, and the windows that are open in it.

    The clock stands still, in the browsers too, unless ``pass_time`` moves it; timers run as they always do.
    """

    chromium: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)
    zone: str = ZONE

    async def browser_as(
        self, who: cast.Member, *, size: ViewportSize = DESKTOP, theme: Theme = "light", **more: Any
    ) -> Desk:
        """A window of a browser that nobody else uses, with that member signed in; no page is open yet."""
        desk = await self.browser(size=size, theme=theme, **more)
        await desk.page.context.add_cookies(
            [{"name": Cookie(None).name, "value": self._session(who), "url": self.front.behind}]
        )
        return desk

    async def browser(self, *, size: ViewportSize = DESKTOP, theme: Theme = "light", **more: Any) -> Desk:
        """A window of a browser in which nobody is signed in."""
        context = await self.chromium.new_context(
            viewport=size,
            has_touch=size["width"] <= PHONE["width"],
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en-US",
            timezone_id=self.zone,
            **more,
        )
        self.contexts.append(context)
        context.set_default_timeout(AT_MOST * 1000)
        await context.clock.set_fixed_time(self.clock.now())
        self.watch.over(context)
        return Desk(await context.new_page(), self.front.behind, self.watch)

    async def pass_time(self, by: timedelta | float) -> None:
        """Let time pass, for the service and for every browser."""
        now = self.clock.advance(by)
        for context in self.contexts:
            await context.clock.set_fixed_time(now)

    def member(self, who: cast.Member) -> User:
        """That member as a user, added by the first who asks."""
        with self.line.database.write() as tx:
            return users.by_email(tx, who.email) or accounts.add_user(
                tx, name=who.name, email=who.email, role=who.role, actor="cli", now=self.clock.now()
            )

    def signin_path(self, who: cast.Member) -> str:
        """The path of a link that lets that member in, once."""
        user = self.member(who)
        with self.line.database.write() as tx:
            return f"/signin/{signin.make_link(tx, user.id, now=self.clock.now())}"

    def _session(self, who: cast.Member) -> str:
        secret = self.signin_path(who).rpartition("/")[2]
        with self.line.database.write() as tx:
            entered = signin.by_link(tx, secret, now=self.clock.now())
        assert entered.door is Door.ENTERED
        return entered.secret

    async def close_browsers(self) -> None:
        """Close every window."""
        while self.contexts:
            await self.contexts.pop().close()


@asynccontextmanager
async def browsed(
    make: Make, *, clock: Clock, chromium: Browser, with_worker: bool = True
) -> AsyncIterator[BrowserOffice]:
    """Open an office with a simulator behind it; at the end nothing may have gone wrong in any browser."""
    simulator = Simulator(
        cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[cast.OUR_NUMBER], delay=0, seed=1, clock=clock
    )
    async with (
        running(simulator),
        opened(make, simulator, clock=clock, with_worker=with_worker, is_alone=False) as office,
    ):
        watch = Watch((f"{office.front.behind}/", f"{simulator.base_url}/"))
        ours = BrowserOffice(
            office.line, clock, simulator, office.front, office.http, chromium=chromium, watch=watch
        )
        try:
            yield ours
        finally:
            await ours.close_browsers()
    assert watch.troubles == [], watch.troubles

"""One browser window, in the words of who sits before it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.chromium import Watch, exactly

DESKTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
NARROWEST = ViewportSize(width=320, height=640)  # WCAG 2.2, 1.4.10: no scrolling in two directions at 320 px


@dataclass(frozen=True, eq=False)
class Inbox:
    """The list of conversations."""

    page: Page

    @property
    def rows(self) -> Locator:
        return self.page.locator("#rows > li")

    def row(self, name: str) -> Locator:
        """The row of the lead with that name."""
        return self.rows.filter(has=self.page.locator(".name", has_text=exactly(name)))

    async def open(self, name: str) -> None:
        """Open the conversation with that lead."""
        await self.row(name).get_by_role("link").click()
        await expect(self.page.locator("#who")).to_have_text(name)
        await self.page.wait_for_load_state()  # Keys are heard only from then on.

    async def find(self, words: str) -> None:
        """Search."""
        field = self.page.locator(".list .find input")
        await field.fill(words)
        await field.press("Enter")
        await self.page.wait_for_url("**/?search=*")


@dataclass(frozen=True, eq=False)
class Thread:
    """The texts with one number."""

    page: Page

    @property
    def texts(self) -> Locator:
        return self.page.locator("#texts > .msg")

    def text(self, body: str) -> Locator:
        """The item with exactly that text."""
        return self.texts.filter(has=self.page.locator(".bubble", has_text=exactly(body)))

    async def shows(self, body: str, *, as_: str | None = None) -> None:
        """Wait until the text stands there, ``as_`` the words of its mark."""
        await expect(self.text(body)).to_be_visible()
        if as_ is not None:
            await expect(self.text(body).locator(".state")).to_have_text(as_)


@dataclass(frozen=True, eq=False)
class Composer:
    """Where one writes."""

    page: Page

    @property
    def field(self) -> Locator:
        return self.page.locator("#composer textarea")

    async def write(self, text: str) -> None:
        """Put the text into the field; nothing is sent by that."""
        await self.field.fill(text)

    async def send(self, text: str) -> None:
        """Write the text and send it as one does at a desk, with Enter."""
        await self.write(text)
        await self.field.press("Enter")


@dataclass(frozen=True, eq=False)
class Desk:
    """A window with a page of the product. ``watch`` notes what goes wrong in it."""

    page: Page
    address: str
    watch: Watch

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.page)

    @cached_property
    def thread(self) -> Thread:
        return Thread(self.page)

    @cached_property
    def composer(self) -> Composer:
        return Composer(self.page)

    async def go(self, path: str) -> None:
        """Open a page by its path, or by a whole address."""
        await self.page.goto(urljoin(self.address, path))

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever the focus is, once the page listens."""
        await self.page.locator("html.scripted").wait_for(state="attached")
        for key in keys:
            await self.page.keyboard.press(key)

    async def overflow(self) -> list[str]:
        """What does not fit into the window or scrolls sideways in it; nothing, when all fits."""
        found: list[str] = await self.page.evaluate(OVERFLOW)
        return found


# Tables and the like scroll sideways by themselves, which WCAG allows. What is cut off on purpose, with an
# ellipsis, is inside something that clips.
OVERFLOW = """() => {
  const seen = []
  const scrolls = (each) => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX)
  const clips = (each) =>
    each && (getComputedStyle(each).overflowX !== 'visible' || clips(each.parentElement))
  for (const each of document.querySelectorAll('html, body *')) {
    const { left, right, width } = each.getBoundingClientRect()
    if (!width || !each.checkVisibility() || each.closest('.vh, .skip, .marks, .chart')) continue
    const name = `${each.localName}.${each.className}`
    if ((scrolls(each) || each.localName === 'html') && each.scrollWidth > each.clientWidth + 1) {
      if (!each.matches('.wrap, .phones, .subnav, .picker ul')) seen.push(`${name} scrolls sideways`)
    } else if ((right > innerWidth + 1 || left < -1) && !clips(each.parentElement)) {
      seen.push(`${name} reaches from ${Math.round(left)} to ${Math.round(right)} px`)
    }
  }
  return seen.slice(0, 5)
}"""

"""The machine's own Chromium, and a watch over everything that goes wrong in its pages."""

import os
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Request,
    Response,
    async_playwright,
    expect,
)

from tests.e2e.waiting import AT_MOST

DEBIANS = "/usr/bin/chromium"
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # All the addresses are one site, and starting a process for each window took a sixth of the time.
    "--process-per-site",
)
# Chromium's sandbox refuses to be set up by root.
FLAGS_OF_ROOT = ("--no-sandbox",)
# Said of each answer with such a status; the answer itself is watched.
SAID_OF_ANSWERS = "Failed to load resource: the server responded with a status of"
# A page that is left takes its requests with it.
LEFT = "net::ERR_ABORTED"


def program() -> str | None:
    """Where Chromium is. Playwright would fetch one of its own; that is never tried."""
    return shutil.which("chromium") or shutil.which(DEBIANS)


@asynccontextmanager
async def running(found: str) -> AsyncIterator[Browser]:
    """One browser for many tests; each opens contexts of its own, which share nothing."""
    expect.set_options(timeout=AT_MOST * 1000)
    flags = [*FLAGS, *(FLAGS_OF_ROOT if os.geteuid() == 0 else ())]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=flags)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Watch:
    """Notes what must not happen in a page: a fault of a script, a complaint of the browser (such as one
    about the content security policy), an answer that is an error, a request to anywhere but ``at_home``, a
    dialog.
    """

    at_home: tuple[str, ...]
    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of that context from now on."""
        context.on("weberror", lambda fault: self.troubles.append(f"script: {fault.error}"))
        context.on("console", self._heard)
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("dialog", self._dialog)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Take answers with these statuses for granted meanwhile."""
        before = self.expected
        self.expected = before | set(statuses)
        try:
            yield
        finally:
            self.expected = before

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(SAID_OF_ANSWERS):
            self.troubles.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.at_home):
            self.troubles.append(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure and not request.failure.startswith(LEFT):
            self.troubles.append(f"no answer: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")

    async def _dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        await dialog.dismiss()


def exactly(text: str) -> re.Pattern[str]:
    """A pattern for the whole of a text, whatever space there is around it."""
    return re.compile(rf"^\s*{re.escape(text)}\s*$")

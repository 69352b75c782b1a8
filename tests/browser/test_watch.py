"""Nothing that goes wrong in a page passes unseen."""

import pytest
from playwright.async_api import expect

from tests import cast
from tests.browser.office import BrowserOffice
from tests.e2e.waiting import until

MISHAPS = {
    "script: a fault": "queueMicrotask(() => { throw new Error('a fault') })",
    "console: a complaint": "console.error('a complaint')",
    "404: GET": "fetch('/nothing')",
    "405: POST": "fetch('/status', {method: 'POST'})",
    "dialog: hello": "setTimeout(() => alert('hello'))",
    "console: Loading the image": "new Image().src = 'https://example.com/'",
    "console: Executing inline": "document.body.setAttribute('onclick', 'x()'); document.body.click()",
    "console: Applying inline style": "document.body.setAttribute('style', 'color: red')",
    "asked elsewhere: http://127.0.0.2": "location.assign('http://127.0.0.2:9/')",
}


@pytest.mark.parametrize("trouble", MISHAPS)
async def test_a_mishap_is_noted(office: BrowserOffice, trouble: str) -> None:
    alice = await office.browser_as(cast.ALICE)
    await alice.go("/status")
    assert office.watch.troubles == []

    await alice.page.evaluate(MISHAPS[trouble])
    await until(lambda: any(seen.startswith(trouble) for seen in office.watch.troubles))
    await office.close_browsers()  # What is still under way is noted now, not in the test after this.
    office.watch.troubles.clear()


async def test_an_answer_that_a_test_expects_is_no_mishap(office: BrowserOffice) -> None:
    alice = await office.browser_as(cast.ALICE)
    with office.watch.expecting(404):
        await alice.go("/nothing")
        await expect(alice.page.get_by_role("heading", level=1)).to_be_visible()
    assert office.watch.troubles == []

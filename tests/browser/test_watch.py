"""Nothing that goes wrong in a page passes unseen."""

import pytest

from tests.browser.desk import DESKTOP
from tests.browser.places import PLACES, Tour
from tests.e2e.waiting import until

STATUS = next(place for place in PLACES if place.address == "/status")
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
async def test_a_mishap_is_noted(tour: Tour, trouble: str) -> None:
    watch = tour.office.watch
    async with tour.at(STATUS, DESKTOP) as alice:
        assert watch.troubles == []
        await alice.page.evaluate(MISHAPS[trouble])
        await until(lambda: any(seen.startswith(trouble) for seen in watch.troubles))
    # The window is closed, so what was still under way is noted too, and not in the test after this.
    watch.troubles.clear()


async def test_an_answer_that_a_test_expects_is_no_mishap(tour: Tour) -> None:
    async with tour.at(STATUS, DESKTOP) as alice:
        with alice.watch.expecting(404):
            await alice.go("/nothing")
    assert alice.watch.troubles == []

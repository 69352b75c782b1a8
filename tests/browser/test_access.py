"""Everybody can use it: axe-core finds nothing anywhere, and everything fits a screen of 320 px.

https://www.w3.org/TR/WCAG22/; https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md
"""

from collections import Counter
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.desk import DESKTOP, NARROWEST, PHONE
from tests.browser.places import PLACES, Place, Tour

SIZES = {"desktop": DESKTOP, "phone": PHONE}
AXE = Axe()
# All that a theme changes.
CONTRAST = {"runOnly": ["color-contrast"]}


async def faults(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """What axe-core finds, and where."""
    found = await AXE.run(page, options={"resultTypes": ["violations"]} | (options or {}))
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_nothing_keeps_anybody_out(tour: Tour, place: Place, size: str) -> None:
    async with tour.at(place, SIZES[size]) as desk:
        assert await faults(desk.page) == []
        assert await desk.overflow() == []
        await desk.page.emulate_media(color_scheme="dark")
        assert await faults(desk.page, CONTRAST) == []
        if size == "phone":
            await desk.page.set_viewport_size(NARROWEST)
            assert await desk.overflow() == []


def test_no_place_stands_in_the_table_twice() -> None:
    looks = [(place.address, place.by, place.opens) for place in PLACES]
    names = [place.name for place in PLACES]
    pictures = [place.picture for place in PLACES if place.picture]
    for column in (looks, names, pictures):
        assert [each for each, times in Counter(column).items() if times > 1] == []


async def test_a_fault_would_be_found(tour: Tour) -> None:
    async with tour.at(PLACES[0], DESKTOP) as desk:
        await desk.page.evaluate("document.querySelector('h1').append(new Image())")
        assert [fault.partition(":")[0] for fault in await faults(desk.page)] == ["image-alt"]


async def test_what_does_not_fit_would_be_found(tour: Tour) -> None:
    status = next(place for place in PLACES if place.address == "/status")
    async with tour.at(status, NARROWEST) as desk:
        await desk.page.evaluate("document.querySelector('h1').textContent = '=\u00a0'.repeat(1000)")
        await desk.page.evaluate("document.querySelector('h1').className = 'nowrap'")
        assert await desk.overflow() != []

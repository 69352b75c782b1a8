"""The pictures in docs/screens: ``python -m tests.browser.screens`` takes them anew, of the demo's data.

The clock stands still and nothing moves, so one machine makes the same pictures again; another one's fonts
make others.
"""

import io
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import uvloop
from PIL import Image

from leadline.demo import DemoSettings
from leadline.demo.history import BEGINNING
from leadline.demo.story import BUSINESS
from leadline.settings import Settings
from tests.browser import chromium
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.office import Theme, browsed
from tests.browser.places import PLACES, Place, Tour
from tests.browser.stage import OF_PICTURES, set_the_stage
from tests.clock import START, Clock
from tests.conftest import create_schema, values_in

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
# Where the demo's leads live.
ZONE = "America/New_York"


async def take() -> None:
    """Take every picture. Those of places that are no more go away."""
    found = chromium.program()
    if found is None:
        sys.exit("Chromium is not installed, or not where Debian or PATH have it.")
    for old in FOLDER.glob("*.png"):
        old.unlink()
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        values = values_in(Path(folder))
        create_schema(values["leadline_database_url"])

        def make(**changes: Any) -> Settings:
            return DemoSettings(**values | changes | {"leadline_business_name": BUSINESS})

        clock = Clock(START - BEGINNING)
        async with (
            chromium.running(found) as browser,
            browsed(make, clock=clock, chromium=browser, with_worker=False) as office,
        ):
            office.zone = ZONE
            tour = Tour(office, await set_the_stage(office, OF_PICTURES, now=START))
            for place in PLACES:
                if place.picture:
                    await _pictures(tour, place)


async def _pictures(tour: Tour, place: Place) -> None:
    for size in (DESKTOP, PHONE):
        for theme in get_args(Theme):
            file = FOLDER / f"{place.picture}-{theme}-{size['width']}.png"
            async with tour.at(place, size, theme=theme) as desk:
                _keep(await desk.page.screenshot(), file)


def _keep(picture: bytes, file: Path) -> None:
    """With 256 colours a file is a third as large. This way of choosing them leaves small marks theirs,
    whatever a photograph beside them takes.
    """
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(file, optimize=True)


if __name__ == "__main__":
    # The demo's days are those of the machine.
    os.environ["TZ"] = ZONE
    time.tzset()
    uvloop.run(take())

"""Time zones, from the data that Leadline is installed with."""

import re
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}").fullmatch


@cache
def zone(name: str) -> ZoneInfo | None:
    """The zone of that IANA name, or None where there is none.

    ``ZoneInfo(name)`` prefers the machine's data, which may be years old. That of 2025, for one, does not
    know that Vancouver, Edmonton and Winnipeg stop changing their clocks in 2026: an hour off all winter.
    """
    if not _NAME(name):
        return None
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not file.is_file():
        return None
    with file.open("rb") as data:
        try:
            return ZoneInfo.from_file(data, key=name)
        except ValueError:
            # The package has other files beside the zones.
            return None

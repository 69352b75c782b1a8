"""Where a lead may be: every place that fits what is known of them, so that quiet hours hold in all of them.

The lead's own time zone is believed first, then their state or ZIP code, then the number's area code, which
is only a guess since people keep their number when they move. What says nothing leaves the whole country.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

from leadline.rules.area_table import AREAS, FAR_AWAY, ZIPS, Area, Zip
from leadline.rules.hours import Place
from leadline.rules.phone import is_phone
from leadline.rules.zones import zone as zone_named

# https://www.nanpa.com/numbering: numbers that belong to no place.
TOLL_FREE = frozenset({"800", "822", "833", "844", "855", "866", "877", "888"})
_NORTH_AMERICA = frozenset({"US", "CA"})
_NANP_PREFIX = 5  # +1 and the area code
_NO_COUNTRY = frozenset({"ZZ", "001"})  # unknown, and numbers of satellites and the like
_UNKNOWN = "Etc/Unknown"
_REST_OF_A_NUMBER = "2345678"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The places that fit, what they were found by, and the country the number belongs to.

    ``country`` is None for what is no phone number; then, and where nothing is known, ``places`` is empty.
    """

    country: str | None
    places: tuple[Place, ...]
    found_by: str

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone they may live by."""
        return tuple(dict.fromkeys(place.zone for place in self.places))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was concluded from one clue."""

    by: str
    places: tuple[Place, ...]


def candidates(
    number: str,
    *,
    zone: str | None = None,
    state: str | None = None,
    zip_code: str | None = None,
    home: str = "US",
) -> Whereabouts:
    """The places where whoever has this number in E.164 may be.

    ``zone`` is the lead's own IANA zone, ``state`` a US state or Canadian province like ``CO`` or ``US-CO``,
    ``zip_code`` a US one. A clue that cannot be read counts as none. ``home``, US or CA, is where a toll-free
    number, or one with an area code too new for our table, is taken to be.
    """
    if not is_phone(number):
        return Whereabouts(None, (), "nothing")
    # People of one area code share the answer, so one number stands for all; abroad the number itself tells.
    is_nanp = number.startswith("+1")
    clue = number[:_NANP_PREFIX] + _REST_OF_A_NUMBER if is_nanp else number
    return _candidates(clue, zone, state and state.upper(), zip_code and zip_code[:5], home)


@lru_cache(maxsize=16384)
def _candidates(
    clue: str, zone: str | None, state: str | None, zip_code: str | None, home: str
) -> Whereabouts:
    country = _country(clue, home)
    if country is None:
        return Whereabouts(None, (), "nothing")
    found = (
        _by_state(state)
        or _by_zip(zip_code)
        or (_by_area_code(clue) if country in _NORTH_AMERICA else _by_number(clue, country))
    )
    if zone and zone_named(zone):
        return Whereabouts(country, _in_zone(zone, country, found), "their own time zone")
    found = found or _anywhere_in(country)
    return Whereabouts(country, found.places, found.by)


def _country(clue: str, home: str) -> str | None:
    if not clue.startswith("+1"):
        return _region(clue)
    code = clue[2:_NANP_PREFIX]
    rows = _rows_of_code(code)
    if rows:
        return rows[0].area[:2]
    at_home = home if home in _NORTH_AMERICA else "US"
    # The Caribbean shares +1.
    return at_home if code in TOLL_FREE else _region(clue) or at_home


def _region(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return None
    code = parsed.country_code or 0
    # Numbers that are not in use, as in examples, still have a country.
    by_code = None if code == 1 else phonenumbers.region_code_for_country_code(code)
    region = phonenumbers.region_code_for_number(parsed) or by_code
    return None if region in _NO_COUNTRY else region


def _by_state(state: str | None) -> _Found | None:
    rows = [row for row in AREAS if state and state in (row.area, row.area[3:])]
    return _Found(f"their state, {rows[0].area[3:]}", _places(rows)) if rows else None


def _by_zip(zip_code: str | None) -> _Found | None:
    row = _zips().get(zip_code or "") or _zips().get((zip_code or "")[:3])
    if row is None:
        return None
    everywhere = " ".join(area.zones for area in AREAS if area.area == row.area)
    return _Found(f"ZIP code {zip_code}", _places([Area(row.area, row.zones or everywhere, "")]))


def _by_area_code(clue: str) -> _Found | None:
    code = clue[2:_NANP_PREFIX]
    rows = _rows_of_code(code)
    return _Found(f"area code {code}", _places(rows)) if rows else None


def _by_number(number: str, country: str) -> _Found | None:
    # Its data is large, and most teams never text abroad.
    from phonenumbers import timezone  # noqa: PLC0415

    parsed = phonenumbers.parse(number)
    zones = timezone.time_zones_for_number(parsed)
    if _UNKNOWN in zones:
        zones = timezone.time_zones_for_geographical_number(parsed)
    known = tuple(Place(name, country) for name in zones if name != _UNKNOWN and zone_named(name))
    return _Found("the number's beginning", known) if known else None


def _anywhere_in(country: str) -> _Found:
    rows = [row for row in AREAS if row.area[:2] == country and row.area not in FAR_AWAY]
    return _Found(f"the country alone, {country}", _places(rows))


def _in_zone(zone: str, country: str, found: _Found | None) -> tuple[Place, ...]:
    """Their own zone with the laws of where they seem to be; any part of the country that has the zone."""
    if found is not None:
        areas = [place.area for place in found.places]
    else:
        anywhere = _anywhere_in(country).places
        areas = [place.area for place in anywhere if place.zone == zone]
        areas = areas or [place.area for place in anywhere] or [country]
    return tuple(dict.fromkeys(Place(zone, area) for area in areas))


def _places(rows: Iterable[Area]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(Place(zone, row.area) for row in rows for zone in row.zones.split()))


@lru_cache(maxsize=1024)
def _rows_of_code(code: str) -> tuple[Area, ...]:
    return tuple(row for row in AREAS if code in row.codes.split())


@lru_cache(maxsize=1)
def _zips() -> dict[str, Zip]:
    return {prefix: row for row in ZIPS for prefix in _prefixes(row.prefixes)}


def _prefixes(ranges: str) -> Iterator[str]:
    for each in ranges.split():
        first, _, last = each.partition("-")
        width = len(first)
        yield from (f"{number:0{width}}" for number in range(int(first), int(last or first) + 1))

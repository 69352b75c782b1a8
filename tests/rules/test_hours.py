"""Quiet hours: the windows of the laws, the clocks that are changed, and the next minute that is allowed."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.rules import law_table
from leadline.rules.hours import (
    Place,
    QuietHours,
    is_allowed,
    is_holiday,
    next_allowed,
    opening,
    parse_span,
    why_closed,
)
from leadline.rules.law_table import LAWS, Basis, Law
from leadline.rules.zones import zone

FEDERAL = QuietHours()
MINUTE = timedelta(minutes=1)

# When the clocks of the United States and Canada are changed, at two in the morning: 15 U.S.C. 260a.
CHANGES = [
    (date(2026, 3, 8), "summer"),
    (date(2026, 11, 1), "winter"),
    (date(2027, 3, 14), "summer"),
    (date(2027, 11, 7), "winter"),
    (date(2028, 3, 12), "summer"),
    (date(2028, 11, 5), "winter"),
]
# Hours behind UTC in winter and in summer.
ZONES = [
    ("America/New_York", 5, 4),
    ("America/Indiana/Indianapolis", 5, 4),
    ("America/Chicago", 6, 5),
    ("America/Denver", 7, 6),
    ("America/Phoenix", 7, 7),
    ("America/Los_Angeles", 8, 7),
    ("America/Halifax", 4, 3),
    ("America/St_Johns", 3.5, 2.5),
]


def every_day(area: str, span: str) -> Law:
    """A row with the same hours on all days."""
    return Law(area, span, span, span, None, "a test", Basis.LAW)


def utc(day: date, hour: float, behind: float) -> datetime:
    """That hour of the day by a clock that is so many hours behind UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour + behind)


@pytest.mark.parametrize(("name", "winter", "summer"), ZONES)
@pytest.mark.parametrize(("day", "becomes"), CHANGES)
def test_the_window_keeps_to_the_wall_clock_when_the_clocks_are_changed(
    day: date, becomes: str, name: str, winter: float, summer: float
) -> None:
    before, after = (winter, summer) if becomes == "summer" else (summer, winter)
    here = (Place(name, "US"),)
    evening, morning = utc(day - timedelta(days=1), 21, before), utc(day, 8, after)
    assert is_allowed(evening - MINUTE, here, hours=FEDERAL)
    assert not is_allowed(evening, here, hours=FEDERAL)
    assert next_allowed(evening, here, hours=FEDERAL) == morning
    assert not is_allowed(morning - MINUTE, here, hours=FEDERAL)
    assert is_allowed(utc(day, 21, after) - MINUTE, here, hours=FEDERAL)
    assert next_allowed(utc(day, 21, after), here, hours=FEDERAL) == utc(day + timedelta(days=1), 8, after)


@pytest.mark.parametrize("name", ["America/New_York", "America/St_Johns", "America/Phoenix"])
@pytest.mark.parametrize("span", ["02:30-04:00", "01:30-03:00", "01:15-01:45", "00:00-24:00", "00:30-01:30"])
@pytest.mark.parametrize("day", [day for day, _ in CHANGES[:2]])
def test_hours_at_night_are_exact_to_the_minute_while_the_clocks_are_changed(
    day: date, span: str, name: str
) -> None:
    hours = QuietHours(laws=(every_day("US", span),))
    start, end = parse_span(span) or (0, 0)
    here = Place(name, "US")
    night = [utc(day, 0, 2) + n * MINUTE for n in range(13 * 60)]
    walls = [moment.astimezone(zone(name)) for moment in night]
    allowed = [start <= wall.hour * 60 + wall.minute < end for wall in walls]
    assert [is_allowed(moment, (here,), hours=hours) for moment in night] == allowed
    first = night[-1]
    for moment, fits in zip(reversed(night), reversed(allowed), strict=True):
        first = moment if fits else first
        if first != night[-1]:
            assert next_allowed(moment, (here,), hours=hours) == first


# Changes of half an hour, at midnight, in the south, and none.
ODD_ZONES = ["Australia/Lord_Howe", "America/Havana", "America/Santiago", "Asia/Kathmandu", "Europe/Dublin"]


@given(
    name=st.sampled_from([*ODD_ZONES, "America/New_York"]),
    ends=st.lists(st.integers(0, 1440), min_size=2, max_size=2, unique=True).map(sorted),
    moment=st.integers(0, 3 * 365 * 86_400).map(lambda n: utc(date(2026, 1, 1), 0, 0) + timedelta(seconds=n)),
)
def test_anywhere_the_next_minute_is_the_one_that_a_search_minute_by_minute_finds(
    name: str, ends: list[int], moment: datetime
) -> None:
    start, end = (f"{each // 60:02}:{each % 60:02}" for each in ends)
    hours, there = QuietHours(laws=(every_day("XX", f"{start}-{end}"),)), zone(name)
    # A minute a day that the spring's gap swallows comes back the day after.
    minutes = (moment.replace(second=0, microsecond=0) + n * MINUTE for n in range(2 * 24 * 60 + 1))
    walls = ((minute, minute.astimezone(there)) for minute in minutes)
    found = next(minute for minute, wall in walls if ends[0] <= wall.hour * 60 + wall.minute < ends[1])
    assert next_allowed(moment, (Place(name, "XX"),), hours=hours) == max(found, moment)


def test_a_moment_in_a_zone_of_its_own_is_the_same_moment() -> None:
    here = (Place("America/New_York", "US"),)
    night = datetime(2026, 3, 7, 23, tzinfo=zone("America/New_York"))
    assert next_allowed(night, here, hours=FEDERAL) == utc(date(2026, 3, 8), 8, 4)


def test_in_a_gap_the_next_minute_that_exists_is_taken() -> None:
    hours = QuietHours(laws=(every_day("US", "02:30-22:00"),))
    midnight = utc(date(2026, 3, 8), 0, 5)
    found = next_allowed(midnight, (Place("America/New_York", "US"),), hours=hours)
    assert found is not None
    assert found.astimezone(zone("America/New_York")).isoformat() == "2026-03-08T03:00:00-04:00"


def test_of_an_hour_that_comes_twice_the_first_is_taken() -> None:
    hours = QuietHours(laws=(every_day("US", "01:30-22:00"),))
    midnight = utc(date(2026, 11, 1), 0, 4)
    found = next_allowed(midnight, (Place("America/New_York", "US"),), hours=hours)
    assert found == utc(date(2026, 11, 1), 1.5, 4)


def test_zones_come_from_the_installed_data_whatever_the_machine_has() -> None:
    file = resources.files("tzdata") / "zoneinfo" / "America" / "Vancouver"
    there = zone("America/Vancouver")
    with file.open("rb") as data:
        installed = type(there).from_file(data) if there else None
    winters = [datetime(year, 12, 1, 12, tzinfo=UTC) for year in (2025, 2026, 2027)]
    assert there is not None
    assert installed is not None
    assert [there.utcoffset(day.astimezone(there)) for day in winters] == [
        installed.utcoffset(day.astimezone(installed)) for day in winters
    ]


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../zones", "/etc/localtime", "America", "zone.tab", "."]
)
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zone(name) is None


WEDNESDAY, SATURDAY, SUNDAY = date(2026, 7, 8), date(2026, 7, 11), date(2026, 7, 12)
LABOR_DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("area", "weekday", "saturday", "sunday", "holiday"),
    [
        ("US-CO", "08:00-21:00", "08:00-21:00", "08:00-21:00", "08:00-21:00"),
        ("US-FL", "08:00-20:00", "08:00-20:00", "08:00-20:00", "08:00-20:00"),
        ("US-CT", "09:00-20:00", "09:00-20:00", "09:00-20:00", "09:00-20:00"),
        ("US-TX", "09:00-21:00", "09:00-21:00", "12:00-21:00", "09:00-21:00"),
        ("US-AL", "08:00-20:00", "08:00-20:00", "", ""),
        ("US-MS", "08:00-20:00", "08:00-20:00", "", "08:00-20:00"),
        ("US-RI", "09:00-18:00", "10:00-17:00", "", ""),
        ("US-PA", "08:00-21:00", "08:00-21:00", "08:00-21:00", ""),
        ("CA-ON", "09:00-21:30", "10:00-18:00", "10:00-18:00", "09:00-21:30"),
        ("GB", "09:00-20:00", "09:00-20:00", "09:00-20:00", "09:00-20:00"),
    ],
)
def test_the_country_and_its_part_leave_these_hours(
    area: str, weekday: str, saturday: str, sunday: str, holiday: str
) -> None:
    days = [WEDNESDAY, SATURDAY, SUNDAY, LABOR_DAY]
    expected = [parse_span(text) for text in (weekday, saturday, sunday, holiday)]
    assert [opening(FEDERAL, area, day) for day in days] == expected


def test_no_state_allows_what_the_country_forbids() -> None:
    for law in LAWS:
        for day in (WEDNESDAY, SATURDAY, SUNDAY):
            ours, countrys = (opening(FEDERAL, area, day) for area in (law.area, law.area[:2]))
            assert countrys is not None
            assert ours is None or (ours.start >= countrys.start and ours.end <= countrys.end)


def test_every_row_has_a_source_and_hours_that_can_be_read() -> None:
    for law in LAWS:
        assert law.source
        for text in (law.weekdays, law.saturday, law.sunday, law.holidays or ""):
            parse_span(text)


@pytest.mark.parametrize("text", ["21:00-08:00", "08:00", "8-9", "08:00-25:00", "x", "08:00-08:00"])
def test_hours_that_make_no_sense_are_an_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - int() and we say it in our own words
        parse_span(text)


# From the calendar of the Office of Personnel Management, with the days kept beside those on a weekend.
HOLIDAYS = [
    *("2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-07-04"),
    *("2026-09-07", "2026-10-12", "2026-11-11", "2026-11-26", "2026-12-25"),
    *("2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31", "2027-06-18", "2027-06-19", "2027-07-04"),
    *("2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25", "2027-12-24", "2027-12-25"),
    *("2027-12-31", "2028-01-01", "2028-01-17", "2028-02-21", "2028-05-29", "2028-06-19", "2028-07-04"),
    *("2028-09-04", "2028-10-09", "2028-11-10", "2028-11-11", "2028-11-23", "2028-12-25"),
]


def test_a_team_learns_at_once_that_its_own_hours_make_no_sense() -> None:
    with pytest.raises(ValueError, match="does not begin before it ends"):
        QuietHours(own=every_day("*", "20:00-08:00"))


def test_holidays_are_those_of_the_calendar() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 365 + 1)]
    assert [day.isoformat() for day in days if is_holiday("US", day)] == HOLIDAYS


def test_a_state_may_have_a_holiday_of_its_own() -> None:
    assert is_holiday("US-UT", date(2026, 7, 24))
    assert not is_holiday("US-CO", date(2026, 7, 24))


def test_what_waits_for_the_morning_is_spread_over_some_minutes() -> None:
    here = (Place("America/Denver", "US-CO"),)
    night = utc(WEDNESDAY, 3, 6)
    assert next_allowed(night, here, hours=FEDERAL, spread=0.5) == utc(WEDNESDAY, 8, 6) + 5 * MINUTE


def test_a_spread_never_leads_out_of_the_window() -> None:
    narrow = QuietHours(laws=(every_day("US", "08:00-08:05"),))
    here = (Place("America/Denver", "US-CO"),)
    assert next_allowed(utc(WEDNESDAY, 3, 6), here, hours=narrow, spread=0.9) == utc(WEDNESDAY, 8, 6)


def test_a_moment_that_is_allowed_stays_as_it_is_with_its_seconds() -> None:
    noon = utc(WEDNESDAY, 12, 6) + timedelta(seconds=7, microseconds=3)
    assert next_allowed(noon, (Place("America/Denver", "US-CO"),), hours=FEDERAL, spread=0.9) == noon


def test_the_last_second_of_the_window_is_allowed_and_the_next_is_not() -> None:
    here = (Place("America/Denver", "US-CO"),)
    nine = utc(WEDNESDAY, 21, 6)
    assert is_allowed(nine - timedelta(microseconds=1), here, hours=FEDERAL)
    assert not is_allowed(nine, here, hours=FEDERAL)


def test_several_zones_leave_only_what_they_share() -> None:
    coasts = (Place("America/New_York", "US"), Place("America/Los_Angeles", "US"))
    assert next_allowed(utc(WEDNESDAY, 8, 4), coasts, hours=FEDERAL) == utc(WEDNESDAY, 8, 7)
    assert not is_allowed(utc(WEDNESDAY, 21, 4), coasts, hours=FEDERAL)


def test_hours_that_never_meet_are_none() -> None:
    apart = (Place("America/New_York", "US"), Place("Pacific/Guam", "US-GU"))
    hours = QuietHours(own=every_day("*", "10:00-16:00"))
    assert next_allowed(utc(WEDNESDAY, 12, 4), apart, hours=hours) is None


def test_a_team_may_keep_shorter_hours_and_close_for_a_day() -> None:
    own = Law("*", "09:00-17:00", law_table.NONE, law_table.NONE, None, "our own", Basis.LAW)
    hours = QuietHours(own=own, closed=frozenset({date(2026, 7, 13)}))
    here = (Place("America/Denver", "US-CO"),)
    friday_evening, tuesday = utc(date(2026, 7, 10), 17, 6), utc(date(2026, 7, 14), 9, 6)
    assert next_allowed(friday_evening, here, hours=hours) == tuesday


def test_why_a_moment_is_closed_names_the_place_and_the_law() -> None:
    places = (Place("America/Denver", "US-CO"), Place("America/New_York", "US-FL"))
    closed = why_closed(utc(WEDNESDAY, 20.5, 4), places, hours=FEDERAL)
    assert closed is not None
    assert closed.law is not None
    assert (closed.place, closed.law.area, str(closed.span)) == (places[1], "US-FL", "08:00 to 20:00")
    assert f"{closed.local:%H:%M}" == "20:30"
    assert why_closed(utc(WEDNESDAY, 12, 4), places, hours=FEDERAL) is None

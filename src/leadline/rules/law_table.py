"""The hours in which laws allow texts that sell, and the days on which they allow none, as tables.

This is not legal advice. Most of these laws were written for calls; Leadline keeps to them for texts too.
``docs/quiet-hours.md`` shows the same rows and names what was left out.
"""

from enum import StrEnum
from typing import NamedTuple

NONE = ""  # no text at all on that day


class Basis(StrEnum):
    """What a row was taken from, so that a reader knows how far to trust it."""

    LAW = "law"  # the words of the law itself
    SUMMARY = "summary"  # what others write about the law; its own words were not seen
    CHOICE = "choice"  # no law, but what a team keeps to


class Law(NamedTuple):
    """Allowed hours on the clock of whoever receives the text; the end is the first minute not allowed.

    ``area`` is a country or a part of one as in ISO 3166. ``holidays`` None is a holiday like any other day.
    """

    area: str
    weekdays: str
    saturday: str
    sunday: str
    holidays: str | None
    source: str
    basis: Basis
    note: str = ""


_AFTER_CONSENT = "The law spares those who consented; Leadline does not."
_AREA_CODE = "An area code of the state counts as being there."

LAWS: tuple[Law, ...] = (
    Law(
        *("US", "08:00-21:00", "08:00-21:00", "08:00-21:00", None),
        *("47 CFR 64.1200(c)(1)", Basis.LAW, "Whether it covers texts that were asked for is in dispute."),
    ),
    Law(
        *("US-AL", "08:00-20:00", "08:00-20:00", NONE, NONE),
        *("Ala. Admin. Code r. 770-X-5-.17(1)(b)", Basis.LAW, "Written for automated calls."),
    ),
    Law(
        *("US-CT", "09:00-20:00", "09:00-20:00", "09:00-20:00", None),
        *("Conn. Gen. Stat. § 42-288a", Basis.SUMMARY, "Names texts; since 2023-10-01."),
    ),
    Law(
        *("US-FL", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("Fla. Stat. § 501.616(6)(a)", Basis.SUMMARY, f"At most 3 in 24 hours. {_AREA_CODE}"),
    ),
    Law(
        *("US-KY", "10:00-21:00", "10:00-21:00", "10:00-21:00", None),
        *("KRS 367.46955", Basis.SUMMARY, "The hours are from summaries of this section."),
    ),
    Law(
        *("US-LA", "08:00-20:00", "08:00-20:00", NONE, NONE),
        *("LPSC General Order R-29617", Basis.SUMMARY, "Forbids more in a declared emergency."),
    ),
    Law(
        *("US-MA", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("Mass. Gen. Laws c. 159C § 3", Basis.SUMMARY),
    ),
    Law(
        *("US-MD", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("Md. Code, Com. Law § 14-4501 ff.", Basis.SUMMARY, "At most 3 in 24 hours, texts included."),
    ),
    Law(
        *("US-MN", "09:00-21:00", "09:00-21:00", "09:00-21:00", None),
        *("Minn. Stat. § 325E.30", Basis.SUMMARY),
    ),
    Law(
        *("US-MS", "08:00-20:00", "08:00-20:00", NONE, None),
        *("Miss. Code § 77-3-723(1)", Basis.LAW, "Names texts. Says Central Standard Time."),
    ),
    Law(
        *("US-NM", "09:00-21:00", "09:00-21:00", "09:00-21:00", None),
        *("N.M. Stat. § 57-12-22(B)(5)", Basis.LAW),
    ),
    Law(
        *("US-OK", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("Okla. Stat. tit. 15 § 775C.4", Basis.SUMMARY, f"At most 3 in 24 hours. {_AREA_CODE}"),
    ),
    Law(
        *("US-OR", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("Oregon HB 3865 (2025)", Basis.SUMMARY, f"Names texts; at most 3 in 24 hours. {_AREA_CODE}"),
    ),
    Law(
        *("US-PA", "08:00-21:00", "08:00-21:00", "08:00-21:00", NONE),
        *("Pennsylvania Act 78 of 2019", Basis.SUMMARY, "No solicitation on legal holidays."),
    ),
    Law(
        *("US-RI", "09:00-18:00", "10:00-17:00", NONE, NONE),
        *("R.I. Gen. Laws §§ 5-61-2, 5-61-3.6", Basis.LAW, "Names mobile numbers."),
    ),
    Law(
        *("US-TX", "09:00-21:00", "09:00-21:00", "12:00-21:00", None),
        *("Tex. Bus. & Com. Code § 301.051", Basis.SUMMARY, "Names texts since 2025-09-01 (SB 140)."),
    ),
    Law(
        *("US-UT", "08:00-21:00", "08:00-21:00", NONE, NONE),
        *("Utah Code § 13-25a-103(3)", Basis.LAW, _AFTER_CONSENT),
    ),
    Law(
        *("US-WA", "08:00-20:00", "08:00-20:00", "08:00-20:00", None),
        *("RCW 19.158.040(2)", Basis.LAW),
    ),
    Law(
        *("CA", "09:00-21:30", "10:00-18:00", "10:00-18:00", None),
        *("CRTC Unsolicited Telecommunications Rules, Part III", Basis.SUMMARY, "For calls and faxes."),
    ),
)

# Where no row is: our own choice, not a law.
ELSEWHERE = Law(
    "*", "09:00-20:00", "09:00-20:00", "09:00-20:00", None, "Leadline's own choice", Basis.SUMMARY
)


class Holiday(NamedTuple):
    """A day of every year: a date, or the nth of a weekday (0 is Monday) in a month; -1 is the last."""

    area: str
    name: str
    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0


# 5 U.S.C. 6103; one that falls on a Saturday is kept on Friday too, on a Sunday on Monday too. Of the days
# that only a state keeps there are but two here: a team adds others as ``QuietHours.closed``.
HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("US", "New Year's Day", 1, day=1),
    Holiday("US", "Birthday of Martin Luther King, Jr.", 1, nth=3),
    Holiday("US", "Washington's Birthday", 2, nth=3),
    Holiday("US", "Memorial Day", 5, nth=-1),
    Holiday("US", "Juneteenth", 6, day=19),
    Holiday("US", "Independence Day", 7, day=4),
    Holiday("US-UT", "Pioneer Day", 7, day=24),
    Holiday("US-RI", "Victory Day", 8, nth=2),
    Holiday("US", "Labor Day", 9, nth=1),
    Holiday("US", "Columbus Day", 10, nth=2),
    Holiday("US", "Veterans Day", 11, day=11),
    Holiday("US", "Thanksgiving Day", 11, nth=4, weekday=3),
    Holiday("US", "Christmas Day", 12, day=25),
)

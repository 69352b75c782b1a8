"""Whose clock a time is told by: the lead's, where one is known, else the reader's."""

from dataclasses import dataclass

from leadline.rules.whereabouts import candidates
from leadline.store.leads import Lead
from leadline.web.pages.times import Here, place, zone_named


@dataclass(frozen=True, slots=True)
class There:
    """Now, by the clock on the lead's wall, and whose that is: "in Denver"; empty by the reader's own."""

    here: Here
    whose: str = ""

    @property
    def suffix(self) -> str:
        """What stands behind a time."""
        return f" {self.whose}" if self.whose else ""


def there(here: Here, number: str, lead: Lead | None, *, home: str) -> There:
    """The clock of whoever has the number. Where they may live by several, it is the reader's."""
    zone = lead.time_zone if lead else None
    state, zip_code = (lead.state, lead.zip) if lead else (None, None)
    zones = candidates(number, zone=zone, state=state, zip_code=zip_code, home=home).zones
    found = zone_named(zones[0]) if len(zones) == 1 else None
    return There(Here(here.now, found), f"in {place(zones[0])}") if found else There(here)

"""Preferences: settings that an admin may change while Leadline runs. The environment wins over them.

A process looks again every few seconds, so a change holds everywhere within ``LOOK_EVERY``, and at once in
the process that made it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import structlog

from leadline import asking, numbers
from leadline.errors import InvalidInput, SettingsError
from leadline.settings import Settings
from leadline.store import audit, preferences, templates
from leadline.store.database import Transaction

log = structlog.get_logger("leadline.preferences")

LOOK_EVERY = timedelta(seconds=5)

# What is read anew for each text or page. Whatever is wired at the start, like the account, the database or
# the number of hands, needs a restart and is not here; nor is any secret.
CHANGEABLE = (
    "leadline_business_name",
    "leadline_auto_reply_template",
    "leadline_stop_answer",
    "leadline_start_answer",
    "leadline_help_answer",
    "leadline_sender_rate",
    "leadline_countries",
    "leadline_quiet_hours",
    "leadline_own_hours",
    "leadline_closed_days",
    "leadline_answer_minutes",
    "leadline_marketing_per_day",
    "leadline_marketing_per_week",
    "leadline_automatic_per_hour",
    "leadline_automatic_per_day",
    "leadline_agents_see",
    "leadline_answer_goal_minutes",
)


def current(tx: Transaction, given: Settings) -> Settings:
    """The settings as they are now: as given, and where nothing was given, as an admin chose.

    A choice that does not fit any more, since the version or the environment changed, is left out.
    """
    chosen = {choice.name.lower(): choice.value for choice in preferences.everyone(tx)}
    return _merged(given, tuple(item for item in chosen.items() if item[1] is not None))


@lru_cache(maxsize=4)
def _merged(given: Settings, chosen: tuple[tuple[str, Any], ...]) -> Settings:
    free = {name: value for name, value in chosen if name in CHANGEABLE and not is_fixed(given, name)}
    fitting = given
    for name, value in free.items():
        try:
            fitting = _fitting(fitting, {name: value})
        except SettingsError as error:
            log.warning("preference_left_out", name=name, reason=str(error))
    return fitting


def is_fixed(given: Settings, name: str) -> bool:
    """Whether the environment, or the application that embeds Leadline, has set this one."""
    return name in given.model_fields_set


def _fitting(settings: Settings, values: Mapping[str, Any]) -> Settings:
    fitting = settings.having(values)
    asking.rules_of(fitting)
    return fitting


def faults(tx: Transaction, given: Settings, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with these values, by field; a value of None, which is the default, always fits."""
    found = {}
    for name, value in values.items():
        try:
            _check(tx, given, name, value)
        except SettingsError as error:
            found[name] = str(error).partition(": ")[2] or str(error)
    return found


def _check(tx: Transaction, given: Settings, name: str, value: Any) -> None:
    if name not in CHANGEABLE:
        raise SettingsError(f"{name.upper()}: it takes a restart to change this.")
    if is_fixed(given, name):
        raise SettingsError(f"{name.upper()}: the environment sets this.")
    if value is None:
        return
    _fitting(given, {name: value})
    if name == "leadline_auto_reply_template":
        known = [template.name for template in templates.everyone(tx)]
        if value not in known:
            raise SettingsError(f"{name.upper()}: one of {', '.join(known)}.")


def change(
    tx: Transaction, given: Settings, values: Mapping[str, Any], *, actor: str, now: datetime
) -> Settings:
    """Choose, by field; None puts the default back. Returns the settings as they are from the commit on.

    Raises InvalidInput naming the first field at fault; then nothing is changed. What is as it was is left
    alone; every change is in the audit log with what was before.
    """
    for name, fault in faults(tx, given, values).items():
        raise InvalidInput(fault, field=name, code="setting_unfit")
    before = current(tx, given)
    default = {name: field.default for name, field in Settings.model_fields.items()}
    after = before.having({name: default[name] if value is None else value for name, value in values.items()})
    for name in values:
        was, will_be = _plain(getattr(before, name)), _plain(getattr(after, name))
        if was != will_be:
            is_default = values[name] is None
            preferences.save(tx, name.upper(), None if is_default else will_be, by=actor, now=now)
            audit.add(
                tx,
                actor=actor,
                action="setting.change",
                subject=f"setting:{name.upper()}",
                detail={"before": was, "after": will_be},
                now=now,
            )
    settings = current(tx, given)
    if settings.leadline_sender_rate != before.leadline_sender_rate:
        numbers.note_sender(tx, settings, now=now)
    return settings


def _plain(value: Any) -> Any:
    """As JSON has it: a rate is a Decimal."""
    return value if value is None or isinstance(value, bool | int | str) else str(value)

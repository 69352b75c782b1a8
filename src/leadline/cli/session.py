"""What nearly every command begins with: the settings, the logs, an open Leadline."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadline.app import Leadline
    from leadline.settings import Settings

ACTOR = "cli"


def load_settings() -> "Settings":
    """The settings of the environment, with logs set up as they say."""
    from leadline import logs
    from leadline.settings import Settings

    settings = Settings.load()
    logs.configure(settings.leadline_log_level)
    return settings


@contextmanager
def opened(settings: "Settings | None" = None) -> Iterator["Leadline"]:
    """Leadline with the settings of the environment, or with these."""
    from leadline.app import Leadline

    with Leadline.open(settings or load_settings()) as line:
        yield line

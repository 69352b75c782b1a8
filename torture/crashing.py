"""stub"""

from pathlib import Path


def arm(step: tuple[str, int] | None, steps_file: Path | None) -> None: ...

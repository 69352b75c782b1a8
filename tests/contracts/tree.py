"""The repository as the contracts read it."""

import importlib
import pkgutil
import subprocess
from pathlib import Path
from types import ModuleType

import leadline

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
DOCS = ROOT / "docs"


def committed() -> list[Path]:
    """Every file that git knows of, or would on the next ``git add``."""
    # Without safe.directory, git refuses to look at a tree that somebody else owns, as in a container.
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT)]
    listing = subprocess.run(
        [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
    )
    paths = (ROOT / name for name in listing.stdout.decode().split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def modules() -> list[ModuleType]:
    """Every module of the package, imported; migrations are scripts, which Alembic runs."""
    names = [found.name for found in pkgutil.walk_packages(leadline.__path__, "leadline.")]
    wanted = [name for name in names if not name.endswith("__main__") and ".migrations" not in name]
    return [leadline, *map(importlib.import_module, wanted)]

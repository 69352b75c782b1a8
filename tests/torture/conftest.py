"""An arena of the tests' own on each kind of database, with a nursery that all tests share the cost of."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.places import scratch
from tests.conftest import REQUIRED
from torture.arena import Arena, NoDatabase, arena
from torture.result import SMALL


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest) -> Iterator[Arena]:
    """An arena of the small size; what is drawn in it is the same in every run."""
    with scratch("test") as name:
        folder = Path(name)
        folder.chmod(0o711)
        try:
            with arena(folder, request.param, SMALL, chance=random.Random(1)) as opened:
                yield opened
        except NoDatabase as reason:
            if "postgres" in REQUIRED:
                pytest.fail(str(reason), pytrace=False)
            pytest.skip(str(reason))

"""The processes of the torture run."""

import pytest

from torture.arena import Arena
from torture.services import EndedByItself, until


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_service_that_ended_by_itself_is_told_from_one_that_runs(place: Arena) -> None:
    with place.installed() as here:
        service = here.start("worker", "--nonsense")
        until(lambda: not service.is_alive, "its end")
        with pytest.raises(EndedByItself, match="leadline worker --nonsense ended by itself, with 2"):
            service.must_live()
        here.pretence.service.must_live()

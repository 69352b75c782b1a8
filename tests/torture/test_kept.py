"""A full run may be made in parts: what each found is kept, and put together."""

import json
from pathlib import Path
from typing import Any

import pytest

from torture import kept, page
from torture.kept import DoNotFit, Part
from torture.result import Result

KILLS = Part(
    "python -m torture --size full --seed 1 --only kills",
    "2026-03-18",
    (Result("kills", "sqlite", 8_000, "texts", {"SIGKILL": 189}, ("one",), 365.5),),
)


def kept_in(file: Path, part: Part) -> Path:
    kept.write(part, file)
    return file


def lives_in(file: Path, **changes: Any) -> Path:
    """As ``python -m simulation --json`` writes them."""
    figures = {
        "day": "2026-03-17",
        "first": 1,
        "seeds": 500,
        "messages": 20_000,
        "faults": {"crash": 30},
        "violations": 0,
        "seconds": 60.5,
    }
    file.write_text(json.dumps(figures | changes))
    return file


def test_what_was_kept_is_read_back(tmp_path: Path) -> None:
    assert kept.read([kept_in(tmp_path / "kills", KILLS)]) == [KILLS]


def test_stretches_of_seeds_are_one_part_in_whatever_order_they_come(tmp_path: Path) -> None:
    later = lives_in(tmp_path / "later", first=501, day="2026-03-18", faults={"crash": 1, "freeze": 2})
    first = lives_in(tmp_path / "first")
    [part] = kept.read([later, first])
    assert (part.command, part.day) == ("python -m simulation --seeds 1000 --from 1", "2026-03-18")
    assert page.table(part.results).splitlines()[2] == (
        "| simulation | in memory | 40,000 texts, 1,000 seeds | 31 × crash, 2 × freeze | 0 | 0.0075 % | 121 |"
    )


def test_a_violation_in_any_stretch_is_one_of_all(tmp_path: Path) -> None:
    files = [lives_in(tmp_path / "first"), lives_in(tmp_path / "later", first=501, violations=2)]
    [part] = kept.read(files)
    assert part.results[0].violations == ("2 violations; python -m simulation says which",)


@pytest.mark.parametrize("first", [1, 401, 502])
def test_stretches_that_overlap_or_leave_seeds_out_do_not_fit(tmp_path: Path, first: int) -> None:
    with pytest.raises(DoNotFit, match=f"do not go on with {first}"):
        kept.read([lives_in(tmp_path / "first"), lives_in(tmp_path / "later", first=first)])


def test_a_scenario_that_two_files_have_does_not_fit(tmp_path: Path) -> None:
    with pytest.raises(DoNotFit, match="kills on sqlite is in more than one file"):
        kept.read([kept_in(tmp_path / "one", KILLS), kept_in(tmp_path / "other", KILLS)])


def test_a_file_of_something_else_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("{}")
    with pytest.raises(DoNotFit, match="neither"):
        kept.read([tmp_path / "other"])


def test_above_the_table_stand_the_commands_that_made_it(tmp_path: Path) -> None:
    parts = kept.read([kept_in(tmp_path / "kills", KILLS), lives_in(tmp_path / "lives")])
    assert page.made(parts) == (
        "`python -m torture --size full --seed 1 --only kills`, 2026-03-18; "
        "`python -m simulation --seeds 500 --from 1`, 2026-03-17:"
    )

import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from leadline.app import Leadline
from leadline.cli.leads import BATCH, store_in_batches
from leadline.leads import ImportedRow, NewLead
from leadline.store import leads
from tests import cast, texts
from tests.cli.conftest import Command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes what it imports."""
    return tmp_path / "leads.csv"


def everyone(line: Leadline) -> list[leads.Lead]:
    with line.database.read() as tx:
        return leads.search(tx, limit=10_000)


def test_a_lead_is_added_with_its_number_in_any_spelling(leadline: Command, opened: Leadline) -> None:
    said = leadline("leads", "add", "Lena Park", "(303) 555-0142", "--company", "Park Bakery")

    assert (said.code, said.out) == (0, "Lead 1: Lena Park, +13035550142\n")
    [lena] = everyone(opened)
    assert (lena.phone, lena.company) == (cast.LENA.phone, "Park Bakery")


def test_a_lead_that_cannot_be_added_is_refused_in_a_sentence(leadline: Command) -> None:
    said = leadline("leads", "add", "Lena", "555")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("phone: Too short")


def test_leads_are_found_by_what_they_contain(leadline: Command) -> None:
    leadline("leads", "add", "Lena Park", cast.LENA.phone)
    leadline("leads", "add", "Tom Okafor", "+15085550108", "--stage", "won")

    assert "Tom Okafor" not in leadline("leads", "list", "--search", "park").out
    assert [lead["name"] for lead in leadline("leads", "list", "--stage", "won", "--json").json] == [
        "Tom Okafor"
    ]
    assert leadline("leads", "list", "--search", "nobody").out == "There is no such lead.\n"


def test_a_lead_is_shown_with_the_last_texts(leadline: Command, opened: Leadline) -> None:
    lena = texts.add_lena(opened)
    opened.send(lena.id, "Hi Lena")
    texts.receive(opened, texts.inbound(1, "Hi!"))

    said = leadline("leads", "show", lena.id)
    assert "Hi Lena" in said.out
    assert said.out.index("Hi Lena") < said.out.index("Hi!")
    assert [text["body"] for text in leadline("leads", "show", lena.id, "--json").json["messages"]] == [
        "Hi Lena",
        "Hi!",
    ]


def test_a_lead_that_is_not_there_is_refused(leadline: Command) -> None:
    said = leadline("leads", "show", 7)

    assert (said.code, said.err) == (1, "There is no lead 7.\n")


def test_no_name_can_steer_the_terminal(leadline: Command, opened: Leadline) -> None:
    texts.receive(opened, texts.inbound(1, "\x1b[2J\x1b[31mYou won\u202e"))

    said = leadline("messages")
    assert "You won" in said.out
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_an_import_accounts_for_every_row(leadline: Command, opened: Leadline, file: Path) -> None:
    texts.add_lena(opened)
    file.write_text(
        "name,phone,company,Roof Age\n"
        "Tom Okafor,508-555-0108,Okafor Properties,12 years\n"
        "Lena P.,+1 303 555 0142,,\n"
        ",+15085550109,,\n"
    )

    said = leadline("leads", "import", file, "--json")

    assert said.code == 1
    assert [(row["line"], row["outcome"]) for row in said.json] == [
        (2, "added"),
        (3, "duplicate"),
        (4, "error"),
    ]
    assert [row["reason"] for row in said.json] == [
        None,
        "Lena has this number",
        "name: A lead needs a name.",
    ]
    tom = everyone(opened)[1]
    assert (tom.phone, tom.company, tom.fields) == (
        "+15085550108",
        "Okafor Properties",
        {"roof_age": "12 years"},
    )


def test_a_person_reads_what_was_left_out_and_why(leadline: Command, file: Path) -> None:
    file.write_text("name,phone\nTom,508-555-0108\nGreta,12\n")

    said = leadline("leads", "import", file)

    assert said.code == 1
    assert "Added 1, duplicates 0, errors 1." in said.out
    assert "phone: Too short" in said.out.splitlines()[-1]
    assert said.out.splitlines()[-1].startswith("3 ")


def test_the_same_file_again_adds_nothing(leadline: Command, opened: Leadline, file: Path) -> None:
    file.write_text("name,phone\nTom,508-555-0108\n")

    assert leadline("leads", "import", file).out == "Added 1, duplicates 0, errors 0.\n"
    again = leadline("leads", "import", file)
    assert (again.code, again.out) == (0, "Added 0, duplicates 1, errors 0.\n")
    assert len(everyone(opened)) == 1


def test_a_dry_run_says_the_same_and_stores_nothing(leadline: Command, opened: Leadline, file: Path) -> None:
    rows = [f"Lead {number},508555{number:04}" for number in range(BATCH + 1)]
    file.write_text("\n".join(["name,phone", *rows, rows[0]]))

    said = leadline("leads", "import", file, "--dry-run")

    assert said.out == f"Would add {BATCH + 1:,}, duplicates 1, errors 0.\n"
    assert everyone(opened) == []
    real = leadline("leads", "import", file)
    assert real.out == f"Added {BATCH + 1:,}, duplicates 1, errors 0.\n"


def test_a_dry_run_gives_no_ids(leadline: Command, file: Path) -> None:
    file.write_text("name,phone\nTom,508-555-0108\n")

    assert leadline("leads", "import", file, "--dry-run", "--json").json == [
        {"line": 2, "outcome": "added", "lead_id": None, "reason": None}
    ]


def test_a_file_without_names_is_refused_before_anything_is_stored(
    leadline: Command, opened: Leadline, file: Path
) -> None:
    file.write_text("first,phone\nTom,508-555-0108\n")

    said = leadline("leads", "import", file)
    assert said.code == 1
    assert said.err == (
        "file: The first row names the columns, and one must be name. It has: first, phone.\n"
    )
    assert everyone(opened) == []


def test_a_file_that_is_not_there_is_a_usage_error(leadline: Command, tmp_path: Path) -> None:
    assert leadline("leads", "import", tmp_path / "none.csv").code == 2


def test_ctrl_c_ends_an_import_between_two_batches() -> None:
    rows = [(line, NewLead("Lena")) for line in range(3 * BATCH)]

    def store(batch: Sequence[tuple[int, NewLead]]) -> list[ImportedRow]:
        signal.raise_signal(signal.SIGINT)
        return [ImportedRow(line, "added") for line, _ in batch]

    before = signal.getsignal(signal.SIGINT)
    assert len(store_in_batches(rows, store)) == BATCH
    assert signal.getsignal(signal.SIGINT) is before

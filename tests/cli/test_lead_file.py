from pathlib import Path

import pytest

from leadline.cli import lead_file
from leadline.errors import InvalidInput
from leadline.leads import NewLead


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes what it reads."""
    return tmp_path / "leads.csv"


def leads(file: Path, content: str | bytes) -> list[tuple[int, NewLead]]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return lead_file.read(file).leads


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_usual_delimiter_is_recognised(file: Path, delimiter: str) -> None:
    [(line, lead)] = leads(file, delimiter.join(("Name", "Phone")) + "\r\n" + delimiter.join(("Lena", "1")))

    assert (line, lead) == (2, NewLead("Lena", "1"))


def test_a_delimiter_inside_quotes_does_not_count(file: Path) -> None:
    [(_, lead)] = leads(file, '"name";"notes, remarks, etc"\nLena;nice')

    assert lead.fields == {"notes_remarks_etc": "nice"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(file: Path, encoding: str) -> None:
    assert leads(file, "name\nZoë 🙂\n".encode(encoding)) == [(2, NewLead("Zoë 🙂"))]
    assert lead_file.read(file).notes == []


def test_latin_1_is_read_and_said_aloud(file: Path) -> None:
    assert leads(file, "name\nZoë\n".encode("latin-1")) == [(2, NewLead("Zoë"))]
    assert lead_file.read(file).notes == ["The file is not UTF-8; it was read as Latin-1."]


def test_every_column_finds_its_place_and_the_rest_are_fields(file: Path) -> None:
    header = "PHONE,Time Zone,name,e-mail,email,Stage,company,Roof age (years),"
    row = "+13035550142,America/Denver,Lena,a@b.c,lena@example.com,Won,Bakery,12,left out"

    assert leads(file, f"{header}\n{row}\n") == [
        (
            2,
            NewLead(
                name="Lena",
                phone="+13035550142",
                company="Bakery",
                email="lena@example.com",
                stage="won",
                time_zone="America/Denver",
                fields={"e_mail": "a@b.c", "roof_age_years": "12"},
            ),
        )
    ]


def test_lines_are_numbered_as_an_editor_shows_them(file: Path) -> None:
    content = 'name,notes\n\nLena,"two\nlines"\n,,\nTom,\n'

    assert [line for line, _ in leads(file, content)] == [3, 6]


def test_a_short_row_has_only_what_it_has(file: Path) -> None:
    assert leads(file, "name,phone,company\nLena\n") == [(2, NewLead("Lena"))]


def test_a_long_row_is_an_error_since_its_cells_may_have_slipped(file: Path) -> None:
    file.write_text("name,phone\nPark, Lena,1\n")

    table = lead_file.read(file)
    assert table.leads == []
    [error] = table.errors
    assert (error.line, error.outcome, error.reason) == (2, "error", "3 cells, but 2 columns")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("'+13035550142", "+13035550142"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'@lena", "@lena"),
        ("'t Hooft", "'t Hooft"),
    ],
)
def test_an_apostrophe_that_protects_from_formulas_is_undone(file: Path, cell: str, value: str) -> None:
    assert leads(file, f"name\n{cell}\n") == [(2, NewLead(value))]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "It has: nothing."),
        ("\n\n", "It has: nothing."),
        ("phone\n1\n", "It has: phone."),
        ("name,Town,town\n", "Two columns have the same name: town."),
        ("name\n" + '"' + "x" * 200_000 + '"', "Line 2 is not CSV"),
    ],
)
def test_what_is_not_such_a_file_is_refused(file: Path, content: str, complaint: str) -> None:
    file.write_text(content)

    with pytest.raises(InvalidInput) as raised:
        lead_file.read(file)
    assert complaint in str(raised.value)

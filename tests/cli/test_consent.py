from pathlib import Path

import pytest

from leadline.app import Leadline
from leadline.store import consent
from tests import cast, texts
from tests.cli.conftest import Command

DISCLOSURE = "By ticking this you agree to texts."
AGREED = ("--when", "2026-01-05", "--words", "I agree", "--disclosure", DISCLOSURE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes what it imports."""
    return tmp_path / "consent.csv"


def count(line: Leadline) -> int:
    with line.database.read() as tx:
        return consent.head(tx).length


def test_an_opt_in_is_recorded_with_its_evidence_and_shown(leadline: Command) -> None:
    assert leadline("consent", "record", "303-555-0142", "opt_in", *AGREED).out == "Recorded: opted_in.\n"
    assert (
        leadline("consent", "record", cast.LENA.phone, "opt_in", *AGREED).out == "Known already: opted_in.\n"
    )

    shown = leadline("consent", "show", cast.LENA.phone)
    assert shown.out.startswith(f"{cast.LENA.phone}: opted_in since 2026-01-0")
    assert "I agree" in shown.out
    [event] = leadline("consent", "show", cast.LENA.phone, "--json").json["events"]
    assert (event["actor"], event["disclosure"]) == ("cli", DISCLOSURE)


def test_an_opt_in_without_evidence_is_refused_in_a_sentence(leadline: Command) -> None:
    said = leadline("consent", "record", cast.LENA.phone, "opt_in", "--when", "2026-01-05")
    assert (said.code, said.err) == (1, "words: An opt-in needs what they said or ticked.\n")


def test_a_file_is_imported_row_by_row_and_again_without_effect(
    leadline: Command, opened: Leadline, file: Path
) -> None:
    file.write_text(
        "number,kind,when,words,disclosure,remarks\n"
        "(303) 555-0142,opt_out,2026-01-05,STOP,,\n"
        "12,opt_out,,,,\n"
        "(303) 555-0143,opt_out,yesterday,,,\n"
        "(303) 555-0144,maybe,,,,\n"
        f"(303) 555-0145,Opt-in,2026-01-05,I agree,{DISCLOSURE},\n"
        "(303) 555-0146,opt_out,,,,,,\n"
    )
    said = leadline("consent", "import", file)
    assert said.code == 1
    assert said.out.startswith("Added 2, known 0, errors 4.")
    assert "These columns are not read: remarks." in said.err
    assert count(opened) == 2

    again = leadline("consent", "import", file, "--json").json
    assert [(row["line"], row["outcome"]) for row in again] == [
        (2, "known"),
        (3, "error"),
        (4, "error"),
        (5, "error"),
        (6, "known"),
        (7, "error"),
    ]
    assert count(opened) == 2
    shown = leadline("consent", "show", "3035550142", "--json").json
    assert shown["events"][0]["reference"] == "consent.csv, line 2"


def test_a_file_without_the_needed_columns_is_refused(leadline: Command, file: Path) -> None:
    file.write_text("number,when\n3035550142,2026-01-05\n")
    said = leadline("consent", "import", file)
    assert (said.code, said.out) == (1, "")
    assert "one must be kind" in said.err


def test_the_ledger_is_verified_against_a_head_that_was_kept(leadline: Command) -> None:
    leadline("consent", "record", cast.LENA.phone, "opt_out")
    said = leadline("consent", "verify")
    assert (said.code, said.out.splitlines()[0]) == (0, "The ledger is whole.")
    head = said.out.split("Head: ")[1].strip()
    assert head.startswith("1:")
    assert leadline("consent", "verify", "--head", head).code == 0

    cut = leadline("consent", "verify", "--head", "2:" + "0" * 64, "--json")
    assert (cut.code, cut.json["faults"][0]["what"]) == (1, "cut")
    assert leadline("consent", "verify", "--head", "nonsense").code == 1


def test_the_state_is_rebuilt_from_the_ledger(leadline: Command) -> None:
    leadline("consent", "record", cast.LENA.phone, "opt_out")
    assert leadline("consent", "rebuild").out == "Every number stood as the ledger says.\n"


def test_the_proof_is_a_page_or_json(leadline: Command) -> None:
    leadline("consent", "record", cast.LENA.phone, "opt_out", "--words", "stop <b>now</b>")
    page = leadline("consent", "proof", cast.LENA.phone, "--html").out
    assert page.startswith("<!doctype html>")
    assert "stop &lt;b&gt;now&lt;/b&gt;" in page
    proof = leadline("consent", "proof", cast.LENA.phone).json
    assert (proof["consent"], proof["ledger"]["faults"]) == ("opted_out", [])


@pytest.mark.parametrize(("option", "state"), [("--opt-out", "opted_out"), ("--no-opt-out", "none")])
def test_a_possible_opt_out_is_listed_and_decided(
    leadline: Command, opened: Leadline, option: str, state: str
) -> None:
    texts.receive(opened, texts.inbound(1, "wrong number"))
    assert "wrong number" in leadline("consent", "review").out
    for _ in range(2):
        said = leadline("consent", "decide", cast.LENA.phone, option)
        assert said.out == f"{cast.LENA.phone}: {state}.\n"
    assert leadline("consent", "review").out == "Nothing waits.\n"


def test_a_person_is_erased_once_somebody_is_sure(
    leadline: Command, opened: Leadline, tmp_path: Path
) -> None:
    texts.receive(opened, texts.inbound(1, "STOP"))
    assert leadline("consent", "erase", cast.LENA.phone, stdin="n\n").code == 1
    said = leadline("consent", "erase", cast.LENA.phone, "--yes")
    assert said.out == "Erased: leads 0, texts 1, files 0.\nThe number stays refused.\n"
    refused = leadline("send", cast.LENA.phone, "Hi")
    assert refused.code == 1

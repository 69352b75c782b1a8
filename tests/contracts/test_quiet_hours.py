"""The page about quiet hours shows the rows that are in force."""

from leadline.rules.caps import CAPS, length
from leadline.rules.law_table import ELSEWHERE, LAWS, Law
from tests.contracts.tree import DOCS

PAGE = (DOCS / "quiet-hours.md").read_text()


def test_the_page_has_the_rows_of_the_laws() -> None:
    rows = [_of_law(law) for law in (*LAWS, ELSEWHERE)]
    assert _table("| where |") == rows, "These belong there:\n" + "\n".join(rows)


def test_the_page_has_the_caps() -> None:
    rows = [f"| `{cap.code}` | {cap.counted} | {cap.most} | {length(cap.within)} |" for cap in CAPS]
    assert _table("| code |") == rows, "These belong there:\n" + "\n".join(rows)


def _of_law(law: Law) -> str:
    area = "elsewhere" if law is ELSEWHERE else law.area
    days = [day or "none" for day in (law.weekdays, law.saturday, law.sunday)]
    holidays = "as other days" if law.holidays is None else law.holidays or "none"
    return f"| {' | '.join([area, *days, holidays, law.source, law.basis, law.note])} |".replace(
        "|  |", "| |"
    )


def _table(heading: str) -> list[str]:
    """The rows below a heading, without the line that rules them off."""
    _, _, rest = PAGE.partition(f"\n{heading}")
    lines = rest.partition("\n\n")[0].splitlines()
    return lines[2:]

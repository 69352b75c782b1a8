"""The table of docs/reliability.md."""

from collections.abc import Sequence

from harness.places import ROOT
from torture.kept import Part
from torture.result import Result

PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- written by make torture: begin -->", "<!-- written by make torture: end -->"
_HEADER = (
    "scenario",
    "database",
    "trials",
    "faults injected",
    "violations",
    "at most, at 95 %",
    "seconds",
)


def table(results: Sequence[Result]) -> str:
    """The results, a row each, in Markdown."""
    rows = [_HEADER, ("---",) * len(_HEADER), *map(_row, results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(result: Result) -> tuple[str, ...]:
    return (
        result.scenario,
        result.database,
        f"{result.trials:,} {result.of}",
        ", ".join(f"{count:,} × {name}" for name, count in result.faults.items()) or "–",
        str(len(result.violations)),
        result.bound(),
        f"{result.seconds:,.0f}",
    )


def write(parts: Sequence[Part], results: Sequence[Result]) -> None:
    """Put the table where the last one stood, with the commands that made it and their days."""
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{made(parts)}\n\n{table(results)}\n\n{END}{after}")


def made(parts: Sequence[Part]) -> str:
    """The commands and their days, above the table."""
    return "; ".join(f"`{part.command}`, {part.day}" for part in parts) + ":"

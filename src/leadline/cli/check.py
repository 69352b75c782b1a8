"""``leadline check``: whether this installation is ready to send and to receive."""

from typing import TYPE_CHECKING

import typer

from leadline.cli.output import AsJson, print_json, say
from leadline.errors import SettingsError

if TYPE_CHECKING:
    from leadline.findings import Finding


def check(*, json: AsJson = False) -> None:
    """Look for what keeps texts from being sent or received."""
    found = _findings()
    if json:
        print_json([_document(finding) for finding in found])
    else:
        _show(found)
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


def _findings() -> "list[Finding]":
    from leadline.findings import as_chosen, finding_of, findings, findings_here
    from leadline.settings import Settings

    try:
        settings = as_chosen(Settings.load())
    except SettingsError as error:
        return [finding_of(error)]
    return sorted(findings(settings) + findings_here(settings), key=lambda finding: finding.code)


def _document(finding: "Finding") -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "what_to_do": finding.what_to_do,
    }


def _show(found: "list[Finding]") -> None:
    for finding in found:
        say(f"{finding.code}  {finding.sentence}", f"      {finding.what_to_do}")
    errors = sum(finding.severity == "error" for finding in found)
    if not found:
        say("Nothing to mend: ready to send and to receive.")
    else:
        say("", f"{errors} to mend, {len(found) - errors} to look at. docs/check.md explains each.")

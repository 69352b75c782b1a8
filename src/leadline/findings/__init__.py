"""What is wrong or doubtful about an installation, as numbered findings with what to do.

Each check is a row of a table: a code whose meaning never changes, a function that says what is at fault,
and the words. Codes with E keep texts from being sent or received, those with W are worth a look.
``docs/check.md`` lists them all.
"""

from leadline.findings.check import Check, Finding
from leadline.findings.of_installation import as_chosen, findings_here
from leadline.findings.of_settings import finding_of, findings

__all__ = ["Check", "Finding", "as_chosen", "finding_of", "findings", "findings_here"]

"""The habits of this code that neither ruff nor mypy can hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import leadline
from tests.contracts.tree import ROOT, SOURCE, committed

FILE_LINES, FUNCTION_LINES = 450, 55
# A migration is one long list of tables; nobody reads it as a story.
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)

# The names that applications written against the original functions import.
ORIGINAL_NAMES = {
    "generate_twiml_response",
    "is_opt_in_message",
    "is_opt_out_message",
    "is_twilio_configured",
    "parse_delivery_status",
    "parse_inbound_sms",
    "parse_incoming_sms",
    "send_sms",
    "send_templated_sms",
    "validate_webhook_signature",
    "verify_webhook_signature",
}

# A letter in brackets keeps each pattern from finding itself in this file.
MACHINES = {
    "the address of a package registry": r"py[p]i\.(org|python)|python[h]osted\.org|npm[j]s\.|deb\.[d]ebian",
    "a path of somebody's machine": r"(?<![\w.])/([w]ork|[r]oot|[h]ome/\w+)/",
}


def test_all_public_names_are_listed_in_order_and_exist() -> None:
    assert leadline.__all__ == sorted(leadline.__all__)
    assert [name for name in leadline.__all__ if not hasattr(leadline, name)] == []


def test_everything_public_in_the_package_is_listed() -> None:
    tree = ast.parse((SOURCE / "leadline" / "__init__.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name for node in imports for alias in node.names}
    assert {name for name in names if not name.startswith("_")} <= set(leadline.__all__)


def test_the_original_functions_keep_their_names() -> None:
    assert set(leadline.__all__) >= ORIGINAL_NAMES


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_can_be_read_in_one_sitting(module: Path) -> None:
    assert len(module.read_text().splitlines()) <= FILE_LINES


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_function_can_be_seen_at_once(module: Path) -> None:
    assert [name for name, lines in _functions(module) if lines > FUNCTION_LINES] == []


@pytest.mark.parametrize("what", MACHINES)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(MACHINES[what])
    assert [str(path.relative_to(ROOT)) for path in committed() if pattern.search(_text(path))] == []


def _functions(module: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def _text(path: Path) -> str:
    """What the file says, or nothing if it is a picture or the like."""
    return path.read_bytes().decode("utf-8", errors="ignore")

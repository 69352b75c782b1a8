"""What the documents say of the code is so, and nothing is left out."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

import leadline
from leadline.errors import LeadlineError
from leadline.settings import Settings
from tests.contracts import replies_page, settings_page
from tests.contracts.tree import DOCS, ROOT, SOURCE, committed, modules

PAGES = [path for path in committed() if path.suffix == ".md"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Code and comments hold what looks like links and headings, and is neither.
ASIDE = re.compile(r"^ *```.*?^ *```|<!--.*?-->", re.MULTILINE | re.DOTALL)


def test_the_settings_page_is_what_make_fix_would_write() -> None:
    page = settings_page.PAGE.read_text()
    assert page == settings_page.rendered(page), "Run `make fix`."


def test_the_consent_page_shows_the_figures_that_the_rules_give() -> None:
    page = replies_page.PAGE.read_text()
    assert page == replies_page.rendered(page), "Run `make fix`."


def test_every_setting_belongs_to_a_group_of_the_settings_page() -> None:
    page = settings_page.PAGE.read_text()
    names = map(settings_page.variable, Settings.model_fields.values())
    assert [name for name in names if f"| `{name}` |" not in page] == []


def test_the_errors_page_lists_every_error_with_its_code() -> None:
    listed = re.findall(r"^\| `(\w+)` +\| `(\w+)`", (DOCS / "errors.md").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted((error.code, error.__name__) for error in _errors())


def test_the_errors_page_lists_every_more_exact_code() -> None:
    _, _, section = (DOCS / "errors.md").read_text().partition("## More exact codes")
    listed = re.findall(r"^\| `(\w+)` +\|", section, re.MULTILINE)
    assert listed == sorted(_exact_codes())


def test_error_codes_are_unique() -> None:
    codes = [error.code for error in _errors()]
    assert sorted(codes) == sorted(set(codes))


def test_every_runtime_dependency_has_its_purpose_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [re.split(r"[\[<>=;]", name)[0] for name in project["dependencies"]]
    (page,) = (DOCS / "decisions").glob("*-dependencies.md")
    listed = re.findall(r"^\| (?!package|---)([a-z0-9-]+) +\|", page.read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(wanted)


def test_the_newest_entry_of_the_changelog_is_this_version() -> None:
    versions = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == leadline.__version__


def test_every_decision_has_the_same_four_parts() -> None:
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    parts = {path.name: re.findall(r"^## (.+)$", path.read_text(), re.MULTILINE) for path in decisions}
    expected = ["Context", "Decision", "Consequences", "Alternatives"]
    assert {name: found for name, found in parts.items() if found != expected} == {}
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        (page.name, target)
        for page in PAGES
        for target in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE)
    }
    assert {(page, target) for page, target in named if target not in targets} == set()


def test_every_command_that_a_document_names_exists() -> None:
    named = {
        name for page in PAGES for name in re.findall(r"`(?:\S*bin/)?leadline ([a-z]+)", page.read_text())
    }
    run = [sys.executable, "-c", "from leadline.cli import main; main()"]
    unknown = [
        name for name in sorted(named) if subprocess.run([*run, name, "--help"], check=False).returncode
    ]
    assert unknown == []


def test_every_file_that_a_document_or_a_comment_names_exists() -> None:
    named = {
        (str(page.relative_to(ROOT)), path)
        for page in committed()
        if page.suffix in {".md", ".py"} and "contracts" not in page.parts
        for path in re.findall(
            r"(?<![\w./-])(?:src|tests|docs|benchmarks|harness|simulation|torture)/[\w./-]+\w",
            ASIDE.sub("", page.read_text()),
        )
    }
    assert {
        (page, path) for page, path in named if "NNNN" not in path and not (ROOT / path).exists()
    } == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    links = LINK.findall(ASIDE.sub("", page.read_text()))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = unquote(link).partition("#")
    target = (page.parent / name).resolve() if name else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", ASIDE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _exact_codes() -> set[str]:
    """What is passed as ``code="…"`` to an error, and the codes of the gate's reasons."""
    errors = {error.__name__ for error in _errors()}
    codes: list[ast.expr] = []
    for name, call in _calls():
        if name in errors:
            codes += [word.value for word in call.keywords if word.arg == "code"]
        elif name == "Reason":
            codes += call.args[:1]
    return {str(code.value) for code in codes if isinstance(code, ast.Constant)}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id, node


def _errors() -> list[type[LeadlineError]]:
    modules()  # An error class is known once its module has been imported.
    found = [LeadlineError]
    for error in found:
        found += [child for child in error.__subclasses__() if child not in found]
    return [error for error in found if error.__module__.startswith("leadline.")]

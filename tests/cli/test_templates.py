from pathlib import Path

from tests.cli.conftest import Command


def test_the_built_in_templates_are_listed(leadline: Command) -> None:
    assert "initial_outreach" in leadline("templates").out
    assert leadline("templates", "list").out == leadline("templates").out
    assert "thank_you" in [template["name"] for template in leadline("templates", "--json").json]


def test_a_template_is_shown_with_what_it_needs(leadline: Command) -> None:
    said = leadline("templates", "show", "demo_confirmation")

    assert said.out.startswith("demo_confirmation (transactional)")
    assert said.out.endswith("needs: first_name, business_name, demo_time\n")
    shown = leadline("templates", "show", "demo_confirmation", "--json").json
    assert shown["variables"] == ["first_name", "business_name", "demo_time"]


def test_a_template_is_stored_from_a_file_and_rendered(leadline: Command, tmp_path: Path) -> None:
    file = tmp_path / "quote.txt"
    file.write_text("Hi {{ first_name }}, your quote is ready: {{ total }}. {{ business_name }}\n")

    said = leadline("templates", "set", "quote", file, "--category", "transactional")
    assert said.out == "quote is stored. It needs: first_name, total, business_name.\n"
    rendered = leadline("templates", "render", "quote", "--var", "first_name=Lena", "--var", "total=1=1")
    assert rendered.out == "Hi Lena, your quote is ready: 1=1. Harbor Roofing\n"


def test_a_template_may_come_from_stdin(leadline: Command) -> None:
    assert leadline("templates", "set", "hello", "-", stdin="Hello!\n").code == 0
    assert leadline("templates", "render", "hello").out == "Hello!\n"


def test_a_template_with_a_fault_is_not_stored(leadline: Command) -> None:
    said = leadline("templates", "set", "broken", "-", stdin="Hi {{ first_name ")

    assert said.code == 1
    assert leadline("templates", "show", "broken").code == 1


def test_missing_values_are_named(leadline: Command) -> None:
    said = leadline("templates", "render", "follow_up")

    assert said.code == 1
    assert said.err == "variables: The template 'follow_up' needs a value for: first_name.\n"


def test_a_value_without_a_name_is_a_usage_error(leadline: Command) -> None:
    assert leadline("templates", "render", "follow_up", "--var", "Lena").code == 2


def test_a_template_is_deleted_and_a_built_in_one_put_back(leadline: Command) -> None:
    leadline("templates", "set", "hello", "-", stdin="Hello!\n")
    assert leadline("templates", "delete", "hello").out == "hello is deleted.\n"
    leadline("templates", "set", "thank_you", "-", stdin="Thanks!\n")
    assert leadline("templates", "delete", "thank_you").code == 1
    assert leadline("templates", "restore", "thank_you").code == 0
    assert "Thank you for your time" in leadline("templates", "show", "thank_you").out

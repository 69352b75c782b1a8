"""Templates, and the five that come with Leadline."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import InvalidInput, MissingVariables, TemplateError, TextError
from leadline.rules.segments import count_segments
from leadline.rules.template import BUILT_IN, CATEGORIES, Template, render, required_variables

LENA = {
    "first_name": "Lena",
    "business_name": "Northside Windows",
    "agent_name": "Bob",
    "demo_time": "Thursday at 3 pm",
    "callback_time": "tomorrow at 10 am",
}


def rendered(body: str, **variables: Any) -> str:
    return render(Template("test", body), variables)


@pytest.mark.parametrize(
    ("body", "variables", "text"),
    [
        ("Hi {{ first_name }}", {"first_name": "Lena"}, "Hi Lena"),
        ("Hi {{first_name|upcase}}", {"first_name": "Lena"}, "Hi LENA"),
        ("{{ n }} rooms, {{ price }}", {"n": 3, "price": Decimal("9.50")}, "3 rooms, 9.50"),
        ("Hi {{ first_name | default: 'there' }}", {}, "Hi there"),
        ("Hi {{ first_name | default: 'there' }}", {"first_name": " "}, "Hi there"),
        ("Hi{% if first_name %} {{ first_name }}{% endif %}!", {}, "Hi!"),
        ("Hi{% if first_name %} {{ first_name }}{% endif %}!", {"first_name": "Lena"}, "Hi Lena!"),
        ("{% unless vip %}no{% endunless %}", {}, "no"),
        ("{{ at | date: '%H:%M' }}", {"at": datetime(2026, 3, 9, 13, 4, tzinfo=UTC)}, "13:04"),
        ("{% for n in (1..3) %}{{ n }}{% endfor %}", {}, "123"),
        ("{% assign a = 'x' %}{{ a }}{% comment %}no{% endcomment %}", {}, "x"),
        ("{% raw %}{{ kept }}{% endraw %}", {}, "{{ kept }}"),
        ("100% {plain}", {}, "100% {plain}"),
        ("a\r\nb", {}, "a\nb"),
    ],
)
def test_a_template_becomes_a_text(body: str, variables: dict[str, Any], text: str) -> None:
    assert rendered(body, **variables) == text


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("plain", ()),
        ("{{ b }} {{ a }} {{ b }}", ("b", "a")),
        ("{{ a | upcase }}{{ when | date: format }}", ("a", "when", "format")),
        ("{{ price | times: 2 }}", ("price",)),
        ("{{ a | default: 'x' }}", ()),
        ("{{ a | default: b }}", ("b",)),
        ("{{ a | default: 'x' }} {{ a }}", ("a",)),
        ("{{ a | upcase | default: 'x' }}", ("a",)),
        ("{% if a %}{{ a }} {{ b }}{% endif %}", ("b",)),
        ("{% if a == 'x' and c %}1{% elsif d %}2{% endif %}", ()),
        ("{% for x in things %}{{ x }}{{ forloop.index }}{% endfor %}", ("things",)),
        ("{% assign a = b %}{{ a }}", ("b",)),
        ("{{ lead.first_name }}", ("lead",)),
        ("{{ now }}", ("now",)),
    ],
)
def test_the_values_a_body_cannot_do_without_are_known_beforehand(body: str, names: tuple[str, ...]) -> None:
    assert required_variables(body) == names


def test_every_missing_value_is_named_at_once() -> None:
    with pytest.raises(MissingVariables) as missing:
        rendered("{{ c }} {{ a | upcase }} {{ b | date: '%H' }} {{ d }}", d="here", a="", b=None)
    assert missing.value.names == ("a", "b", "c")


def test_a_value_needed_only_in_the_end_is_named_too() -> None:
    with pytest.raises(MissingVariables) as missing:
        rendered("{% if gift %}yes{% endif %} {{ gift }}")
    assert missing.value.names == ("gift",)


@pytest.mark.parametrize(
    "body",
    [
        "{{ name",
        "{{ name }",
        "{% if a %}",
        "{% endif %}",
        "{% unknown %}",
        "{{ a | unknown }}",
        "{{ a | replace: 'a', 'b' }}",
        "{{ 'a' | base64_encode }}",
        "{% include 'x' %}",
        "{% render 'x' %}",
        "{% liquid\nassign a = 1\n%}",
        "{{ a | default }} {{ | }}",
        "{% if a %}" * 40 + "x" + "{% endif %}" * 40,
        "x" * 8_001,
    ],
    ids=lambda body: body[:20],
)
def test_a_template_with_a_fault_is_refused_before_it_is_used(body: str) -> None:
    with pytest.raises(TemplateError) as fault:
        required_variables(body)
    assert fault.value.field == "body"


def test_a_fault_says_where_it_is() -> None:
    with pytest.raises(TemplateError, match=r"line 2, column 7"):
        required_variables("Hi\nyou{% nonsense %}")


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in (1..100000000) %}x{% endfor %}",
        "{% for i in (1..100) %}{% for j in (1..100) %}x{% endfor %}{% endfor %}",
        "{% assign x = 9 %}{% for i in (1..150) %}{% assign x = x | times: x %}{% endfor %}{{ x }}",
        "{% assign x = 'ab' %}{% for i in (1..150) %}{% assign x = x | append: x %}{% endfor %}{{ x }}",
        "{{ 1 | divided_by: 0 }}",
        "{{ 'x' | times: 'y' | divided_by: 0 }}",
        "{{ 'a' | date: '%Q' | round: 'x' | divided_by: 0 }}",
    ],
    ids=lambda body: body[:40],
)
def test_a_template_cannot_run_away(body: str) -> None:
    with pytest.raises((TemplateError, TextError)):
        rendered(body)


@pytest.mark.parametrize(
    "body",
    [
        "{{ lead.__class__ }}",
        "{{ lead.__init__.__globals__ }}",
        "{{ first_name.__class__ }}",
        "{{ first_name['__class__'] }}",
        "{{ self }}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(body: str) -> None:
    with pytest.raises(TemplateError):
        rendered(body, first_name="Lena")


def test_nothing_in_a_value_is_read_as_liquid() -> None:
    assert rendered("Hi {{ name }}", name="{{ secret }}{% if %}") == "Hi {{ secret }}{% if %}"


@pytest.mark.parametrize("value", [["a"], {"a": "b"}, object(), b"bytes", "x" * 2_001])
def test_a_value_is_text_a_number_or_a_date(value: object) -> None:
    with pytest.raises(TemplateError) as refusal:
        rendered("{{ name }}", name=value)
    assert refusal.value.field == "variables"


@pytest.mark.parametrize("body", ["", "  ", "{% if a %}x{% endif %}"])
def test_a_template_that_comes_out_empty_is_refused(body: str) -> None:
    with pytest.raises(TextError):
        rendered(body)


def test_a_text_that_comes_out_too_long_is_refused() -> None:
    with pytest.raises(TextError):
        rendered("{{ a }}", a="x" * 1601)


def test_a_category_that_no_rule_knows_is_refused() -> None:
    with pytest.raises(TemplateError) as refusal:
        Template("test", "x", "spam")
    assert refusal.value.field == "category"


def test_the_five_templates_are_there() -> None:
    assert list(BUILT_IN) == [
        "initial_outreach",
        "follow_up",
        "demo_confirmation",
        "thank_you",
        "callback_reminder",
    ]


@pytest.mark.parametrize("template", BUILT_IN.values(), ids=lambda template: template.name)
def test_a_built_in_template_is_short_plain_and_says_who_writes(template: Template) -> None:
    for values in (LENA, {name: value for name, value in LENA.items() if name != "agent_name"}):
        text = render(template, values)
        counted = count_segments(text)
        assert counted.encoding == "GSM-7"
        assert counted.segments == 1
        assert "Northside Windows" in text
        assert "  " not in text
    assert template.category in CATEGORIES
    assert template.description.endswith(".")


@pytest.mark.parametrize("name", ["initial_outreach", "follow_up"])
def test_a_first_text_says_how_to_stop(name: str) -> None:
    assert render(BUILT_IN[name], LENA).endswith("Reply STOP to opt out.")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("initial_outreach", ("business_name", "first_name")),
        ("follow_up", ("business_name", "first_name")),
        ("demo_confirmation", ("business_name", "demo_time", "first_name")),
        ("thank_you", ("business_name", "first_name")),
        ("callback_reminder", ("business_name", "callback_time", "first_name")),
    ],
)
def test_a_built_in_template_asks_for_all_it_needs(name: str, names: tuple[str, ...]) -> None:
    with pytest.raises(MissingVariables) as missing:
        render(BUILT_IN[name], {})
    assert missing.value.names == names


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{%",
        "%}",
        " if ",
        " for x in ",
        "(1..9)",
        "endif",
        "endfor",
        " a ",
        "|",
        "times:",
        " 9",
        "'",
        "x",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_any_body_renders_or_is_refused(body: str) -> None:
    try:
        text = rendered(body, a="1", b=2)
    except InvalidInput as refusal:
        text = str(refusal)
    assert text

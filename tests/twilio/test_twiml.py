"""The XML we answer Twilio with."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import InvalidInput
from leadline.twilio.twiml import generate_twiml_response

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize("nothing", [None, "", "  \n", "\0"])
def test_nothing_to_say_is_an_empty_response(nothing: str | None) -> None:
    assert generate_twiml_response(nothing) == f"{DECLARATION}<Response/>"


@pytest.mark.parametrize(
    ("message", "xml"),
    [
        ("On my way", "On my way"),
        ("Tom & Jerry <3 \"you\" 'too'", "Tom &amp; Jerry &lt;3 \"you\" 'too'"),
        (
            "<Redirect>https://evil.example</Redirect>",
            "&lt;Redirect&gt;https://evil.example&lt;/Redirect&gt;",
        ),
        ("]]>", "]]&gt;"),
        ("two\nlines", "two\nlines"),
        ("bell\x07 escape\x1b nul\0 half \ud83d", "bell escape nul half "),
        ("schön 😀", "schön 😀"),
    ],
)
def test_a_message_is_written_as_text(message: str, xml: str) -> None:
    assert generate_twiml_response(message) == f"{DECLARATION}<Response><Message>{xml}</Message></Response>"


def test_files_are_named_beside_the_text() -> None:
    answer = generate_twiml_response("Plans & prices", media_urls=["https://example.com/a.pdf?x=1&y=2"])
    assert answer == (
        f"{DECLARATION}<Response><Message><Body>Plans &amp; prices</Body>"
        "<Media>https://example.com/a.pdf?x=1&amp;y=2</Media></Message></Response>"
    )


def test_a_file_alone_is_enough() -> None:
    answer = generate_twiml_response(media_urls=["https://example.com/a.jpg"])
    assert "<Message><Media>https://example.com/a.jpg</Media></Message>" in answer


def test_the_longest_text_and_the_most_files_are_sent() -> None:
    answer = generate_twiml_response("x" * 1600, media_urls=["https://example.com/a"] * 10)
    assert answer.count("<Media>") == 10


@pytest.mark.parametrize(
    ("message", "urls", "field"),
    [
        ("x" * 1601, [], "message"),
        ("😀" * 801, [], "message"),
        ("hi", ["https://example.com/a"] * 11, "media_urls"),
        ("hi", ["ftp://example.com/a"], "media_urls"),
        ("hi", ["javascript:alert(1)"], "media_urls"),
        ("hi", ["https://example.com/a b"], "media_urls"),
        ("hi", ["https://example.com/\0"], "media_urls"),
    ],
)
def test_more_than_twilio_takes_is_refused(message: str, urls: list[str], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        generate_twiml_response(message, media_urls=urls)
    assert refusal.value.field == field


@given(st.text(max_size=800))
def test_any_text_gives_xml_that_reads_back_as_the_text(message: str) -> None:
    response = ET.fromstring(generate_twiml_response(message))
    assert response.tag == "Response"
    texts = [element.text or "" for element in response.iter("Message")]
    readable = "".join(c for c in message if xml_can_hold(c)).replace("\r\n", "\n")
    assert texts == ([readable] if readable.strip() else [])


def xml_can_hold(character: str) -> bool:
    code = ord(character)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF

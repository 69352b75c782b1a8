"""Which parts of a text are links."""

import pytest

from leadline.rules.links import pieces


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("no link at all, not even example.com", []),
        ("https://example.com", ["https://example.com"]),
        ("see HTTP://Example.com/A?b=c&d=%20#e.", ["HTTP://Example.com/A?b=c&d=%20#e"]),
        ("(https://example.com/a_(b))", ["https://example.com/a_(b)"]),
        ("[https://example.com], https://example.org!!", ["https://example.com", "https://example.org"]),
        ("“https://example.com”", ["https://example.com"]),
        ('<a href="https://example.com">', ["https://example.com"]),
        ("javascript:alert(1) data:text/html,x ftp://example.com file:///etc", []),
        ("https:// http://... nothing there", []),
        ("https://example.com/\u202egnp.exe", ["https://example.com/"]),
        ("https://münchen.example/straße", ["https://münchen.example/straße"]),
        ("line\nhttps://example.com\nline", ["https://example.com"]),
    ],
)
def test_links_are_addresses_of_the_web_without_the_sentence_around(text: str, links: list[str]) -> None:
    found = pieces(text)
    assert [piece.text for piece in found if piece.is_link] == links
    assert "".join(piece.text for piece in found) == text


def test_a_text_full_of_almost_links_is_cut_in_no_time() -> None:
    assert len(pieces("https://" + "." * 200_000)) == 1
    assert len(pieces("https://a" + ")" * 10_000)) == 2

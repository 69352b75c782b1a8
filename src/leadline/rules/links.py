"""Links in what people write: only addresses of the web, and always as they were written."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# No blanks, quotes or brackets of markup, and nothing that is unseen or turns the direction of what follows:
# an address must read as it leads.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"'`{}|\\^\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f"
    r"\u2028-\u202f\u2060-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffd]+",
    re.IGNORECASE,
)
# What ends a sentence rather than an address.
_ENDS = ".,:;!?…*_~)]”’»"
_PAIRS = {")": "(", "]": "["}


class Piece(NamedTuple):
    """A part of a text; ``is_link`` for one that is an address by itself."""

    text: str
    is_link: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text in order, cut where addresses begin and end; together the pieces are the text.

    >>> pieces("See https://example.com/a. Bye")
    (Piece(text='See ', is_link=False), Piece(text='https://example.com/a', is_link=True), \
Piece(text='. Bye', is_link=False))
    """
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Piece]:
    done = 0
    for found in _ADDRESS.finditer(text):
        address = _without_end(found[0])
        if address.partition("://")[2] == "":
            continue
        if done < found.start():
            yield Piece(text[done : found.start()])
        yield Piece(address, is_link=True)
        done = found.start() + len(address)
    if done < len(text):
        yield Piece(text[done:])


def _without_end(address: str) -> str:
    """A bracket belongs to the address if it was opened there."""
    while address[-1] in _ENDS:
        opened = _PAIRS.get(address[-1])
        if opened and address.count(opened) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address

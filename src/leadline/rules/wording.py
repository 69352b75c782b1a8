"""A text as clauses of plain words, with disguises undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leadline.rules.phrasebook import END_OF_CLAUSE, START_OF_CLAUSE
from leadline.rules.spelling import NOISE, PADDING, Spelling, folded

# Signs that say something by themselves.
SIGNS = frozenset("🖕🛑🚫🤬📵🔕🤮👎😂🤣😍🥰")
# What a sentence says goes on behind these; any other mark ends a clause.
_JOINTS = frozenset("-_*~&/+^|<>[]{}=\\%@$'’‘`´\"“”„«»‐‑‚")

_SPELLED = re.compile(r"(?<![\w'’])(?:[^\W\d_][ .\-_*+~|,/]{1,2}){2,}[^\W\d_](?![\w'’])")
_HASHTAG = re.compile(r"#(?=\w)")
_ELISION = re.compile(r"\b([dlnmsjtc]|qu)['’](?=[^\W\d_])")
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_PIECE = re.compile(r"\$?[^\W_]+(?:[*$@!]+[^\W\d_]+)*| -+ ?|\S|\n")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef\0-\x08\x0e-\x1f\x7f\u20e3\ud800-\udfff]"
)
_PADDING_STARTS = frozenset(row[0] for row in PADDING)
_PADDING_ENDS = frozenset(row[-1] for row in PADDING)
_PADDING_AT_MOST = max(map(len, PADDING))


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text between two marks: its words as they are read, and as they were written."""

    words: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def is_sign(self) -> bool:
        """Whether it is only an emoji."""
        return self.words[1] in SIGNS

    def without_padding(self) -> "Clause":
        """The clause without the courtesies around it, so that what is left may be a whole message."""
        if self.words[1] not in _PADDING_STARTS and self.words[-2] not in _PADDING_ENDS:
            return self
        first, last = 1, len(self.words) - 1
        while width := _padding(self.words[first : min(first + _PADDING_AT_MOST, last)]):
            first += width
        while width := _padding(self.words[max(first, last - _PADDING_AT_MOST) : last], at_end=True):
            last -= width
        return (
            self
            if last - first == len(self.words) - 2
            else _clause(self.words[first:last], self.written[first:last])
        )


def plain(text: str) -> str:
    """Small letters without accents, disguises and invisible characters."""
    if not text.isascii():
        text = folded(_INVISIBLE.sub("", text))
    text = _SPELLED.sub(_joined, _HASHTAG.sub("", text.lower()))
    if "'" in text or "’" in text:
        text = _ELISION.sub(r"\1 ", text).translate(_APOSTROPHES)
    return text


def clauses(text: str, spelling: Spelling) -> Iterator[Clause]:
    """The clauses of a plain text. Courtesies, curses and repeated words in them are left out."""
    words: list[str] = []
    written: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[-1].isalnum():
            for word in spelling.read(piece):
                if word not in NOISE and not (words and words[-1] == word):
                    words.append(word)
                    written.append(piece)
        elif piece == "#":
            words.append("number")
            written.append(piece)
        elif piece not in _JOINTS and not (piece == "," and len(words) == 1):
            yield from _closed(words, written)
            words, written = [], []
            if piece in SIGNS:
                yield _clause((piece,), (piece,))
    yield from _closed(words, written)


def _closed(words: list[str], written: list[str]) -> Iterator[Clause]:
    if words:
        yield _clause(words, written)


def _clause(words: list[str] | tuple[str, ...], written: list[str] | tuple[str, ...]) -> Clause:
    return Clause((START_OF_CLAUSE, *words, END_OF_CLAUSE), ("", *written, ""))


def _joined(spelled: re.Match[str]) -> str:
    return "".join(filter(str.isalnum, spelled[0]))


def _padding(words: tuple[str, ...], *, at_end: bool = False) -> int:
    """How many of these words, from the start or the end, are a mere courtesy."""
    if not words or words[-1 if at_end else 0] not in (_PADDING_ENDS if at_end else _PADDING_STARTS):
        return 0
    for width in range(len(words), 0, -1):
        if (words[-width:] if at_end else words[:width]) in PADDING:
            return width
    return 0

"""A text as clauses of plain words, with disguises undone."""

import re
from collections.abc import Sequence
from typing import NamedTuple

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
# What strangers write must not fill the memory.
_REMEMBERED = 20_000


class Clause(NamedTuple):
    """A part of a text between two marks: its words as they are read, and as they were written, each between
    START_OF_CLAUSE and END_OF_CLAUSE.
    """

    words: Sequence[str]
    written: Sequence[str]

    @property
    def is_sign(self) -> bool:
        """Whether it is only an emoji."""
        return self.words[1] in SIGNS

    def without_padding(self) -> "Clause":
        """The clause without the courtesies around it, so that what is left may be a whole message."""
        first, last = without_padding(self.words, 1, len(self.words) - 1)
        if last - first == len(self.words) - 2:
            return self
        return Clause(
            (START_OF_CLAUSE, *self.words[first:last], END_OF_CLAUSE), ("", *self.written[first:last], "")
        )


class Worded(NamedTuple):
    """A text as its words, in the same way: all clauses in one list, and where in it each ends."""

    words: Sequence[str]
    written: Sequence[str]
    ends: Sequence[int]


def plain(text: str) -> str:
    """Small letters without accents, disguises and invisible characters."""
    if not text.isascii():
        text = folded(_INVISIBLE.sub("", text))
    text = _SPELLED.sub(_joined, _HASHTAG.sub("", text.lower()))
    if "'" in text or "’" in text:
        text = _ELISION.sub(r"\1 ", text).translate(_APOSTROPHES)
    return text


class Reader:
    """Makes words of plain texts. What a piece of writing means is remembered."""

    def __init__(self, spelling: Spelling) -> None:
        self._meant = _Meant(spelling)

    def read(self, text: str) -> Worded:
        """The words of a text. Courtesies, curses and repeated words are left out."""
        words, written, ends = [START_OF_CLAUSE], [""], list[int]()
        here, meant_by = 1, self._meant  # Where the clause's first word stands.
        for piece in _PIECE.findall(text):
            meant = meant_by[piece]
            if meant is not None:
                for word in meant:
                    if word != words[-1]:
                        words.append(word)
                        written.append(piece)
                continue
            if len(words) > here and not (piece == "," and len(words) == here + 1):
                here = _closed(words, written, ends)
            if piece in SIGNS:
                words.append(piece)
                written.append(piece)
                here = _closed(words, written, ends)
        if len(words) > here:
            _closed(words, written, ends)
        # A clause is begun that nothing came for.
        return Worded(words[: ends[-1]], written[: ends[-1]], ends) if ends else Worded((), (), ())


def _closed(words: list[str], written: list[str], ends: list[int]) -> int:
    """End the clause and begin the next; where its first word will stand."""
    words += (END_OF_CLAUSE, START_OF_CLAUSE)
    written += ("", "")
    ends.append(len(words) - 1)
    return len(words)


class _Meant(dict[str, tuple[str, ...] | None]):
    """The words that a piece of writing stands for; None is a mark that ends a clause."""

    def __init__(self, spelling: Spelling) -> None:
        super().__init__()
        self._spelling = spelling

    def __missing__(self, piece: str) -> tuple[str, ...] | None:
        meant: tuple[str, ...] | None = None
        if piece[-1].isalnum():
            meant = tuple(word for word in self._spelling.read(piece) if word not in NOISE)
        elif piece == "#":
            meant = ("number",)
        elif piece in _JOINTS:
            meant = ()
        if len(self) < _REMEMBERED:
            self[piece] = meant
        return meant


def _joined(spelled: re.Match[str]) -> str:
    return "".join(filter(str.isalnum, spelled[0]))


def without_padding(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """From where to where the words of a clause go without the courtesies around them."""
    if words[first] not in _PADDING_STARTS and words[last - 1] not in _PADDING_ENDS:
        return first, last
    while width := _padding(words[first : min(first + _PADDING_AT_MOST, last)]):
        first += width
    while width := _padding(words[max(first, last - _PADDING_AT_MOST) : last], at_end=True):
        last -= width
    return first, last


def _padding(words: Sequence[str], *, at_end: bool = False) -> int:
    """How many of these words, from the start or the end, are a mere courtesy."""
    if not words or words[-1 if at_end else 0] not in (_PADDING_ENDS if at_end else _PADDING_STARTS):
        return 0
    for width in range(len(words), 0, -1):
        if tuple(words[-width:] if at_end else words[:width]) in PADDING:
            return width
    return 0

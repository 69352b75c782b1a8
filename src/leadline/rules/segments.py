"""How many segments a text takes, which is what is paid for and what senders are limited by.

A text whose every character is in the GSM-7 alphabet has 160 units in one segment, or 153 in each of
several; one other character makes it UCS-2, with 70 and 67.
https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from leadline.rules.text import utf16_units

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("\f^{}\\[~]|€")  # An escape goes before each: two units.
GSM = GSM_BASIC | GSM_EXTENSION

Encoding = Literal["GSM-7", "UCS-2"]
ALONE: Mapping[Encoding, int] = {"GSM-7": 160, "UCS-2": 70}
EACH_OF_SEVERAL: Mapping[Encoding, int] = {"GSM-7": 153, "UCS-2": 67}

# What to write instead of characters that force a text into UCS-2 though a GSM-7 one says the same.
_INSTEAD = (
    ("'", "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc`"),
    ('"', "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7"),
    ("<", "\u2039"),
    (">", "\u203a"),
    ("/", "\u2044"),
    ("...", "\u2026"),
    ("1/4", "\u00bc"),
    ("1/2", "\u00bd"),
    ("3/4", "\u00be"),
    (" ", "\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
    ("\n", "\u2028\u2029"),
    ("", "\u00ad\u200b\u2060\ufeff"),
)
LOOK_ALIKES = str.maketrans({character: plain for plain, characters in _INSTEAD for character in characters})

# What belongs to the character before it besides combining marks: the zero-width non-joiner, Thai and Lao
# vowels, half-width Japanese marks, skin tones, flag tags, and the later parts of a Korean syllable.
_ATTACHED = frozenset(
    "\u200c\u0e33\u0eb3\uff9e\uff9f"
    + "".join(map(chr, [*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)]))
    + "".join(map(chr, [*range(0x1160, 0x1200), *range(0xD7B0, 0xD800)]))
)
_FIRST_ATTACHED = "\u0300"
_JOINER = "\u200d"
_REGIONAL = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class Segments:
    """How a text is cut up.

    ``units`` are septets in GSM-7 and UTF-16 units in UCS-2. ``forcing`` holds each character that is not in
    GSM-7 once, in order of appearance; it is empty exactly when the encoding is GSM-7.
    """

    encoding: Encoding
    units: int
    segments: int
    forcing: tuple[str, ...] = ()


def count_segments(text: str) -> Segments:
    """How a text is sent, as Twilio's own calculator counts it. An empty one, of a picture alone, is one.

    Once a text is sent, Twilio's ``num_segments`` has the last word: smart encoding and link shortening on
    its side can change the text.
    """
    characters = set(text)
    strange = characters - GSM
    if strange:
        sizes = map(utf16_units, clusters(text)) if any(map(_is_part, strange)) else None
        units = utf16_units(text)
        forcing = tuple(sorted(strange, key=text.index))
        return Segments("UCS-2", units, _segments(units, "UCS-2", sizes), forcing)
    escaped = characters & GSM_EXTENSION
    units = len(text) + sum(map(text.count, escaped))
    septets = (2 if character in escaped else 1 for character in text) if escaped else None
    return Segments("GSM-7", units, _segments(units, "GSM-7", septets))


def replace_unicode(text: str) -> str:
    """The text with curly quotes, dashes, odd spaces and the like replaced by their GSM-7 look-alikes."""
    return text.translate(LOOK_ALIKES)


def clusters(text: str) -> Iterator[str]:
    """The text in the pieces a reader takes for one character, like an emoji with its skin tone.

    These are the grapheme clusters of Unicode, save for rare scripts; a segment never ends inside one.
    """
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _joined(text, start, index):
            yield text[start:index]
            start = index


def _segments(units: int, encoding: Encoding, sizes: Iterable[int] | None) -> int:
    """How many segments hold ``units`` that come in pieces of these sizes, or singly."""
    if units <= ALONE[encoding]:
        return 1
    room = EACH_OF_SEVERAL[encoding]
    return -(-units // room) if sizes is None else _packed(sizes, room)


def _packed(sizes: Iterable[int], room: int) -> int:
    """How many segments it takes to place pieces of these sizes in order without cutting one."""
    segments, used = 1, 0
    for size in sizes:
        if used and used + size > room:
            segments, used = segments + 1, 0
        used += size
        if used > room:  # A pile of marks on one letter can be longer than a segment.
            segments, used = segments + (used - 1) // room, (used - 1) % room + 1
    return segments


def _joined(text: str, start: int, index: int) -> bool:
    character, before = text[index], text[index - 1]
    if character < _FIRST_ATTACHED:
        return False
    if character == _JOINER or _is_attached(character):
        return before not in "\r\n"
    if ord(character) in _REGIONAL:
        return index - start == 1 and ord(before) in _REGIONAL
    return before == _JOINER and unicodedata.category(character) == "So" and start < index - 1


def _is_attached(character: str) -> bool:
    return character in _ATTACHED or unicodedata.category(character)[0] == "M"


def _is_part(character: str) -> bool:
    """Whether it takes more than one unit, alone or with its neighbours."""
    return character > "\uffff" or character == _JOINER or _is_attached(character)

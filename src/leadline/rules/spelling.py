"""Letters and words as they were meant: look-alikes, signs for letters, slips of the finger, glued words."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from leadline.rules import spellings

NOISE = frozenset(spellings.NOISE.split())
PADDING = frozenset(tuple(row.split()) for row in spellings.PADDING.split(","))
_WORDS_OF_THEIR_OWN = frozenset(spellings.WORDS_OF_THEIR_OWN.split())
_NOT_A_KEYWORD = _WORDS_OF_THEIR_OWN | frozenset(spellings.NO_KEYWORDS.split())
_GLUED = spellings.GLUED.split()
_GLUED_BEHIND = frozenset(spellings.GLUED_BEHIND.split())

# Cyrillic and Greek letters that look like Latin ones, after case is folded.
LOOKALIKES = str.maketrans(
    "асекіїјморԁѕтухвнԛԝʏɑοριτυνκηχαεοѕզցհոօսӏꓢꓔ", "acekiijmopdstyxbhqwyaopituvkhxaeosqghnoulst"
)
_SIGNS_FOR_LETTERS = str.maketrans("013457$@!", "oieastsai")
# Nobody glues more than this; longer runs are noise.
_LONGEST = 40
_MARKS = re.compile("[\u0300-\u036f]")
_OTHER_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """Small letters without accents, full width or fancy shapes: how phrases and texts are compared."""
    apart = unicodedata.normalize("NFKD", text.replace("İ", "i"))
    return unicodedata.normalize("NFC", _MARKS.sub("", apart)).casefold().translate(_OTHER_LETTERS)


def _without(word: str, count: int) -> Iterator[str]:
    """The word with so many of its letters left out, in every way."""
    for places in combinations(range(len(word)), count):
        yield "".join(letter for place, letter in enumerate(word) if place not in places)


def _slips(word: str) -> int:
    """How many letters may be wrong: two in a long word, one in a short one."""
    return 2 if len(word) >= 9 else 1


def _variants(word: str) -> Iterator[str]:
    for count in range(_slips(word) + 1):
        yield from _without(word, count)


def _nearest(written: str, words: Mapping[str, str]) -> str | None:
    """The word that a written one is a slip of; ``words`` holds each by its variants."""
    for variant in _variants(written):
        target = words.get(variant)
        if target and abs(len(target) - len(written)) <= _slips(target) and len(variant) >= 3:
            return target
    return None


def _squeezed(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if place == 0 or word[place - 1] != letter)


class Spelling:
    """Turns a written word into the words that a phrasebook knows, if it is near enough to some."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._known = vocabulary
        self._short = {
            form: tuple(meant.split())
            for meant, forms in spellings.SHORT_FORMS.items()
            for form in forms.split()
        }
        self._mended: dict[str, str] = {}
        self._squeezed: dict[str, str] = {}
        for word in spellings.MENDED.split():
            self._squeezed.setdefault(_squeezed(word), word)
            for variant in _variants(word):
                self._mended.setdefault(variant, word)
        self._alone: dict[str, str] = {}
        for word in spellings.ALONE.split():
            for variant in _variants(word):
                self._alone.setdefault(variant, word)

    def keyword(self, written: Sequence[str]) -> str | None:
        """The keyword that a whole message was meant to be, as "qiut" or "otp out" was.

        Alone, a word may be further from the keyword than in a sentence, where "quit" is near to "quiet".
        """
        word = "".join(written)
        if len(written) > 1 and self._alone.get(word) == word:
            return word
        if not 4 <= len(word) <= 15 or word in _NOT_A_KEYWORD or self._known.issuperset(written):
            return None
        return _nearest(word, self._alone) or _nearest(_squeezed(word), self._alone)

    def read(self, written: str) -> tuple[str, ...]:
        """The words meant by one written word; the word itself if nothing better is known."""
        if written in self._short:
            return self._short[written]
        if written in self._known or written in NOISE or len(written) > _LONGEST:
            return (written,)
        for guess in (written.translate(_SIGNS_FOR_LETTERS), written.translate(LOOKALIKES)):
            if guess in self._known or guess in self._short:
                return self._short.get(guess, (guess,))
        if "!" in written and self._known.issuperset(parts := written.split("!")):
            return tuple(parts)
        return self._glued(written) or (self._mend(written),)

    def _mend(self, written: str) -> str:
        if len(written) < 4 or written in _WORDS_OF_THEIR_OWN or not written.isalnum() or written.isdigit():
            return written
        squeezed = _squeezed(written)
        if squeezed != written and (squeezed in self._squeezed or squeezed in self._known):
            return self._squeezed.get(squeezed, squeezed)
        return _nearest(written, self._mended) or written

    def _glued(self, written: str) -> tuple[str, ...]:
        """The words of "stoptextingme"; none unless it begins with one of the words that are often glued."""
        first = next(
            (word for word in _GLUED if written.startswith(word) and len(written) > len(word) + 1), ""
        )
        return self._parts(written, len(first)) if first else ()

    def _parts(self, written: str, first: int) -> tuple[str, ...]:
        rest = written[first:]
        for cut in range(len(rest), 1, -1):
            head, tail = rest[:cut], rest[cut:]
            if head in _GLUED_BEHIND:
                if not tail:
                    return written[:first], head
                if behind := self._parts(rest, cut):
                    return written[:first], *behind
        return ()

"""Which passwords are taken. Length is what counts: there are no rules of what it has to be made of.

https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
"""

import unicodedata
from collections.abc import Sequence

from leadline.errors import InvalidInput

LENGTH = 12
# Enough for any sentence; what is longer costs time to hash.
LENGTH_AT_MOST = 256
LETTERS_TOO_FEW = 3


def plain(password: str) -> str:
    r"""The one spelling of a password: keyboards write the same letters in different characters.

    >>> plain("Cafe\u0301") == plain("Caf\u00e9")
    True
    """
    return unicodedata.normalize("NFC", password)


def check(password: str, *, name: str, email: str) -> str:
    """The password in its one spelling. Raises InvalidInput saying what is wrong with it."""
    chosen = plain(password)
    if len(chosen) < LENGTH:
        sentence = f"Too short: {LENGTH} characters at least. A few words with spaces are fine."
        raise InvalidInput(sentence, field="password", code="password_short")
    if len(chosen) > LENGTH_AT_MOST:
        sentence = f"Too long: {LENGTH_AT_MOST} characters at most."
        raise InvalidInput(sentence, field="password", code="password_long")
    if _is_tried_first(chosen, (name, email, email.partition("@")[0])):
        sentence = "Not your own name or address, or one letter again and again: those are tried first."
        raise InvalidInput(sentence, field="password", code="password_simple")
    return chosen


def _is_tried_first(chosen: str, own: Sequence[str]) -> bool:
    return len(set(chosen)) <= LETTERS_TOO_FEW or _squeezed(chosen) in map(_squeezed, own)


def _squeezed(text: str) -> str:
    return "".join(plain(text).lower().split())

"""Words as a search knows them: without case and accents, so that "wisniewski" finds Wiśniewski.

Everything that can be searched for is cut into words here, and so is what somebody searches for; the
databases only keep and match them.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import combining, normalize

# Scripts that are written without spaces: each letter is a word of its own there.
_ALONE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_NUMBER = re.compile(r"[\d\s()+./-]+")
# Letters that no decomposition makes plain.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
LETTERS_AT_MOST = 40
WORDS_AT_MOST = 8
DIGITS_AT_LEAST = 3
SHOWN_AT_MOST = 160
_AROUND = 40


def words(text: str) -> list[str]:
    """The words of a text, each once, in order.

    >>> words("Siobhán O’Neill-Fitzgerald, Straße 5")
    ['siobhan', 'o', 'neill', 'fitzgerald', 'strasse', '5']
    """
    return list(dict.fromkeys(word for _, _, word in _found(normalize("NFC", text))))


def endings(number: str) -> list[str]:
    """What a phone number is found by: every ending of its digits, since a search is for a beginning.

    >>> endings("+13035")
    ['13035', '3035', '035']
    """
    digits = "".join(filter(str.isdecimal, number))
    return [digits[start:] for start in range(max(len(digits) - DIGITS_AT_LEAST + 1, 0))]


def wanted(search: str) -> tuple[str, ...]:
    """The beginnings of words that a search asks for; all must be there. A number in any spelling is one.

    >>> wanted("lena PARK"), wanted("(303) 555-0142")
    (('lena', 'park'), ('3035550142',))
    """
    digits = "".join(filter(str.isdecimal, search))
    if _NUMBER.fullmatch(search) and len(digits) >= DIGITS_AT_LEAST:
        return (digits.lstrip("0")[:LETTERS_AT_MOST] or digits,)
    return tuple(words(search)[:WORDS_AT_MOST])


def marked(text: str, terms: Sequence[str]) -> tuple[str, ...]:
    """The part of a text around the first word that was asked for, in which what stands between and what was
    asked for take turns.

    >>> marked("Does the inverter hum at night?", ["hum"])
    ('Does the inverter ', 'hum', ' at night?')
    """
    line = " ".join(normalize("NFC", text).split())
    places = [(start, end) for start, end, word in _found(line) if word.startswith(tuple(terms))]
    first = places[0][0] if places else 0
    begin = 0 if first <= _AROUND else line.rfind(" ", 0, first - _AROUND // 2) + 1
    parts, here = ["…" if begin else ""], begin
    for start, end in places:
        if end > begin + SHOWN_AT_MOST:
            break
        parts[-1] += line[here:start]
        parts += [line[start:end], ""]
        here = end
    cut = begin + SHOWN_AT_MOST
    parts[-1] += line[here:cut] + ("…" if len(line) > cut else "")
    return tuple(parts)


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word begins and ends, and what it is without case and accents."""
    for match in _WORD.finditer(text):
        word = _folded(match[0])
        if word:
            yield match.start(), match.end(), word


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()[:LETTERS_AT_MOST]
    bare = normalize("NFKD", word.casefold()).translate(_PLAIN)
    return "".join(letter for letter in bare if not combining(letter) and letter.isalnum())[:LETTERS_AT_MOST]

"""STOP, START and HELP: messages that are a keyword and nothing else.

Twilio acts on its own words only when they are the whole message
(https://help.twilio.com/articles/223134027), and US rules name more of them (47 CFR 64.1200(a)(10)). What a
sentence means is judged elsewhere; here a word counts only when it stands alone or with a courtesy.
"""

import re
import unicodedata
from enum import StrEnum


class Keyword(StrEnum):
    """What a keyword asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"


STOP_WORDS = {
    "en": (
        *("stop", "stopall", "stop all", "unsubscribe", "un subscribe"),
        *("cancel", "end", "quit", "revoke", "optout", "opt out"),
    ),
    "es": ("alto", "pare", "parar", "cancelar"),
    "fr": ("arret", "arrêt", "arreter", "arrêter", "désabonner", "desabonner"),
    "pt": ("pare", "parar", "sair", "cancelar"),
    "de": ("stopp", "abmelden", "abbestellen"),
    "nl": ("stop", "afmelden"),
}
START_WORDS = {"en": ("start", "unstop", "yes", "opt in", "optin", "subscribe", "resubscribe")}
HELP_WORDS = {
    "en": ("help", "info"),
    "es": ("ayuda",),
    "fr": ("aide",),
    "pt": ("ajuda",),
    "de": ("hilfe",),
}

# Everyday answers: "yes, please" answers a question, so such a word counts only when nothing else is said.
ALONE_ONLY = frozenset({"yes", "info"})
_MOST_WORDS = 30

COURTESIES = (
    *("please", "pls", "plz", "kindly", "now", "sir", "maam", "cheers"),
    *("thanks", "thank you", "thankyou", "thank u", "thx", "tks", "ty", "so much", "very much", "a lot"),
    *("por favor", "gracias", "merci", "svp", "sil vous plaît", "sil vous plait"),
    *("bitte", "danke", "obrigado", "obrigada"),
)

_BY_WORD = {
    word: kind
    for kind, words in (
        (Keyword.STOP, STOP_WORDS),
        (Keyword.START, START_WORDS),
        (Keyword.HELP, HELP_WORDS),
    )
    for language in words.values()
    for word in language
}
_WORDS = frozenset(" ".join(_BY_WORD).split())
_COURTESY = "|".join(sorted(COURTESIES, key=len, reverse=True))
_WITHIN_COURTESIES = re.compile(f"(?:(?:{_COURTESY}) )*(.+?)(?: (?:{_COURTESY}))*").fullmatch
_APOSTROPHES = frozenset("'\u2019\u2018\u02bc`\u00b4")
# Invisible, though Unicode files them under letters and marks: fillers and variation selectors.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u20e3" + "".join(map(chr, range(0xFE00, 0xFE10))))


def keyword(text: str) -> Keyword | None:
    """The keyword a message consists of, or None.

    Case, width, punctuation, quotes, emoji, invisible characters and repetition do not matter, nor does a
    courtesy before or after: "Stop. Thank you" is a STOP. "STOP 12345" and "can you stop by at 5?" are not.
    "yes" is a START only by itself; whoever asks must know that it opts nobody in who had not opted out.
    """
    words = _folded(text).split()
    if _WORDS.isdisjoint(words):
        return None
    phrase = " ".join(words)
    if phrase in _BY_WORD or len(words) > _MOST_WORDS or not ALONE_ONLY.isdisjoint(words):
        return _BY_WORD.get(phrase)
    plea = _WITHIN_COURTESIES(phrase)
    core = plea[1] if plea else ""
    kinds = {_BY_WORD[core]} if core in _BY_WORD else {_BY_WORD.get(word) for word in core.split()}
    return kinds.pop() if len(kinds) == 1 else None


def _folded(text: str) -> str:
    """Lower-case words with single spaces, however they were dressed up."""
    if text.isascii():  # Most texts are; a table takes a tenth of the time.
        return text.translate(_ASCII).lower()
    return "".join(map(_kept, unicodedata.normalize("NFKC", text))).casefold()


def _kept(character: str) -> str:
    if character in _APOSTROPHES or character in _INVISIBLE:
        return ""
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category[0] == "C":
        return ""
    return " " if category[0] in "PSZ" else character


_ASCII = {code: _kept(chr(code)) for code in range(128)}

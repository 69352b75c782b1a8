"""The safety net: words that, in one clause, may ask for no more texts where no phrase is known.

For each language, words of ending and words for texts. Order and distance do not matter, so a person decides.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from leadline.rules.spelling import folded

_ENDING = {
    "en": """
        stop quit cease end dont no never not without enough remove unsubscribe opt cancel discontinue delete silence
        mute aint wont shove block tired sick hate anymore halt kill withdraw revoke avoid terminate unwanted refrain
    """,
    "es": "no dejen deje parar paren basta quiten borren eliminen nunca ya alto suspendan cancelen",
    "fr": "ne plus pas arretez cesser cessez stop aucun marre supprimez jamais",
    "pt": "nao pare parem parar chega remova removam tirem nunca cancele cancelem",
    "de": "keine nicht stopp aufhoren stoppen nie genug loschen kein",
    "it": "non basta smettete smettila mai cancellate togliete niente stop",
    "nl": "geen niet stop stoppen nooit genoeg verwijder",
    "pl": "nie koniec dosc przestancie przestan usun usuncie zadnych stop",
}
_TEXTS = {
    "en": """
        texts texting messages messaging sms spam spamming contacted contacting texted messaged mailings promos
        bothering harassing bothered unsolicited solicitations contact list
    """,
    "es": "mensajes textos sms escribirme escriban contactarme contacten",
    "fr": "messages sms textos contacter ecrire contacte",
    "pt": "mensagens sms msgs contatar contato",
    "de": "nachrichten sms werbung kontaktiert schreiben",
    "it": "messaggi sms contattato contattarmi scrivermi",
    "nl": "berichten sms smsjes",
    "pl": "wiadomosci smsow sms smsy kontaktowac pisac",
}


def _words(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {code: frozenset(map(folded, row.split())) for code, row in table.items()}


# Before a request to be texted, these turn it around: "I ask that nobody text me again".
NEGATIONS = frozenset(["no", "not", "dont", "never", "nobody", "noone", "nor", "without", "didnt", "doesnt"])

# These hint as well: "take my number off", "stop using this number", "those texts must stop".
_REMOVAL = frozenset(["remove", "removed", "removing", "delete", "deleted", "erase", "off", "unlist", "drop"])
_THEIRS = frozenset(["me", "us", "number", "numbers", "myself", "name", "info", "information"])
_CEASING = frozenset(["stop", "quit", "cease", "lose", "remove", "delete"])
_PHONES = {(mine, phone) for mine in ("my", "this", "our") for phone in ("number", "phone", "cell", "line")}
# So does a negation with these: "don't send me those anymore", "no further useless texts".
_LASTING = frozenset(["anymore", "longer"])
_MORE = frozenset(["more", "further", "another"])
_OURS = frozenset(["me", "us", "these", "this"])

# One of these is a hint by itself where all other words of the clause are familiar from requests.
_ALONE = {
    "en": """
        stop quit unsubscribe unsubscribed unsub optout remove delete lose alone spam spamming spammers lawyer
        attorney sue suing ftc fcc tcpa illegal violates violation harassment harassing harassed scam bothering
        anymore removed removal deleted excluded disconnect silence unwanted unsolicited gtfo block reporting cease
        desist revoke dnc bother end contact include exit kill report outta
    """,
    "es": "cancelar borrar borren borrenlo borrenme borrame quitenme saquenme dejenme quiten eliminen dejen spam basta baja denunciar molesten molestar",
    "fr": "arretez cessez stop desabonner desinscrire supprimez spam harcelement",
    "pt": "parem pare parar removam remova descadastrar cancelem spam chega",
    "de": "abmelden austragen loschen stopp belastigung aufhoren spam keine",
    "it": "smettete smettetela cancellatemi basta disiscrivetemi rimuovete togliete",
    "nl": "afmelden uitschrijven verwijder stoppen",
    "pl": "usun usuncie wypisz przestancie rezygnuje spam",
}

_SHOUTED = re.compile(r"\b(?:STOP|STOPALL|UNSUBSCRIBE|OPTOUT)\b")

# These hint only beside a negation: "please do not include me".
_NEGATED = frozenset(["contact", "include"])

ENDING, TEXTS, ALONE = _words(_ENDING), _words(_TEXTS), _words(_ALONE)
ANY_ALONE = frozenset[str]().union(*ALONE.values())
_TEXTS_AND_MORE = (_LASTING | _THEIRS | {"phone", "cell", "line"}).union(*TEXTS.values())
_ENDING_OR_NOT = (_CEASING | _REMOVAL | NEGATIONS).union(*ENDING.values())
_OURS_OR_TEXTS = _OURS | TEXTS["en"]


def may_hint(words: Sequence[str]) -> bool:
    """Whether to look closer: few replies hold such words."""
    if _TEXTS_AND_MORE.isdisjoint(words) or _ENDING_OR_NOT.isdisjoint(words):
        return not ANY_ALONE.isdisjoint(words)
    return True


def find_alone(words: Sequence[str], outside: Sequence[str]) -> tuple[str, list[str]] | None:
    """The word that is a hint by itself, if a clause holds one, and the languages it is of."""
    if ANY_ALONE.isdisjoint(outside):
        return None
    alone = _first(outside, ANY_ALONE)
    if alone in _NEGATED and NEGATIONS.isdisjoint(words):
        return None
    return alone, [code for code, known in ALONE.items() if alone in known]


def find_hint(words: Sequence[str], outside: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The language and the telling word of a clause, if it hints at no more texts.

    ``outside`` are the words of it that no everyday phrase covers.
    """
    if _TEXTS_AND_MORE.isdisjoint(words):
        return
    for language, texts in TEXTS.items():
        if not texts.isdisjoint(words) and not ENDING[language].isdisjoint(outside):
            yield language, _first(outside, ENDING[language])
            return
    said = frozenset(words)
    speaks_of_texts, is_negated = said & TEXTS["en"], said & NEGATIONS
    if said & _CEASING and (not _PHONES.isdisjoint(pairwise(words)) or (speaks_of_texts and not is_negated)):
        yield "en", _first(words, _CEASING)
    elif not _REMOVAL.isdisjoint(outside) and not _THEIRS.isdisjoint(outside):
        yield "en", _first(outside, _REMOVAL)
    elif is_negated and ((said & _LASTING and said & _OURS_OR_TEXTS) or (said & _MORE and speaks_of_texts)):
        yield "en", _first(words, NEGATIONS)


def _first(words: Sequence[str], of: frozenset[str]) -> str:
    return next(word for word in words if word in of)


def shouted(text: str) -> list[str]:
    """The keywords in capitals in a text that is not all in capitals."""
    return [] if text.isupper() else _SHOUTED.findall(text)

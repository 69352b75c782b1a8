"""How sure a request for no more texts is: it is not, beside words that no such request ever holds.

"Please delete" is a request, "please delete the second row of the quote" none, and no table can name all that
people delete. So a request acts by itself only where all words of its clause are familiar: words that tables
of requests hold, and the small words below. Else a person reads it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from leadline.rules.grounds import OPT_OUT_GROUNDS, Ground
from leadline.rules.phrasebook import END_OF_CLAUSE, START_OF_CLAUSE, Language
from leadline.rules.phrases.telling import ANY_ALONE
from leadline.rules.spelling import folded

# Words that stand beside requests and change nothing in them.
_SMALL = """
    i im ive id ill we were weve you your yours u guys folks people yall sir maam dude bro man and or so but
    then please pls kindly thanks thank hi hello hey yes ok okay now today immediately asap forever ever
    already really just again too very the a an this that these those it its is are be been am will would
    can could should must to of from at on in for with by me my us our as has have had do did not no dont
    never number phone cell mobile line list texts text messages message database system company everything
    all any because before after until times time last first more further anymore god sake love hell heck
    damn everyone everybody alright well oh ugh wow seriously honestly actually still keep keeps getting get
    got asked said told told want need like think who what why how where when wrong person thx hola gracias
    favor favore porfa svp aub merci grazie danke obrigado yo nah aye um uh yeah fam girl lady bruh homie
    omg creep creeps scammer scammers spammer spammers idiots asshole clown clowns week weeks month months
    year years ago since know thought listen notice formal offense sorry nicely interested sold moved bought
    signed selling buying much many comma period exclamation
"""
# These tell of somebody else, or of what was: "he told them to stop calling him".
_OTHERS = """
    he him his she they them lol lmao haha hahaha kept keeps wife wifes husband mom dad son daughter work
"""
# Where these stand in another clause, texts may go on: "don't text back, just call", "keep sending".
_GOING_ON = "call calls email emails use instead keep send until till"
_REQUESTING = "dont not never stop quit no again remove unsubscribe"

_SOMEBODY_ELSE = frozenset(_OTHERS.split())
_ON, _OFF = frozenset(_GOING_ON.split()), frozenset(_REQUESTING.split())


class Certainty:
    """Knows the words that requests are made of, for each language."""

    def __init__(self, languages: Iterable[Language]) -> None:
        small = ANY_ALONE.union({START_OF_CLAUSE, END_OF_CLAUSE}, map(folded, _SMALL.split()))
        self._familiar = {language.code: small.union(_requested(language)) for language in languages}

    def is_sure(self, words: Sequence[str], languages: Collection[str]) -> bool:
        """Whether the words of a clause are all familiar from requests in one of these languages."""
        return _SOMEBODY_ELSE.isdisjoint(words) and self.is_familiar(words, languages)

    def is_familiar(self, words: Sequence[str], languages: Collection[str]) -> bool:
        """Whether requests in one of these languages hold all these words."""
        return any(self._familiar[code].issuperset(words) for code in languages)

    def is_sure_beside(
        self, clauses: Iterable[Sequence[str]], ground: Ground, languages: Collection[str]
    ) -> bool:
        """Whether the other clauses of the message leave a request as sure as it is.

        A mere keyword needs familiar words beside it: "stop it! that's the cutest puppy".
        """
        others = list(clauses)
        if any(not _ON.isdisjoint(words) and _OFF.isdisjoint(words) for words in others):
            return False
        return ground is not Ground.KEYWORD or all(
            self.is_sure(words, (*languages, "en")) for words in others
        )


def _requested(language: Language) -> Iterator[str]:
    """The words of all requests in a language."""
    phrases = [phrase for ground, phrase in language.phrases() if ground in OPT_OUT_GROUNDS]
    waiting, seen = {item for phrase in phrases for item in phrase.split()}, set[str]()
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            single, several = language.alternatives(item)
            yield from single
            waiting.update(word for phrase in several for word in phrase.split())

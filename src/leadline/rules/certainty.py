"""How sure a request for no more texts is: it is not, beside words that no such request ever holds.

"Please delete" is a request, "please delete the second row of the quote" none, and no table can name all that people
delete. So a request acts by itself only where all words of its clause are familiar: words of the tables that
hold requests, and the small words below. Else a person reads it.
"""

from collections.abc import Collection, Iterable, Sequence

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language, Phrasebook
from leadline.rules.spelling import folded

# Words that stand beside requests and change nothing in them.
_SMALL = """
    i im ive id ill we were weve you your yours u guys folks people yall sir maam dude bro man and or so but then
    please pls kindly thanks thank hi hello hey yes ok okay now today immediately asap forever ever already
    really just again too very the a an this that these those it its is are be been am will would can could
    should must to of from at on in for with by me my us our as has have had do did not no dont never
    number phone cell mobile line list texts text messages message database system company everything all any
    because before after until times time last first more further anymore god sake love hell heck damn
    everyone everybody alright well oh ugh wow seriously honestly actually still keep keeps getting get got
    asked said told told want need like think who what why how where when
    wrong person thx hola gracias favor favore porfa svp aub merci grazie danke obrigado yo nah aye um uh yeah
    fam girl lady bruh homie omg creep creeps scammer scammers spammer spammers idiots asshole clown clowns
    week weeks month months year years ago since know thought listen notice formal offense sorry nicely
    interested sold moved bought signed selling buying much many comma period exclamation
"""
# These tell of somebody else, or of what was: "he told them to stop calling him".
_OTHERS = frozenset(
    "he him his she they them lol lmao haha hahaha kept keeps wife wifes husband mom dad son daughter work".split()
)
# Where these stand in another clause, texts may go on: "don't text back, just call", "keep sending".
_GOING_ON = frozenset("call calls email emails use instead keep send until till".split())
_REQUESTING = frozenset("dont not never stop quit no again remove unsubscribe".split())
# Requests of these kinds say by themselves what they are about.
_FRAMED = frozenset({Ground.KEYWORD, Ground.REQUEST, Ground.REMOVAL, Ground.WITHDRAWAL, Ground.REPEATED, Ground.THREAT})


class Certainty:
    """Knows the words that requests are made of, for each language."""

    def __init__(self, languages: Iterable[Language]) -> None:
        small = frozenset(map(folded, _SMALL.split()))
        self._familiar = {
            language.code: Phrasebook([_requests(language)]).vocabulary | small for language in languages
        }

    def is_sure(self, words: Sequence[str], languages: Collection[str]) -> bool:
        """Whether the words of a clause are all familiar from requests in one of these languages."""
        if not _OTHERS.isdisjoint(words):
            return False
        return any(self._familiar[code].issuperset(words) for code in languages)

    def is_sure_beside(self, clauses: Iterable[Sequence[str]], ground: Ground, languages: Collection[str]) -> bool:
        """Whether the other clauses of the message leave a request as sure as it is.

        A mere keyword needs familiar words beside it: "stop it! that's the cutest puppy".
        """
        others = list(clauses)
        if any(not _GOING_ON.isdisjoint(words) and _REQUESTING.isdisjoint(words) for words in others):
            return False
        return ground is not Ground.KEYWORD or all(
            self.is_sure(words, (*languages, "en")) for words in others
        )


def _requests(language: Language) -> Language:
    tables = {ground: table for ground, table in language.tables.items() if ground in _FRAMED}
    return Language(language.code, language.lists, tables)

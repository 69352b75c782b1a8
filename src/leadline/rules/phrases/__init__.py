"""The phrases of each language that a reply may be written in."""

from leadline.rules.phrases.dutch import DUTCH
from leadline.rules.phrases.english import ENGLISH
from leadline.rules.phrases.french import FRENCH
from leadline.rules.phrases.german import GERMAN
from leadline.rules.phrases.italian import ITALIAN
from leadline.rules.phrases.others import OTHERS
from leadline.rules.phrases.polish import POLISH
from leadline.rules.phrases.portuguese import PORTUGUESE
from leadline.rules.phrases.spanish import SPANISH

LANGUAGES = (ENGLISH, SPANISH, FRENCH, PORTUGUESE, GERMAN, ITALIAN, DUTCH, POLISH, *OTHERS)

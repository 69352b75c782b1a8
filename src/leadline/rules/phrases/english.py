"""English: its words and phrases stand in six files, being most of what is read."""

from leadline.rules.phrasebook import Language
from leadline.rules.phrases import (
    english_complaints,
    english_doubts,
    english_everyday,
    english_limits,
    english_requests,
    english_words,
)

ENGLISH = Language(
    "en",
    english_words.WORDS,
    english_requests.PHRASES
    | english_complaints.PHRASES
    | english_doubts.PHRASES
    | english_limits.PHRASES
    | english_everyday.PHRASES,
)

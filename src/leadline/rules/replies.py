"""What a reply asks for: no more texts, texts again, help, or nothing of the kind.

A reply is judged in seven steps:

1. ``wrappings``: reactions, quoted messages, a phone's own lines are taken off; a machine's answer is none.
2. ``wording``: disguises are undone, and the text is divided into clauses of plain words.
3. ``phrasebook``: the phrases of the tables in ``leadline.rules.phrases`` are found in each clause. A phrase
   of everyday language, like "don't stop" or "stop by", hides the words it covers.
4. Neighbours change what is meant: "how do I …", "… after 9 pm" and "tell the other agent to …" make a
   request a question for a person.
5. ``certainty``: a request beside words that requests never hold, like "the second row", is for a person.
6. ``phrases.telling``: where no phrase is known, a whole message may be a keyword with a slip, and telling
   words that stand in one clause are a hint for a person.
7. The weightiest ground decides: opt-out, then a person's review, then opt-in, then help.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from leadline.rules.certainty import Certainty
from leadline.rules.grounds import HINTS, OPT_OUT_GROUNDS, REVIEW_GROUNDS, SENTENCES, Ground, ReplyKind
from leadline.rules.phrasebook import END_OF_CLAUSE, START_OF_CLAUSE, Match, Phrasebook
from leadline.rules.phrases import LANGUAGES
from leadline.rules.phrases.telling import NEGATIONS, find_alone, find_hint, may_hint, shouted
from leadline.rules.phrases.unspaced import find_unspaced
from leadline.rules.spelling import Spelling
from leadline.rules.wording import Clause, Reader, Worded, plain, without_padding
from leadline.rules.wrappings import is_automatic, own_words


@dataclass(frozen=True, slots=True)
class ReplyIntent:
    """What a reply asks for, the words that say so, and why they do, in a sentence for people.

    ``language`` is the code of the language that the words are in, when a phrase decided.
    """

    kind: ReplyKind
    words: str
    reason: str
    language: str | None = None


_NOTHING_ASKED = ReplyIntent(ReplyKind.NONE, "", SENTENCES[Ground.ORDINARY])
# A message of more words is no keyword with a slip.
_SLIP_AT_MOST = 3


class _Part(NamedTuple):
    """A clause, what is left of it without courtesies, and the phrases in it."""

    clause: Clause
    bare: Clause
    matches: Sequence[Match]


@dataclass(frozen=True, slots=True)
class _Finding:
    ground: Ground
    words: str
    languages: tuple[str, ...]
    is_sure: bool = True


def classify_reply(text: str, *, opted_out: bool = False, language_hint: str | None = None) -> ReplyIntent:
    """Judge one reply. It never fails, and only the first 2,000 characters are read.

    ``opted_out`` says whether the person has opted out: only then is a plain "yes" an opt-in. Where words
    mean the same in several languages, ``language_hint`` says which to name.
    """
    findings = _findings(text)
    kind, finding = _verdict(findings, text, opted_out=opted_out) if findings else (ReplyKind.NONE, None)
    if finding is None or is_automatic(text):
        return _NOTHING_ASKED
    language = language_hint if language_hint in finding.languages else finding.languages[0]
    return ReplyIntent(kind, finding.words, SENTENCES[finding.ground], language)


def is_opt_out_message(text: str) -> bool:
    """Whether a message asks, without a doubt, for no more texts."""
    return classify_reply(text).kind is ReplyKind.OPT_OUT


def is_opt_in_message(text: str) -> bool:
    """Whether a message asks for texts again. "YES" does: whoever asks must know that they had opted out."""
    return classify_reply(text, opted_out=True).kind is ReplyKind.OPT_IN


@cache
def _book() -> tuple[Phrasebook, Spelling, Reader]:
    book = Phrasebook(LANGUAGES)
    spelling = Spelling(book.vocabulary)
    return book, spelling, Reader(spelling)


@cache
def _certainty() -> Certainty:
    return Certainty(LANGUAGES)


# A webhook asks before its text is stored, and the store, whose transaction should be short, asks again. No
# more are remembered than are under way: to keep a thousand, most of them long out of the processor's own
# memory, cost 8 µs a text.
@lru_cache(maxsize=64)
def _findings(text: str) -> Sequence[_Finding]:
    """The grounds found in a text, in the order they stand."""
    own = own_words(text)
    read = plain(own)
    book, spelling, reader = _book()
    said = reader.read(read)
    phrases = book.find(said.words)
    parts = _parts(said, phrases) if _may_ask(said, phrases, book) else []
    is_all = sum(not part.clause.is_sign for part in parts) == 1
    found = [
        finding
        for part in parts
        if part.matches or part.bare is not part.clause
        for finding in _in_clause(part, parts, book, is_all=is_all)
    ]
    found += [_Finding(*each) for each in find_unspaced(read)]
    if not found or not any(each.ground in _TELLING for each in found):
        found += _slipped(parts, book, spelling) if len(parts) <= 3 and not found else []
        found += [each for part in parts if may_hint(part.clause.words) for each in _told(part)]
        found += [_Finding(Ground.HINTED, word, ("en",)) for word in shouted(own)]
    return found


def _may_ask(said: Worded, phrases: Sequence[Match], book: Phrasebook) -> bool:
    """Whether to take a text apart. Most replies ask for nothing; to see that saves a third of the time."""
    if may_hint(said.words) or not _NOTHING_ALONE.issuperset(phrase.ground for phrase in phrases):
        return True
    begin = count = 0
    for end in said.ends:
        first, last = without_padding(said.words, begin + 1, end - 1)
        is_padded = last - first < end - begin - 2
        if is_padded and book.find_whole((START_OF_CLAUSE, *said.words[first:last], END_OF_CLAUSE)):
            return True
        count += last - first
        begin = end
    # So few words may be a keyword with a slip; a sign beside them counts as one here.
    return count <= _SLIP_AT_MOST + len(said.ends) - 1


def _parts(said: Worded, phrases: Sequence[Match]) -> list[_Part]:
    """The clauses of a text, each with its phrases: none reaches beyond its clause."""
    parts: list[_Part] = []
    begin = place = 0
    for end in said.ends:
        clause = Clause(said.words[begin:end], said.written[begin:end])
        first = place
        while place < len(phrases) and phrases[place].start < end:
            place += 1
        matches = [match.counted_from(begin) for match in phrases[first:place]]
        parts.append(_Part(clause, clause.without_padding(), matches))
        begin = end
    return parts


def _slipped(parts: Sequence[_Part], book: Phrasebook, spelling: Spelling) -> Iterator[_Finding]:
    """What a whole message asks for that a slip of the finger made of a keyword."""
    words = [word for part in parts if not part.clause.is_sign for word in part.bare.words[1:-1]]
    keyword = spelling.keyword(words) if len(words) <= _SLIP_AT_MOST else None
    if keyword:
        said = (START_OF_CLAUSE, keyword, END_OF_CLAUSE)
        parts = _parts(Worded(said, ("", " ".join(words), ""), [len(said)]), book.find(said))
        yield from _in_clause(parts[0], parts, book, is_all=True)


def _told(part: _Part) -> Iterator[_Finding]:
    """A hint for a person, in words that no phrase holds together."""
    words = part.clause.words
    outside = list(words)
    for match in part.matches:
        if match.ground is Ground.ORDINARY:
            outside[match.start : match.end] = [""] * (match.end - match.start)
    for language, word in find_hint(words, outside):
        yield _Finding(Ground.HINTED, word, (language,))
    alone = find_alone(words, outside)
    if alone and _certainty().is_familiar(words, alone[1]):
        yield _Finding(Ground.HINTED, alone[0], tuple(alone[1]))


def _in_clause(part: _Part, parts: Sequence[_Part], book: Phrasebook, *, is_all: bool) -> Iterator[_Finding]:
    clause, bare, matches = part
    everyday = [match for match in matches if match.ground is Ground.ORDINARY]
    if bare is not clause and not everyday:
        whole = book.find_whole(bare.words)
        # "Can you help" behind other sentences asks for help with what they tell.
        if whole and (is_all or whole.ground is not Ground.HELP):
            clause, matches = bare, [whole]
    for place, match in enumerate(matches):
        if match.ground in _NOTHING_ALONE or _is_everyday(match, everyday):
            continue
        ground = _in_context(
            match, clause.words, before=matches[:place], after=matches[place + 1 :], is_all=is_all
        )
        written = " ".join(filter(None, clause.written[match.start : match.end]))
        is_sure = ground not in OPT_OUT_GROUNDS or (
            _certainty().is_sure(clause.words, match.languages)
            and _certainty().is_sure_beside(_others(part, parts), ground, match.languages)
        )
        yield _Finding(ground, written, match.languages, is_sure)


def _others(part: _Part, parts: Sequence[_Part]) -> Iterator[Sequence[str]]:
    """The words of the other clauses."""
    return (other.clause.words for other in parts if other is not part and not other.clause.is_sign)


def _is_everyday(match: Match, everyday: Sequence[Match]) -> bool:
    """Whether a hint is only the beginning of an everyday phrase, as "stop" is of "stop by"."""
    if match.ground is Ground.HINTED:
        return any(match.start < other.end and other.start < match.end for other in everyday)
    return match.ground in HINTS and any(
        match.start <= other.start < match.end < other.end for other in everyday
    )


def _in_context(
    match: Match, words: Sequence[str], *, before: Sequence[Match], after: Sequence[Match], is_all: bool
) -> Ground:
    """What a phrase means beside its neighbours in the clause."""
    if match.ground is Ground.WEAK_KEYWORD and is_all:
        return Ground.KEYWORD
    if match.ground is Ground.START and not NEGATIONS.isdisjoint(words[: match.start]):
        return Ground.HINTED
    if match.ground not in _SOFTENED:
        return match.ground
    if any(each.ground is Ground.ASKING and _same_language(each, match) for each in before):
        return Ground.ASKING
    if match.ground is not Ground.REMOVAL and any(
        each.ground is Ground.LIMIT and _same_language(each, match) for each in after
    ):
        return Ground.LIMIT
    if any(each.ground is Ground.ASIDE and _same_language(each, match) for each in before):
        return Ground.ASIDE
    if any(
        each.ground is Ground.OBJECT and each.start == match.end and _same_language(each, match)
        for each in after
    ):
        return Ground.OBJECT
    return match.ground


def _same_language(one: Match, other: Match) -> bool:
    return not set(one.languages).isdisjoint(other.languages)


_NOTHING_ALONE = frozenset({Ground.ASKING, Ground.LIMIT, Ground.ASIDE, Ground.OBJECT, Ground.ORDINARY})
_SOFTENED = frozenset({Ground.REQUEST, Ground.REMOVAL, Ground.WEAK_KEYWORD, Ground.LOOSE_KEYWORD})


def _verdict(
    findings: Sequence[_Finding], text: str, *, opted_out: bool
) -> tuple[ReplyKind, _Finding | None]:
    """The weightiest ground and what follows from it; when two contradict each other, a person decides."""
    first: dict[Ground, _Finding] = {}
    for finding in sorted(findings, key=_is_unsure):
        first.setdefault(finding.ground, finding)
    requests = [finding for ground, finding in first.items() if ground in OPT_OUT_GROUNDS]
    asked = min(requests, key=_by_weight, default=None)
    doubts = [finding for ground, finding in first.items() if ground in _DOUBTS]
    doubt = min(doubts, key=_by_weight, default=None)
    loose, start = first.get(Ground.LOOSE_KEYWORD), first.get(Ground.START)
    if asked:
        is_unsure = start or not asked.is_sure or (Ground.JOKE in first and asked.ground is Ground.KEYWORD)
        return ReplyKind.OPT_OUT_REVIEW if is_unsure else ReplyKind.OPT_OUT, asked
    if start:
        return ReplyKind.OPT_IN, start
    if doubt:
        return (
            (ReplyKind.OPT_OUT, loose)
            if loose and doubt.ground in REVIEW_GROUNDS
            else (ReplyKind.OPT_OUT_REVIEW, doubt)
        )
    if loose and _is_pointed(loose, text):
        return ReplyKind.OPT_OUT_REVIEW, loose
    if opted_out and Ground.YES in first:
        return ReplyKind.OPT_IN, first[Ground.YES]
    if Ground.HELP in first:
        return ReplyKind.HELP, first[Ground.HELP]
    return ReplyKind.NONE, None


def _is_unsure(finding: _Finding) -> bool:
    return not finding.is_sure


def _by_weight(finding: _Finding) -> tuple[bool, int]:
    return not finding.is_sure, _WEIGHTS[finding.ground]


# Beside these, a mere hint adds nothing.
_TELLING = frozenset(Ground) - {Ground.YES, Ground.HELP, Ground.JOKE, Ground.ORDINARY}
_WEIGHTS = {ground: weight for weight, ground in enumerate(Ground)}
_DOUBTS = REVIEW_GROUNDS | {Ground.WEAK_KEYWORD, Ground.ASKING, Ground.LIMIT, Ground.ASIDE, Ground.OBJECT}


def _is_pointed(loose: _Finding, text: str) -> bool:
    """Whether a keyword at the edge of a sentence looks like an answer: short, or in capitals."""
    shouted = not text.isupper() and loose.words.upper() in text.split()
    return shouted or len(text.split()) <= 6

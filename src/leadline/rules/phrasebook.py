"""Phrases as tables write them, and finding them among the words of a text.

A table is lines of phrases. In a phrase, small letters are words, CAPITALS name a list of words, ``/``
divides alternatives, ``?`` marks what may be missing, ``*`` is any word, ``..`` is up to three of any words,
and ``^`` and ``$`` are the ends of a clause: ``DONT CONTACT ME`` or ``^ stop $``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leadline.rules.grounds import HINTS, Ground
from leadline.rules.spelling import folded

START_OF_CLAUSE, END_OF_CLAUSE = "^", "$"
_GAP = ("*?", "*?", "*?")

Lists = Mapping[str, str]
Tables = Mapping[Ground, str]


class _AnyWord(frozenset[str]):
    """Holds every word, but not the end of a clause."""

    __slots__ = ()

    def __contains__(self, word: object) -> bool:
        return word != END_OF_CLAUSE


Words = frozenset[str]
_OTHER = "*"
_ANY_WORD = _AnyWord(_OTHER)


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of one language. ``lists`` gives the words behind each name in CAPITALS, by commas."""

    code: str
    lists: Lists
    tables: Tables

    def phrases(self) -> Iterator[tuple[Ground, str]]:
        """Every line of every table with its ground."""
        for ground, table in self.tables.items():
            for line in table.strip().splitlines():
                yield ground, line

    def alternatives(self, item: str) -> tuple[Words, list[str]]:
        """What one item of a phrase may be: single words, and phrases of several words."""
        single: set[str] = set()
        several: list[str] = []
        for name in item.removesuffix("?").split("/"):
            for member in self.lists[name].split(",") if name in self.lists else [folded(name)]:
                words = member.split()
                if len(words) > 1 or words[0] in self.lists:
                    several.append(member)
                else:
                    single.add(words[0])
        return _ANY_WORD if "*" in single else Words(single), several


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at ``start`` to ``end`` of a clause's words."""

    ground: Ground
    start: int
    end: int
    languages: tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Node:
    """A place between two items of phrases that begin alike."""

    after: dict[str, "_Node"] = field(default_factory=dict)
    edges: list[tuple[Words, "_Node"]] = field(default_factory=list)
    skips: list["_Node"] = field(default_factory=list)
    endings: list[tuple[Ground, str]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _State:
    """All nodes that the words read so far lead to, and the weightiest phrase that ends here."""

    nodes: frozenset[_Node]
    ending: tuple[Ground, tuple[str, ...]] | None
    after: dict[str, "_State | None"] = field(default_factory=dict)


class Phrasebook:
    """All phrases of some languages. Finding takes time in proportion to the number of words."""

    def __init__(self, languages: Iterable[Language]) -> None:
        root = _Node()
        for language in languages:
            beginning = _Node()
            root.skips.append(beginning)
            for ground, phrase in language.phrases():
                _plant(beginning, phrase, language).endings.append((ground, language.code))
        self.vocabulary = frozenset(_words_below(root, set()))
        # States are made when first reached: few of the possible ones ever are.
        self._states: dict[frozenset[_Node], _State] = {}
        self._start = self._state({root})

    def find(self, words: Sequence[str]) -> Iterator[Match]:
        """The longest phrase that begins at each word.

        What a phrase covers is not read again, so "don't stop" hides its "stop"; save that a mere hint to a
        person hides nothing.
        """
        place = 0
        while place < len(words):
            match = self._longest(words, place)
            if match:
                yield match
            place = match.end if match and match.ground not in HINTS else place + 1

    def _longest(self, words: Sequence[str], start: int) -> Match | None:
        longest, state = None, self._start
        for place in range(start, len(words)):
            following = self._following(state, words[place])
            if following is None:
                break
            if following.ending:
                longest = Match(following.ending[0], start, place + 1, following.ending[1])
            state = following
        return longest

    def _following(self, state: _State, word: str) -> _State | None:
        if word not in self.vocabulary:
            word = _OTHER
        if word not in state.after:
            nodes = {below for node in state.nodes for wanted, below in node.edges if word in wanted}
            state.after[word] = self._state(nodes) if nodes else None
        return state.after[word]

    def _state(self, nodes: Iterable[_Node]) -> _State:
        everywhere = frozenset(_with_skips(nodes))
        if everywhere not in self._states:
            endings = [ending for node in everywhere for ending in node.endings]
            self._states[everywhere] = _State(everywhere, _weightiest(endings))
        return self._states[everywhere]


def _plant(node: _Node, phrase: str, language: Language) -> _Node:
    """Grow the path of a phrase from a node; the node at its end. Phrases that begin alike share it."""
    for item in _items(phrase):
        if item not in node.after:
            node.after[item] = _Node()
            _connect(node, node.after[item], item, language)
        node = node.after[item]
    return node


def _connect(node: _Node, target: _Node, item: str, language: Language) -> None:
    single, several = language.alternatives(item)
    if single:
        node.edges.append((single, target))
    for phrase in several:
        beginning = _Node()
        end = _plant(beginning, phrase, language)
        node.skips.append(beginning)
        end.skips.append(target)
    if item.endswith("?"):
        node.skips.append(target)


def _items(phrase: str) -> Iterator[str]:
    """The items of a phrase, a gap spelled out."""
    for item in phrase.split():
        yield from _GAP if item.startswith("..") else (item,)


def _with_skips(nodes: Iterable[_Node]) -> set[_Node]:
    found, waiting = set(), list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += node.skips
    return found


def _words_below(node: _Node, seen: set[int]) -> Iterator[str]:
    if id(node) not in seen:
        seen.add(id(node))
        for words, below in node.edges:
            yield from words
            yield from _words_below(below, seen)
        for below in node.skips:
            yield from _words_below(below, seen)


# Of phrases as long as each other, these are the more exact: the others hold names, which may be any word.
_ORDER = [Ground.ORDINARY, Ground.HELP, *Ground]


def _weightiest(endings: list[tuple[Ground, str]]) -> tuple[Ground, tuple[str, ...]] | None:
    if not endings:
        return None
    ground = min((ground for ground, _ in endings), key=_ORDER.index)
    return ground, tuple(sorted({code for said, code in endings if said is ground}))

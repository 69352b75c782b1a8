"""Phrases as tables write them, and finding them among the words of a text.

A table is lines of phrases. In a phrase, small letters are words, CAPITALS name a list of words, ``/``
divides alternatives, ``?`` marks what may be missing, ``*`` is any word, ``..`` is up to three of any words,
and ``^`` and ``$`` are the ends of a clause: ``DONT CONTACT ME`` or ``^ stop $``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

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
# What an item of a phrase may be, as ``Language.alternatives`` tells it.
Alternatives = Callable[[str], tuple[Words, list[str]]]
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


class Match(NamedTuple):
    """A phrase found at ``start`` to ``end`` of the words."""

    ground: Ground
    start: int
    end: int
    languages: tuple[str, ...]

    def counted_from(self, place: int) -> "Match":
        """The same among the words from that place on."""
        return Match(self.ground, self.start - place, self.end - place, self.languages)


@dataclass(slots=True, eq=False)
class _Node:
    """A place between two items of phrases that begin alike."""

    after: dict[str, "_Node"] = field(default_factory=dict)
    edges: list[tuple[Words, "_Node"]] = field(default_factory=list)
    skips: list["_Node"] = field(default_factory=list)
    endings: list[tuple[Ground, str]] = field(default_factory=list)


class _State(dict[str, "_State | None"]):
    """All nodes that the words read so far lead to, the weightiest phrase that ends here, and the state that
    each next word leads to, if any, worked out when it is first read.
    """

    __slots__ = ("_book", "ending", "nodes")

    def __init__(self, book: "Phrasebook", nodes: frozenset[_Node]) -> None:
        self._book = book
        self.nodes = nodes
        self.ending = _weightiest([ending for node in nodes for ending in node.endings])

    def __missing__(self, word: str) -> "_State | None":
        if word not in self._book.vocabulary and word != _OTHER:
            # What strangers write must not fill the memory: all words that no phrase holds are one.
            return self[_OTHER]
        self[word] = self._book.state_after(self, word)
        return self[word]


class Phrasebook:
    """All phrases of some languages. Finding takes time in proportion to the number of words."""

    def __init__(self, languages: Iterable[Language]) -> None:
        root = _Node()
        for language in languages:
            beginning = _Node()
            root.skips.append(beginning)
            # A list is named in many phrases; its words are one set, made once.
            alternatives = cache(language.alternatives)
            for ground, phrase in language.phrases():
                _plant(beginning, phrase, alternatives).endings.append((ground, language.code))
        self.vocabulary = _vocabulary(root)
        # States are made when first reached: few of the possible ones ever are.
        self._states: dict[frozenset[_Node], _State] = {}
        self._start = self._state({root})
        # Any word may be the first of a text, and to look through all beginnings for it takes 1 ms.
        self._beginnings = _edges_by_word(self._start.nodes)

    def find(self, words: Sequence[str]) -> list[Match]:
        """The longest phrase that begins at each word.

        What a phrase covers is not read again, so "don't stop" hides its "stop"; save that a mere hint to a
        person hides nothing.
        """
        matches: list[Match] = []
        read = 0
        start = self._start
        for place, (word, following) in enumerate(pairwise(words)):
            # Nearly all phrases that may begin here end with the next word, and most without a match.
            state = start[word]
            if state is None or place < read or (state[following] is None and not state.ending):
                continue
            match = self._longest(words, place)
            if match:
                matches.append(match)
                if match.ground not in HINTS:
                    read = match.end
        return matches

    def find_whole(self, words: Sequence[str]) -> Match | None:
        """The phrase that consists of all these words."""
        match = self._longest(words, 0)
        return match if match and match.end == len(words) else None

    def _longest(self, words: Sequence[str], start: int) -> Match | None:
        ending, end, state, place = None, start, self._start, start
        for word in words[start:]:
            following = state[word]
            if following is None:
                break
            place += 1
            if following.ending:
                ending, end = following.ending, place
            state = following
        return Match(ending[0], start, end, ending[1]) if ending else None

    def state_after(self, state: _State, word: str) -> _State | None:
        """Where a word leads from a state; the states keep it."""
        if state is self._start and word != END_OF_CLAUSE:
            nodes = self._beginnings.get(word, set()) | self._beginnings.get(_OTHER, set())
        else:
            nodes = {below for node in state.nodes for wanted, below in node.edges if word in wanted}
        return self._state(nodes) if nodes else None

    def _state(self, nodes: Iterable[_Node]) -> _State:
        everywhere = frozenset(_with_skips(nodes))
        if everywhere not in self._states:
            self._states[everywhere] = _State(self, everywhere)
        return self._states[everywhere]


def _plant(node: _Node, phrase: str, alternatives: Alternatives) -> _Node:
    """Grow the path of a phrase from a node; the node at its end. Phrases that begin alike share it."""
    for item in _items(phrase):
        if item not in node.after:
            node.after[item] = _Node()
            _connect(node, node.after[item], item, alternatives)
        node = node.after[item]
    return node


def _connect(node: _Node, target: _Node, item: str, alternatives: Alternatives) -> None:
    single, several = alternatives(item)
    if single:
        node.edges.append((single, target))
    for phrase in several:
        beginning = _Node()
        end = _plant(beginning, phrase, alternatives)
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


def _vocabulary(root: _Node) -> frozenset[str]:
    """All words that the phrases below a node hold."""
    seen, waiting, words = set[_Node](), [root], set[str]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += node.skips
            for wanted, below in node.edges:
                words |= wanted
                waiting.append(below)
    return frozenset(words)


def _edges_by_word(nodes: Iterable[_Node]) -> Mapping[str, set[_Node]]:
    """The nodes that each word leads to. Under ``_OTHER`` stand those that every word does."""
    found = defaultdict[str, set[_Node]](set)
    for node in nodes:
        for wanted, below in node.edges:
            for word in wanted:
                found[word].add(below)
    return found


# Of phrases as long as each other, these are the more exact: the others hold names, which may be any word.
_ORDER = [Ground.ORDINARY, Ground.HELP, *Ground]


def _weightiest(endings: list[tuple[Ground, str]]) -> tuple[Ground, tuple[str, ...]] | None:
    if not endings:
        return None
    ground = min((ground for ground, _ in endings), key=_ORDER.index)
    return ground, tuple(sorted({code for said, code in endings if said is ground}))

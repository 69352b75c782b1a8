"""Writes the figures of docs/consent.md from the labelled replies; ``make fix`` runs it."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from leadline.rules.grounds import ReplyKind
from leadline.rules.replies import classify_reply
from tests.contracts.tree import DOCS, ROOT

PAGE = DOCS / "consent.md"
CORPUS = ROOT / "tests" / "data" / "replies.jsonl"
BEGIN, END = "<!-- written by make fix: begin -->", "<!-- written by make fix: end -->"


@dataclass(frozen=True, slots=True)
class Reply:
    """One labelled reply of the corpus."""

    text: str
    label: ReplyKind
    language: str
    about: str
    opted_out: bool

    def read_as(self) -> ReplyKind:
        """What the rules make of it."""
        return classify_reply(self.text, opted_out=self.opted_out).kind


def corpus() -> list[Reply]:
    """Every labelled reply."""
    rows = map(json.loads, CORPUS.read_text().splitlines())
    return [
        Reply(row["text"], ReplyKind(row["label"]), row["lang"], row["kind"], row.get("opted_out", False))
        for row in rows
    ]


def matrix(replies: Iterable[Reply]) -> Counter[tuple[ReplyKind, ReplyKind]]:
    """How many replies of each label were read as what."""
    return Counter((reply.label, reply.read_as()) for reply in replies)


def share(
    counts: Counter[tuple[ReplyKind, ReplyKind]], label: ReplyKind, *, read_as: set[ReplyKind]
) -> float:
    """The part of a label's replies that were read as one of these; 0 to 1."""
    of_label = {kind: counts[label, kind] for kind in ReplyKind}
    return sum(of_label[kind] for kind in read_as) / sum(of_label.values())


def rendered(page: str) -> str:
    """The page with its figures as they are; everything around them stays."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


def table() -> str:
    """The matrix as a table: one row for each label."""
    counts = matrix(corpus())
    head = ["label", "replies", *(f"read as {kind}" for kind in ReplyKind)]
    rows = [
        [
            f"`{label}`",
            str(sum(counts[label, kind] for kind in ReplyKind)),
            *(str(counts[label, kind]) for kind in ReplyKind),
        ]
        for label in ReplyKind
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text()))
    print(table())  # noqa: T201 - printing the matrix is what it is run for.

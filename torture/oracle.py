"""The oracle: what the simulator accepted, which is the truth, compared with what the database says.

Every question must have no answer. It is asked when all has come to rest, a day later by the texts' own time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from torture.installation import Installation
from torture.pretence import Entry

# What these say is "not sent", or "not yet".
_NOT_SENT = frozenset({"queued", "rejected", "refused", "canceled"})
_UNDER_WAY = frozenset({"queued", "posting", "in_doubt"})


@dataclass(frozen=True, slots=True)
class Text:
    """A text of ours as the database has it."""

    state: str
    sid: str | None


@dataclass(frozen=True, slots=True)
class Books:
    """Both sides. ``text_of`` is the text of each attempt's token."""

    texts: Mapping[int, Text]
    text_of: Mapping[str, int]
    ledger: Sequence[Entry]
    acknowledged: frozenset[int]

    @property
    def entries(self) -> list[tuple[int, Entry]]:
        """The ledger with the texts it is about."""
        return [(self.text_of[entry.token], entry) for entry in self.ledger if entry.token in self.text_of]


def judge(here: Installation, acknowledged: Iterable[int] = ()) -> list[str]:
    """Every violation, in words. ``acknowledged`` are the ids that callers were told."""
    books = read(here, acknowledged)
    found = [f"{question}: {', '.join(map(str, sorted(guilty)))}" for question, guilty in asked(books)]
    return found + integrity(here)


def read(here: Installation, acknowledged: Iterable[int] = ()) -> Books:
    """Both sides as they are now; the ledger first, so that nothing can be in it that has no row yet."""
    ledger = here.pretence.ledger()
    texts = here.database.rows("SELECT id, state, twilio_sid FROM messages WHERE direction = 'outbound'")
    return Books(
        texts={message_id: Text(state, sid) for message_id, state, sid in texts},
        text_of=dict(here.database.rows("SELECT token, message_id FROM attempts")),
        ledger=ledger,
        acknowledged=frozenset(acknowledged),
    )


def asked(books: Books) -> list[tuple[str, list[int | str]]]:
    """Each question that has an answer, with the texts or SIDs it is about."""
    answers = [(question, list(ask(books))) for question, ask in QUESTIONS.items()]
    return [(question, guilty) for question, guilty in answers if guilty]


def _accepted_twice(books: Books) -> Iterable[int]:
    times = Counter(text for text, _ in books.entries)
    return (text for text, count in times.items() if count > 1)


def _sent_without_an_attempt(books: Books) -> Iterable[str]:
    return (entry.sid for entry in books.ledger if entry.token not in books.text_of)


def _lost(books: Books) -> Iterable[int]:
    return books.acknowledged - books.texts.keys()


def _not_at_rest(books: Books) -> Iterable[int]:
    return (text for text, known in books.texts.items() if known.state in _UNDER_WAY)


def _sent_but_shown_as_not_sent(books: Books) -> Iterable[int]:
    return {text for text, _ in books.entries if books.texts[text].state in _NOT_SENT}


def _shown_as_sent_without_proof(books: Books) -> Iterable[int]:
    sids = {(text, entry.sid) for text, entry in books.entries}
    accepted = ((text, known.sid) for text, known in books.texts.items() if known.state == "accepted")
    return (text for text, sid in accepted if (text, sid) not in sids)


def _never_found_out(books: Books) -> Iterable[int]:
    return {text for text, _ in books.entries if books.texts[text].state != "accepted"}


QUESTIONS: Mapping[str, Callable[[Books], Iterable[int | str]]] = {
    "accepted by Twilio more than once": _accepted_twice,
    "sent with no attempt on record": _sent_without_an_attempt,
    "acknowledged and not there": _lost,
    "still waiting or under way": _not_at_rest,
    "sent, and shown as not sent": _sent_but_shown_as_not_sent,
    "shown as accepted with no such SID at Twilio": _shown_as_sent_without_proof,
    "sent, and not found out in a day": _never_found_out,
}


def integrity(here: Installation) -> list[str]:
    """SQLite looks at every page and index; PostgreSQL has no such question."""
    if here.database.kind != "sqlite":
        return []
    said = [row[0] for row in here.database.rows("PRAGMA integrity_check")]
    broken = here.database.rows("PRAGMA foreign_key_check")
    return [f"integrity_check: {words}" for words in said if words != "ok"] + [
        f"foreign_key_check: {row}" for row in broken
    ]

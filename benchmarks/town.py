"""A town to look through: leads, conversations and texts as they are after two years, drawn from a seed.

Skewed as in life: a few threads go on for thousands of texts and most end after some, a few words are in
every other text and most in a handful. Written as rows in bulk, since a million texts take an hour to be
queued and received one by one; of each is stored what the product would have stored.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from leadline import accounts

SEED = 5
NOW = 1_790_000_000_000_000  # microseconds, September 2026
DAY = 86_400_000_000
LATER = 4_000_000_000_000_000  # far ahead of whoever measures
ADMIN, AGENT = 1, 2
TEAMS, AGENTS = 4, 40
RARE = "quillwort"
RARELY = 3

GIVEN = [
    "Lena", "Tomasz", "Ana", "Siobhán", "Marcus", "Priya", "Jo", "Dragan", "Kenji", "Ruth", "Ifeoma",
    "Beatriz", "Åsa", "Łukasz", "Zoë", "Mahmoud", "Wei", "Olga", "Pedro", "Anna", "James", "Mary",
    "Luis", "Fatima", "Noor",
]  # fmt: skip
ENDS = ["son", "ez", "ski", "ova", "mann", "sen", "elli", "wright", "field", "ford", "berg", "ström"]
TRADES = ["Bakery", "Roofing", "Realty", "Motors", "Dental", "Garden", "Solar", "Law"]
COMMON = [
    "the", "you", "i", "to", "a", "and", "it", "is", "for", "can", "we", "at", "on", "that", "in",
    "will", "of", "have", "do", "your", "be", "me", "my", "this", "are", "what", "time", "so", "not",
    "if", "but", "with", "how", "just", "no", "call", "ok", "yes", "thanks", "tomorrow", "good", "roof",
    "when", "see", "get", "there", "morning", "price", "please", "now", "would", "send", "work",
    "today", "know", "like", "about", "from", "out", "back", "come", "house", "need", "solar", "week",
    "panel", "look", "text", "talk", "free", "afternoon", "appointment", "later", "great", "estimate",
    "invoice", "question", "street", "number", "battery", "inverter", "install",
]  # fmt: skip
ABROAD = ("später", "mañana", "zażółć", "крыша", "太阳能", "مرحبا", "straße", "façade", "שלום", "👍", "🙏🌞")
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "gra", "ple", "sto", "wen", "yar")


@dataclass(frozen=True, slots=True)
class Town:
    """How many there are, the cookies of who looks, and the longest thread with its texts from old to new."""

    leads: int
    conversations: int
    messages: int
    cookies: dict[str, str]
    longest: int
    texts: tuple[int, ...]


def build(file: Path, *, leads: int, conversations: int, messages: int) -> Town:
    """Fill the tables of a new SQLite database."""
    drawn = Random(SEED)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        cookies = _team(connection)
        _leads(connection, drawn, leads)
        lasts = _messages(connection, drawn, conversations, messages)
        _conversations(connection, drawn, lasts)
        _insert(connection, "messages", TEXT, _later(conversations))
        for statement in REST:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        texts = connection.execute("SELECT id FROM messages WHERE conversation_id = 1 ORDER BY id").fetchall()
    return Town(leads, conversations, messages, cookies, 1, tuple(key for (key,) in texts))


def phone(number: int) -> str:
    """The number of that lead, and of the conversation with the same position."""
    area = (303, 720, 602, 415, 212, 508)[number % 6]
    return f"+1{area}{2_000_000 + number * 7919 % 7_999_999}"


def _insert(connection: sqlite3.Connection, table: str, names: str, rows: Any) -> None:
    places = ", ".join("?" * len(names.split(", ")))
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  Ours.


def _team(connection: sqlite3.Connection) -> dict[str, str]:
    teams = [(team, f"Team {team}", NOW) for team in range(1, TEAMS + 1)]
    _insert(connection, "teams", "id, name, created_at", teams)
    users: list[tuple[Any, ...]] = [(ADMIN, "Alice Moreau", "alice@example.com", "admin", None, NOW)]
    users += [
        (user, f"Agent {user}", f"agent{user}@example.com", "agent", _team_of(user), NOW)
        for user in range(AGENT, AGENTS + AGENT)
    ]
    _insert(connection, "users", "id, name, email, role, team_id, created_at", users)
    secrets = {"admin": (ADMIN, "a" * 40), "agent": (AGENT, "b" * 40)}
    sessions = [(user, accounts.digest(secret), NOW, NOW + 9000 * DAY) for user, secret in secrets.values()]
    _insert(connection, "sessions", "user_id, token_hash, created_at, expires_at", sessions)
    return {name: f"leadline={secret}" for name, (_, secret) in secrets.items()}


def _team_of(user: int) -> int:
    return user % TEAMS + 1


def _leads(connection: sqlite3.Connection, drawn: Random, count: int) -> None:
    names = "name, phone, company, email, stage, owner_id, fields, created_at, updated_at"
    _insert(connection, "leads", names, (_lead(drawn, number) for number in range(1, count + 1)))


def _lead(drawn: Random, number: int) -> tuple[Any, ...]:
    given = drawn.choice(GIVEN)
    family = "".join(drawn.choices(SYLLABLES, k=2)).capitalize() + drawn.choice(ENDS)
    company = f"{family} {drawn.choice(TRADES)}" if drawn.random() < 0.4 else None
    email = f"{given}.{family}{number}@example.org".lower() if drawn.random() < 0.5 else None
    owner = drawn.randint(AGENT, AGENTS + 1) if drawn.random() < 0.6 and number % 10 != 1 else None
    at = NOW - drawn.randint(0, 730) * DAY
    return (f"{given} {family}", phone(number), company, email, "contacted", owner, "{}", at, at)


def _sizes(conversations: int, messages: int) -> list[int]:
    """How many texts each conversation has: the first has one in a hundred or so of all."""
    weights = [(rank + 5) ** -0.9 for rank in range(conversations)]
    left = messages - conversations
    total = sum(weights)
    sizes = [1 + int(left * weight / total) for weight in weights]
    sizes[0] += messages - sum(sizes)
    return sizes


@dataclass(frozen=True, slots=True)
class Last:
    """The last text of a conversation."""

    at: int
    body: str
    is_theirs: bool


def _messages(
    connection: sqlite3.Connection, drawn: Random, conversations: int, messages: int
) -> dict[int, Last]:
    """Write the texts in the order they came; the last one of each conversation."""
    moments = sorted(_moments(drawn, _sizes(conversations, messages)))
    bodies = _bodies(drawn)
    lasts: dict[int, Last] = {}

    def rows() -> Iterator[tuple[Any, ...]]:
        for number, (at, thread) in enumerate(moments):
            body = drawn.choice(bodies)
            if number % (messages // RARELY) == 1:
                body = f"{body} {RARE}"
            lasts[thread] = Last(at, body, drawn.random() < 0.45)
            yield _text(drawn, number, thread, lasts[thread])

    _insert(connection, "messages", TEXT, rows())
    return lasts


def _moments(drawn: Random, sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """When each text came, and in which conversation."""
    for thread, size in enumerate(sizes, 1):
        last = NOW - int(drawn.random() ** 2 * 700 * DAY)
        first = last - int((0.02 + min(size / 200, 1)) * 30 * DAY)
        for _ in range(size):
            yield drawn.randint(first, last), thread


TEXT = (
    "conversation_id, lead_id, sender_id, direction, number, body, media_urls, segments, category, state,"
    " status, rank, error_code, twilio_sid, idempotency_key, created_by, priority, tries, looks, due_at,"
    " not_before, created_at, closed_at"
)


def _text(drawn: Random, number: int, thread: int, said: Last) -> tuple[Any, ...]:
    at, sid = said.at, f"SM{number:032x}"
    lead = thread if thread % 25 else None
    whose = (thread, lead, 1)
    if said.is_theirs:
        how: tuple[Any, ...] = ("received", "received", 0, 0, sid, None, "lead", 0, 0)
        return (
            *whose,
            "inbound",
            phone(thread),
            said.body,
            "[]",
            1,
            "conversational",
            *how,
            0,
            at,
            at,
            at,
            at,
        )
    has_failed = drawn.random() < 0.03
    status = ("undelivered", 6, 30005) if has_failed else ("delivered", 6, 0)
    how = ("accepted", *status, sid, f"town:{number}", f"user:{drawn.randint(AGENT, AGENTS + 1)}", 0, 1)
    return (*whose, "outbound", phone(thread), said.body, "[]", 1, "conversational", *how, 0, at, at, at, at)


def _bodies(drawn: Random, count: int = 40_000) -> list[str]:
    """Texts of three to thirty words, by how often words are used."""
    tail = ["".join(drawn.choices(SYLLABLES, k=drawn.randint(2, 4))) for _ in range(6_000)]
    known = [*COMMON, *tail, *ABROAD]
    weights = [*((rank + 2) ** -1.0 for rank in range(len(known) - len(ABROAD))), *(0.0005 for _ in ABROAD)]
    heaped = list(accumulate(weights))
    return [" ".join(drawn.choices(known, cum_weights=heaped, k=drawn.randint(3, 30))) for _ in range(count)]


CONVERSATION = (
    "id, number, consent, review_since, unread, last_at, last_text, assignee_id, team_id, waiting_since,"
    " failed_id, closed_at, created_at"
)


def _conversations(connection: sqlite3.Connection, drawn: Random, lasts: dict[int, Last]) -> None:
    rows = (_conversation(drawn, thread, lasts[thread]) for thread in sorted(lasts))
    _insert(connection, "conversations", CONVERSATION, rows)


def _conversation(drawn: Random, thread: int, last: Last) -> tuple[Any, ...]:
    consent = drawn.choices(("none", "opted_in", "opted_out"), weights=(70, 25, 5))[0]
    closed = last.at + 3_600_000_000 if drawn.random() < 0.44 else None
    # Everybody sees some, the longest thread among them, so that who looks can be compared.
    is_somebodys = thread % 10 != 1
    assignee = drawn.randint(AGENT, AGENTS + 1) if is_somebodys and drawn.random() < 0.75 else None
    team = _team_of(assignee) if assignee else drawn.choice((None, None, 1, 2, 3, 4))
    if not is_somebodys:
        team = None
    waits = last.at if last.is_theirs and closed is None else None
    return (
        thread,
        phone(thread),
        consent,
        last.at if drawn.random() < 0.01 else None,
        drawn.randint(1, 4) if waits and drawn.random() < 0.2 else 0,
        last.at,
        last.body[:140],
        assignee,
        team,
        waits,
        1 if not last.is_theirs and drawn.random() < 0.05 else None,
        closed,
        last.at,
    )


# What the gate said of each text of ours, the one attempt that each took, notes, and texts for later.
REST = (
    """INSERT INTO decisions (message_id, asked_at, asked_when, answer)
    SELECT id, created_at, 'claim', '{"verdict": "allowed", "reasons": []}' FROM messages
    WHERE direction = 'outbound' ORDER BY id""",
    """INSERT INTO attempts (message_id, decision_id, token, worker, started_at, lease_until, outcome,
      http_status, error_code, twilio_sid, resolved_by, looks, is_double, closed_at)
    SELECT message_id, decisions.id, printf('%032x', message_id), 'town', asked_at, asked_at, 'accepted',
      201, 0, twilio_sid, 'answer', 0, 0, asked_at
    FROM decisions JOIN messages ON messages.id = message_id ORDER BY decisions.id""",
    """INSERT INTO entries (conversation_id, kind, author, body, at)
    SELECT conversation_id, 'note', 'user:2', body, created_at FROM messages WHERE id % 40 = 0 ORDER BY id""",
)


def _later(conversations: int) -> Iterator[tuple[Any, ...]]:
    """One conversation in fifty has a text that leaves much later."""
    for thread in range(50, conversations + 1, 50):
        due = LATER + thread % 7 * DAY
        how = ("queued", None, 0, 0, None, f"town:later:{thread}", "user:2", 0, 0, 0, due, due, NOW, None)
        yield (thread, None, 1, "outbound", phone(thread), "See you", "[]", 1, "conversational", *how)

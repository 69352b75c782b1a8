"""Everything of Leadline's own that the suite runs or asks: the one place to change when Leadline does.

``python -m benchmarks.ours prepare|send|claim`` is run by the suite, each in a process of its own.
"""

import argparse
import json
import sys
from collections.abc import Mapping

from benchmarks.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL

# Empty until there is such a command; the suite then says that it was not measured.
SERVE: tuple[str, ...] = ()
HELP: tuple[str, ...] = ()

VERIFY_ONLY = "benchmarks.peers.verify_only:create_app"

VARIABLES: Mapping[str, str] = {
    "LEADLINE_DATABASE_URL": "{database}",
    "LEADLINE_PUBLIC_URL": PUBLIC_URL,
    "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO_PHONE_NUMBER": OUR_NUMBER,
    "LEADLINE_LOG_LEVEL": "warning",
}
SCHEMES: Mapping[str, str | None] = {"sqlite": None, "postgresql": None}

# By kind of webhook: how many distinct messages were stored.
ROWS: Mapping[str, str] = {}

# Whether the verbs below do their work yet.
WIRED: frozenset[str] = frozenset()


def prepare(database_url: str) -> None:
    """Make the tables, and the messages that the status reports speak of."""
    raise NotImplementedError


def send(database_url: str, api_url: str, *, messages: int, concurrency: int) -> dict[str, float]:
    """Queue that many messages, then let the worker send them all.

    Answers with "seconds" from the first claim to the last durable outcome, "sent" and "cpu" seconds.
    """
    raise NotImplementedError


def claim(database_url: str, *, queued: int, claims: int) -> dict[str, float]:
    """Queue that many messages, then claim some in the worker's batches.

    Answers with "microseconds" a claimed row.
    """
    raise NotImplementedError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("prepare").add_argument("database")
    sending = verbs.add_parser("send")
    sending.add_argument("database")
    sending.add_argument("api")
    sending.add_argument("--messages", type=int, required=True)
    sending.add_argument("--concurrency", type=int, required=True)
    claiming = verbs.add_parser("claim")
    claiming.add_argument("database")
    claiming.add_argument("--queued", type=int, required=True)
    claiming.add_argument("--claims", type=int, required=True)
    given = parser.parse_args()
    if given.verb == "prepare":
        prepare(given.database)
    elif given.verb == "send":
        answer = send(given.database, given.api, messages=given.messages, concurrency=given.concurrency)
        json.dump(answer, sys.stdout)
    else:
        json.dump(claim(given.database, queued=given.queued, claims=given.claims), sys.stdout)


if __name__ == "__main__":
    main()

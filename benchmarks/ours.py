"""What the suite knows of Leadline: its commands, its environment, how its rows are counted."""

from collections.abc import Mapping
from importlib.util import find_spec

from harness.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, PUBLIC_URL

LEADLINE = ("{python}", "-m", "leadline")
SERVE = (*LEADLINE, "serve", "--host", "127.0.0.1", "--port", "{port}")

VARIABLES: Mapping[str, str] = {
    "LEADLINE_DATABASE_URL": "{database}",
    "LEADLINE_PUBLIC_URL": PUBLIC_URL,
    "LEADLINE_LOG_LEVEL": "warning",
    "LEADLINE_SENDER_RATE": "0",
    # Nothing listens there: only sending may call an API, and is given the fake's address.
    "TWILIO_API_BASE_URL": "http://127.0.0.1:9",
    "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
    "TWILIO_PHONE_NUMBER": OUR_NUMBER,
}

# No SQLAlchemy driver is named: which one serves a plain URL is for Leadline to know.
SCHEMES: Mapping[str, str | None] = {}

# By kind of webhook: how many distinct messages were stored.
ROWS: Mapping[str, str] = {
    "status": "SELECT count(DISTINCT twilio_sid) FROM evidence WHERE kind = 'report'",
    "inbound": "SELECT count(*) FROM messages WHERE direction = 'inbound'",
}
SENT = "SELECT count(DISTINCT twilio_sid) FROM messages WHERE state = 'accepted'"
ATTEMPTS = "SELECT count(*) FROM attempts"

# The module without which a part cannot be measured.
_NEEDS: Mapping[str, str] = {
    "serve": "leadline.cli",
    "nothing": "leadline.rules.template",
    "send": "leadline.attachments",
    "claim": "leadline.attachments",
}


def is_there(part: str) -> bool:
    """Whether this tree has what "serve", "nothing", "send" or "claim" needs."""
    return has(_NEEDS[part])


def has(module: str) -> bool:
    """Whether this tree has that module; imports nothing but the packages above it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False

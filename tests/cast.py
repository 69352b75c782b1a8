"""The people and numbers that every test speaks of.

The numbers are from the 555-01xx range, which is kept free for fiction, but for OUR_NUMBER: Twilio's test
credentials accept it as a sender (https://www.twilio.com/docs/iam/test-credentials).
"""

from dataclasses import dataclass

OUR_NUMBER = "+15005550006"
ACCOUNT_SID = "AC" + "0123456789abcdef" * 2
AUTH_TOKEN = "fedcba98" * 4


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the sales team."""

    name: str
    email: str
    role: str
    team: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the team texts."""

    name: str
    phone: str


ALICE = Member("Alice", "alice@example.com", role="admin", team="North")
BOB = Member("Bob", "bob@example.com", role="agent", team="North")
CHARLIE = Member("Charlie", "charlie@example.com", role="agent", team="South")

LENA = Person("Lena", "+13035550142")

"""Who did something, in words: what ``created_by``, ``actor`` and the like hold."""

from collections.abc import Iterable
from typing import Self

from leadline.store.tokens import Token
from leadline.store.users import User
from leadline.web.pages.words import AUTHORS

_OTHERS = {"system": "Leadline", "lead": "The lead", "twilio": "Twilio"}


class Names:
    """Actor to name: user:3 is Bob, token:7 is the API token crm, cli is the command line."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    @classmethod
    def of(cls, users: Iterable[User], tokens: Iterable[Token] = ()) -> Self:
        """The names of these, and of what is no person."""
        return cls(
            {f"user:{user.id}": user.name for user in users}
            | {f"token:{token.id}": f"API token {token.name}" for token in tokens}
        )

    def __getitem__(self, actor: str) -> str:
        kind = actor.partition(":")[0]
        return self._names.get(actor) or AUTHORS.get(kind) or _OTHERS.get(kind) or actor

"""What all conversations' pages of one moment have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from leadline.store import senders, tags, teams, users
from leadline.store.database import Transaction
from leadline.store.teams import Team
from leadline.store.users import User


@dataclass(frozen=True, slots=True)
class Common:
    """Everybody who may be given something, or was; our numbers by their ids; and the tags in use. Where many
    pages are told at once it is read for all of them together.
    """

    users: Sequence[User]
    teams: Sequence[Team]
    senders: Mapping[int, str]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, tx: Transaction) -> Self:
        """As it is now."""
        return cls(
            users.everyone(tx),
            teams.everyone(tx),
            {sender.id: sender.address for sender in senders.everyone(tx)},
            tuple(tags.known(tx)),
        )

    @property
    def names(self) -> dict[str, str]:
        """By user:3 and team:2."""
        named = {f"user:{user.id}": user.name for user in self.users}
        return named | {f"team:{team.id}": team.name for team in self.teams}

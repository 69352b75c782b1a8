"""Numbers of erased people: only a keyed hash of each is left, enough to know the number when it comes again.

There are ten thousand million phone numbers, so a plain hash of one is undone within minutes. The key is kept
in the database, not in the settings: who loses a setting would text people who had said stop, and a backup
must know them too. It protects what leaves the database, such as a proof or a log; who has a copy of the
whole database has the key as well.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from sqlalchemy import select, update

from leadline.store import schema
from leadline.store.database import Transaction

installation = schema.installation

PREFIX = "erased:"


def is_pseudonym(number: str) -> bool:
    """Whether that is what is left of a number."""
    return number.startswith(PREFIX)


def pseudonyms(tx: Transaction, numbers: Iterable[str]) -> dict[str, str]:
    """What each number would be called, had it been erased. Empty while nobody has ever been erased."""
    key = tx.scalar(select(installation.c.erasure_key))
    if key is None:
        return {}
    return {number: _pseudonym(number, key) for number in numbers if not is_pseudonym(number)}


def new_pseudonym(tx: Transaction, number: str) -> str:
    """What the number is called from now on; makes the key when it is the first. The installation's row has
    to be there.
    """
    if tx.scalar(select(installation.c.erasure_key)) is None:
        tx.execute(
            update(installation)
            .where(installation.c.erasure_key.is_(None))
            .values(erasure_key=secrets.token_hex(32))
        )
    return pseudonyms(tx, [number])[number]


def _pseudonym(number: str, key: str) -> str:
    return PREFIX + hmac.new(bytes.fromhex(key), number.encode(), hashlib.sha256).hexdigest()

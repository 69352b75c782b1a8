"""Passwords: kept as argon2id, so that who reads the database has years of work for each.

Hashing takes 46 MB and a tenth of a second of one core, on purpose. Never do it in a transaction, or many at
once; ``web`` keeps to two.
"""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from leadline.rules import password as rules

# The first of the choices that resist graphics cards alike:
# https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id
_hasher = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)


def hashed(password: str) -> str:
    """What is stored of a password that ``rules.password.check`` took."""
    return _hasher.hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether it is the password. Where nothing is stored it takes as long and is wrong, so that nobody
    learns by waiting who has a password here.
    """
    try:
        _hasher.verify(stored or _nobodys(), rules.plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_weak(stored: str) -> bool:
    """Whether it was hashed with less work than is asked for by now."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe())

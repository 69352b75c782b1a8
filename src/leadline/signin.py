"""Signing in: by a link that works once, or by password, and with a code where there is a second factor.

A try counts as failed before it is looked at, and stops counting when it succeeds: so many at once are as
many as one after the other.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leadline import sessions
from leadline.accounts import EMAIL_LENGTH, LINK_LASTS, add_user, digest, new_secret
from leadline.errors import InvalidInput, TooManyTries
from leadline.rules import password as rules
from leadline.rules import totp
from leadline.sessions import NOWHERE, Origin
from leadline.store import audit, users
from leadline.store import sessions as store
from leadline.store.database import Transaction
from leadline.store.sessions import Session
from leadline.store.users import User

# So many tries of one account, or from one address, may fail within so long. An address may be an office.
WITHIN = timedelta(minutes=15)
AT_MOST = {"account": 5, "code": 5, "address": 20}
# A password was right: for so long its code is waited for.
TICKET_LASTS = timedelta(minutes=10)
# Who came in by a link so recently may set a password without the old one.
LINK_IS_FRESH = timedelta(hours=1)
SECRET_BYTES = 20


class Door(StrEnum):
    """What came of a try."""

    ENTERED = "entered"
    CODE_NEEDED = "code_needed"
    WRONG_CODE = "wrong_code"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try; ``secret`` is the session's, or the ticket's to come back with and a code."""

    door: Door
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was let through to be looked at, and counts as failed until it succeeds."""

    user: User | None
    password_hash: str | None
    noted: tuple[int, ...]


REFUSED = Answer(Door.REFUSED)


def make_link(
    tx: Transaction, user_id: int, *, lasts: timedelta = LINK_LASTS, actor: str | None = None, now: datetime
) -> str:
    """The secret part of a link that signs this user in once, within a day. ``actor`` is who asked for it."""
    secret = new_secret()
    store.add_link(tx, user_id, digest(secret), expires_at=now + lasts, now=now)
    if actor is not None:
        audit.add(tx, actor=actor, action="user.link", subject=f"user:{user_id}", now=now)
    return secret


def user_of_link(tx: Transaction, secret: str, *, now: datetime) -> User | None:
    """Whom a link would let in; None when it is spent, old or wrong."""
    return store.user_of_link(tx, digest(secret), now=now)


def by_link(
    tx: Transaction, secret: str, *, code: str = "", origin: Origin = NOWHERE, now: datetime
) -> Answer:
    """Spend a sign-in link, or come back with a ticket. A wrong code does not spend it.

    Raises TooManyTries.
    """
    user = user_of_link(tx, secret, now=now)
    if user is None:
        return REFUSED
    if user.has_second_factor:
        if not code.strip():
            return Answer(Door.CODE_NEEDED, secret)
        tried = begin_try(tx, user.email, kind="code", origin=origin, now=now)
        if not take_code(tx, user.id, code, now=now):
            return Answer(Door.WRONG_CODE, secret)
        succeed(tx, tried, now=now)
    if not store.use_link(tx, digest(secret), now=now):
        return REFUSED
    return Answer(Door.ENTERED, sessions.begin(tx, user.id, origin=origin, now=now))


def begin_try(tx: Transaction, email: str, *, kind: str = "account", origin: Origin, now: datetime) -> Try:
    """Count a try ahead of its outcome. ``kind`` is account for a password, or code: they are counted apart,
    so that who only guesses passwords cannot keep out somebody with a link and a code.

    Raises TooManyTries while this account, whether there is one or not, or this address has to wait.
    """
    email = email.replace("\0", "").strip().lower()[:EMAIL_LENGTH]
    counted = [(each, name) for each, name in ((kind, email), ("address", origin.address)) if name]
    for each, name in counted:
        _refuse_too_many(tx, each, name, now=now)
    store.forget_failures_before(tx, now - WITHIN)
    noted = tuple(store.add_failure(tx, each, name, now=now) for each, name in counted)
    user = users.by_email(tx, email)
    known = users.credentials(tx, user.id) if user and user.disabled_at is None else None
    return Try(user, known.password_hash if known else None, noted)


def _refuse_too_many(tx: Transaction, kind: str, name: str, *, now: datetime) -> None:
    store.hold_tries(tx, kind, name)
    failed = store.failed_since(tx, kind, name, since=now - WITHIN)
    if len(failed) >= AT_MOST[kind]:
        raise TooManyTries(failed[AT_MOST[kind] - 1] + WITHIN - now)


def by_password(tx: Transaction, tried: Try, *, origin: Origin = NOWHERE, now: datetime) -> Answer:
    """Let in whose password fitted. It is refused if it was changed, or the user disabled, meanwhile."""
    if tried.user is None:
        return REFUSED
    user = users.by_id(tx, tried.user.id)
    if user.disabled_at or users.credentials(tx, user.id).password_hash != tried.password_hash:
        return REFUSED
    if user.has_second_factor:
        _forget(tx, tried)
        return Answer(Door.CODE_NEEDED, make_link(tx, user.id, lasts=TICKET_LASTS, now=now))
    succeed(tx, tried, now=now)
    return Answer(Door.ENTERED, sessions.begin(tx, user.id, origin=origin, now=now))


def succeed(tx: Transaction, tried: Try, *, now: datetime) -> None:  # noqa: ARG001  As every use case.
    """The try was right: it does not count, and neither do this account's earlier ones any more."""
    if tried.user is not None:
        for kind in ("account", "code"):
            store.forget_failures(tx, kind, tried.user.email)
    _forget(tx, tried)


def _forget(tx: Transaction, tried: Try) -> None:
    for failure_id in tried.noted:
        store.forget_failure(tx, failure_id)


# The first admin


def add_first_admin(tx: Transaction, *, name: str, email: str, origin: Origin, now: datetime) -> str | None:
    """Add the first user and sign them in: the new session's secret, or None when there is a user by now."""
    if users.exist(tx):
        return None
    user = add_user(tx, name=name, email=email, role="admin", actor="first run", now=now)
    return sessions.begin(tx, user.id, origin=origin, now=now)


# Passwords


def needs_old_password(tx: Transaction, user: User, session: Session, *, now: datetime) -> bool:
    """Whether this session has to show the old password to set a new one: not if there is none, and not if
    it has just begun with a link, as for somebody who forgot it.
    """
    if not user.has_password:
        return False
    is_fresh = now - session.created_at <= LINK_IS_FRESH
    return not (is_fresh and store.began_with_link(tx, session, lasting=LINK_LASTS))


def check_password(user: User, password: str, repeated: str) -> str:
    """The new password as it is to be hashed. Raises InvalidInput naming the field."""
    chosen = rules.check(password, name=user.name, email=user.email)
    if rules.plain(repeated) != chosen:
        raise InvalidInput("This is not the same.", field="repeated", code="password_differs")
    return chosen


def set_password(tx: Transaction, user: User, password_hash: str, *, session: Session, now: datetime) -> None:
    """From now on this password lets them in. Their other sessions end, and so do links to come in."""
    users.change(tx, user.id, {"password_hash": password_hash})
    actor = f"user:{user.id}"
    action = "password.change" if user.has_password else "password.set"
    audit.add(tx, actor=actor, action=action, subject=actor, now=now)
    sessions.end_others(tx, user.id, but=session.id, now=now)
    store.end_links(tx, user.id, now=now)


def rehash(tx: Transaction, tried: Try, password_hash: str, *, now: datetime) -> None:  # noqa: ARG001  Likewise.
    """Keep the same password with the work that is asked for by now, unless it was changed meanwhile."""
    if tried.user and users.credentials(tx, tried.user.id).password_hash == tried.password_hash:
        users.change(tx, tried.user.id, {"password_hash": password_hash})


# The second factor


def take_code(tx: Transaction, user_id: int, code: str, *, now: datetime) -> bool:
    """Whether a code is right; each is once."""
    known = users.credentials(tx, user_id)
    step = totp.matching_step(known.totp_secret, code, now=now) if known.totp_secret else None
    return step is not None and users.take_step(tx, user_id, step)


def begin_second_factor(tx: Transaction, user: User) -> None:
    """Make the secret of a second factor that does not count yet. One that counts stays as it is."""
    if users.credentials(tx, user.id).totp_since is None:
        secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
        users.change(tx, user.id, {"totp_secret": secret, "totp_since": None, "totp_step": None})


def confirm_second_factor(tx: Transaction, user: User, code: str, *, now: datetime) -> None:
    """From now on every sign-in needs a code. Raises InvalidInput for a wrong one."""
    if users.credentials(tx, user.id).totp_since is not None:
        return
    if not take_code(tx, user.id, code, now=now):
        raise _wrong_code()
    users.change(tx, user.id, {"totp_since": now})
    actor = f"user:{user.id}"
    audit.add(tx, actor=actor, action="second_factor.on", subject=actor, now=now)


def remove_second_factor(tx: Transaction, user_id: int, *, actor: str, now: datetime) -> None:
    """From now on they come in without a code; for an admin when a phone is lost. Raises NotFound."""
    user = users.by_id(tx, user_id)
    users.change(tx, user_id, {"totp_secret": None, "totp_since": None, "totp_step": None})
    if user.has_second_factor:
        audit.add(tx, actor=actor, action="second_factor.off", subject=f"user:{user_id}", now=now)


def _wrong_code() -> InvalidInput:
    return InvalidInput(
        "This is not the code that the app shows now. Look at its clock, and type the next one.",
        field="code",
        code="code_wrong",
    )

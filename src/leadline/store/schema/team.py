"""Who works here: teams, users, how they come in, programs' tokens, and what was done and chosen."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from leadline.store.columns import Id, Instant, Json
from leadline.store.schema.base import metadata

teams = Table(
    "teams",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),  # admin, agent, viewer
    Column("team_id", ForeignKey("teams.id")),
    Column("password_hash", Text),  # argon2id; null while they come in by link only
    Column("totp_secret", Text),  # of the second factor; it counts from totp_since on
    Column("totp_since", Instant),
    Column("totp_step", BigInteger),  # the last one used: no code lets anybody in twice
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

signin_links = Table(
    "signin_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("last_seen_at", Instant),
    Column("address", Text),  # where it was begun from,
    Column("browser", Text),  # and with what, for whoever looks through their own
)

# Wrong passwords and codes, which make the next try wait; old ones are deleted.
signin_failures = Table(
    "signin_failures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),  # account (a password), code, address
    Column("name", Text, nullable=False),  # an email as it was typed, whether there is such a user or not
    Column("at", Instant, nullable=False),
    Index("ix_signin_failures", "kind", "name", "at"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", ForeignKey("users.id")),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),  # user:3, token:7, cli
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # lead:12
    Column("detail", Json),
)

# What an admin chose on the settings page; the environment wins.
preferences = Table(
    "preferences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # a setting's variable, LEADLINE_OWN_HOURS
    Column("value", Json),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

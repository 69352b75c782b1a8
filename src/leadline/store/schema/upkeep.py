"""What the service notes for its own sake."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint

from leadline.store.columns import Id, Instant
from leadline.store.schema.base import metadata

# What a worker does from time to time: one of several takes it, by moving ``next_at`` on.
chores = Table(
    "chores",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # inbound, catch_up
    Column("next_at", Instant, nullable=False),
    Column("through", Instant, nullable=False),  # what happened until then has been seen to
)

# What the dashboard shows of days that are over, counted once for each time zone that somebody looks from;
# store/figures.py has the kinds. Whose a conversation was is as of the counting.
figures = Table(
    "figures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("zone", Text, nullable=False),
    Column("day", Text, nullable=False),  # there, as 2026-11-22
    Column("team_id", BigInteger),
    Column("assignee_id", BigInteger),
    Column("sender_id", BigInteger),
    Column("template", Text),
    Column("kind", Text, nullable=False),
    Column("value", Integer, nullable=False),  # an error code, or minutes; 0 for the other kinds
    Column("count", Integer, nullable=False),
    Index("ix_figures_day", "zone", "day"),
)

# One row: which database this is, how old, and whether a person must look before anything is sent.
installation = Table(
    "installation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),  # random; tells one database from another
    Column("generation", BigInteger, nullable=False),  # grows with time: a restored one looks old
    Column("beat_at", Instant, nullable=False),  # when it last grew
    Column("held_since", Instant),  # null while texts may leave
    Column("held_because", Text),
    Column("erasure_key", Text),  # turns the number of an erased person into a hash; made when first needed
)

# The last genuine webhook of each kind, to within seconds.
heard = Table(
    "heard",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False, unique=True),  # inbound, status
    Column("last_at", Instant, nullable=False),
)

# Webhooks that were turned away, counted: whoever sends them must not fill the disk.
rejects = Table(
    "rejects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("day", Text, nullable=False),  # in UTC, as 2026-11-22
    Column("reason", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    UniqueConstraint("day", "reason"),
)

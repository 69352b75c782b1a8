"""Every table. Read this package to know the data model; ``store/migrations`` makes it, step by step.

Conventions: rowid tables (a text key as primary key costs 2.7 times as much per upsert on SQLite);
moments are ``Instant``, integer microseconds since the epoch, the same on both databases; ``Json`` is
JSON text; nothing that explains a text to a person or a court is ever deleted or overwritten.
"""

from leadline.store.schema.base import metadata
from leadline.store.schema.leads import (
    consent_events,
    conversations,
    drafts,
    entries,
    lead_tags,
    leads,
    presence,
)
from leadline.store.schema.team import (
    api_tokens,
    audit,
    preferences,
    sessions,
    signin_failures,
    signin_links,
    teams,
    users,
)
from leadline.store.schema.texts import attempts, decisions, evidence, media, messages, senders, templates
from leadline.store.schema.upkeep import chores, figures, heard, installation, rejects

__all__ = [
    "api_tokens",
    "attempts",
    "audit",
    "chores",
    "consent_events",
    "conversations",
    "decisions",
    "drafts",
    "entries",
    "evidence",
    "figures",
    "heard",
    "installation",
    "lead_tags",
    "leads",
    "media",
    "messages",
    "metadata",
    "preferences",
    "presence",
    "rejects",
    "senders",
    "sessions",
    "signin_failures",
    "signin_links",
    "teams",
    "templates",
    "users",
]

"""Tags: words that the team puts on leads to find them by."""

from collections.abc import Iterable

from sqlalchemy import delete, select, text

from leadline.store import batch, schema
from leadline.store.database import Transaction

tags = schema.lead_tags

# Each step of it is one look into the index; DISTINCT would read all of it.
_KNOWN = """WITH RECURSIVE known(tag, place) AS (
      SELECT (SELECT MIN(tag) FROM lead_tags), 1
      UNION ALL
      SELECT (SELECT MIN(t.tag) FROM lead_tags t WHERE t.tag > known.tag), place + 1
      FROM known WHERE known.tag IS NOT NULL AND place < :limit)
    SELECT tag FROM known WHERE tag IS NOT NULL ORDER BY tag"""


def of_lead(tx: Transaction, lead_id: int) -> list[str]:
    """A lead's tags, in the order they were put on."""
    return list(tx.scalars(select(tags.c.tag).where(tags.c.lead_id == lead_id).order_by(tags.c.id)))


def add(tx: Transaction, lead_id: int, added: Iterable[str]) -> None:
    """Put tags on a lead; one that is there stays."""
    rows = [{"lead_id": lead_id, "tag": tag} for tag in dict.fromkeys(added)]
    batch.insert(tx, tags, rows, then="ON CONFLICT (lead_id, tag) DO NOTHING")


def remove(tx: Transaction, lead_id: int, tag: str | None = None) -> bool:
    """Take a tag from a lead, or all of them; whether there was one."""
    query = delete(tags).where(tags.c.lead_id == lead_id)
    return tx.execute(query if tag is None else query.where(tags.c.tag == tag)).rowcount > 0


def known(tx: Transaction, *, limit: int = 200) -> list[str]:
    """The tags that are in use, by the alphabet, as far as that many."""
    return list(tx.scalars(text(_KNOWN), {"limit": limit}))

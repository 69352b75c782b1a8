"""Fetching the pictures and files that leads send, from Twilio to the media folder.

The text is shown at once; its files follow. A file may be missing for some seconds after its text came,
so a failed fetch is tried again, later and later, and given up after a day.
"""

import asyncio
import os
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from leadline.clock import Clock
from leadline.settings import Settings
from leadline.store import media
from leadline.store.database import Database, Transaction
from leadline.store.media import Media
from leadline.store.writer import Writer
from leadline.twilio.client import TwilioClient
from leadline.twilio.media import FetchedMedia, MediaKind, fetch_media

log = structlog.get_logger("leadline.attachments")

AT_ONCE = 4
# After the first try, the second, …; then it is given up.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 3, 30, 600, 3_600, 21_600, 86_400))

Fetched = tuple[Media, FetchedMedia, str | None]


async def fetch_due(
    *, database: Database, writer: Writer, client: TwilioClient, settings: Settings, clock: Clock
) -> None:
    """Fetch what is due, a few at a time, and record what came of it. A crash only means fetching again."""
    due = await asyncio.to_thread(_due, database, clock.now())
    if due:
        folder = Path(settings.leadline_media_dir)
        await asyncio.gather(*(_fetch(item, folder, writer=writer, client=client) for item in due))


def _due(database: Database, now: datetime) -> list[Media]:
    with database.read() as tx:
        return media.due(tx, now=now, limit=AT_ONCE)


async def _fetch(item: Media, folder: Path, *, writer: Writer, client: TwilioClient) -> None:
    fetched = await fetch_media(client, item.url)
    file = None
    if fetched.kind is MediaKind.FETCHED:
        try:
            file = await asyncio.to_thread(_keep, folder, fetched.content)
        except OSError as error:  # A full disk must not stop the sending; the file is fetched again later.
            log.error("attachment_not_kept", attachment=item.id, reason=error.strerror)
            fetched = FetchedMedia(MediaKind.FAILED, reason="The media folder could not be written.")
    await writer.write(record, (item, fetched, file))


def _keep(folder: Path, content: bytes) -> str:
    """Write to a name of our own making: the sender's could lead anywhere."""
    folder.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    with (folder / name).open("xb") as file:
        file.write(content)
        os.fsync(file.fileno())  # Its row will say that it is there.
    return name


def record(tx: Transaction, fetched: Sequence[Fetched], *, now: datetime) -> list[None]:
    """Note what came of fetching: kept, to be tried again, or given up with the reason."""
    for item, result, file in fetched:
        if file is not None:
            media.stored(
                tx,
                item.id,
                content_type=result.content_type or "application/octet-stream",
                file=file,
                size=len(result.content),
            )
        elif result.kind is MediaKind.REFUSED or item.tries >= len(WAITS):
            state = "refused" if result.kind is MediaKind.REFUSED else "failed"
            media.give_up(tx, item.id, state=state, reason=result.reason or "")
            log.warning("attachment_given_up", attachment=item.id, reason=result.reason)
        else:
            media.try_again(tx, item.id, due_at=now + WAITS[item.tries])
    return [None] * len(fetched)

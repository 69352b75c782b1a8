"""What processes on one PostgreSQL tell each other: NOTIFY, and LISTEN on a connection of its own."""

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import psycopg
from sqlalchemy import text

from leadline.store.database import APPLICATION, BUSY_SECONDS, Database

CHANNEL = "leadline"
# Nothing is stored, so there is nothing that the disk would have to be waited for.
_TELL = text("SELECT set_config('synchronous_commit', 'off', true), pg_notify(:channel, :words)")


def tell(database: Database, words: str) -> None:
    """Tell every process that listens, this one too, in less than 8,000 bytes
    (https://www.postgresql.org/docs/current/sql-notify.html).
    """
    with database.write() as tx:
        tx.execute(_TELL, {"channel": CHANNEL, "words": words})


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator["AsyncIterator[str]"]:
    """What is told from now on. Raises OSError when the connection is lost: then something may have been
    missed.
    """
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, connect_timeout=int(BUSY_SECONDS), application_name=f"{APPLICATION} live"
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            # Who listens holds the connection, which could not be closed meanwhile.
            async with aclosing(connection.notifies()) as told:
                yield (notice.payload async for notice in told)
    except psycopg.OperationalError as error:
        raise ConnectionError(str(error)) from error

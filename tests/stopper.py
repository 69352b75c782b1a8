"""Another process that records opt-outs of Lena: told a database's address, and by what it hears of one."""

import sys

from leadline import consent
from leadline.app import Leadline
from leadline.rules.consent import ConsentEvent, Kind, Source
from leadline.settings import Settings
from leadline.store.database import Database
from tests import cast, texts
from tests.clock import Clock


def stop(line: Leadline, by: str) -> None:
    """Commit an opt-out: Lena's own text, or what a person notes down."""
    if by == "text":
        texts.receive(line, texts.inbound(900, "STOP"))
        return
    now = line.clock.now()
    noted = ConsentEvent(cast.LENA.phone, Kind.OPT_OUT, Source.PERSON, "no more", None, "cli", now)
    with line.database.write() as tx:
        consent.record(tx, [noted], now=now)


def main() -> None:
    """Answer each line of the input once its opt-out is committed."""
    for order in sys.stdin:
        url, by = order.split()
        settings = Settings(leadline_database_url=url, twilio_phone_number=cast.OUR_NUMBER)
        # To open it as usual would write to our sender, which a claim has locked.
        with Leadline(settings=settings, clock=Clock(), database=Database(url)) as line:
            stop(line, by)
        print("committed", flush=True)  # noqa: T201  It is what the other side waits for.


if __name__ == "__main__":
    main()

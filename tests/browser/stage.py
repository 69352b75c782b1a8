"""An office with a history: the demo's, and on top of it whatever a page can be about."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from leadline import attachments, serving
from leadline.demo import history
from leadline.demo.story import PEOPLE
from leadline.queueing import SendRequest
from leadline.rules.looks import LIST_LOOKS
from leadline.simulator.handsets import handset_path
from leadline.store import conversations, leads
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.browser.office import BrowserOffice

Happening = tuple[timedelta, Callable[[BrowserOffice], None]]

SHARED = "+13035550171"
LONG = "+13035550172"
PHONES = {person.name: person.phone for person in PEOPLE}


async def set_the_stage(
    office: BrowserOffice, happenings: Iterable[Happening], *, now: datetime
) -> dict[str, int | str]:
    """Tell the demo's story and what else happened, up to ``now``, in an office that opened before all of it.

    Returns what addresses are made of: ``Lena Park`` is the id of her conversation, ``lead Lena Park`` the
    lead's own.
    """
    _tell_the_demo(office, now)
    for ago, happens in happenings:
        office.clock.set(now - ago)
        happens(office)
    office.clock.set(now)
    await _fetch_pictures(office)
    return _ids(office)


def _tell_the_demo(office: BrowserOffice, now: datetime) -> None:
    story = history.entries(now)
    history.load_phones(office.simulator, story, our_number=cast.OUR_NUMBER)
    history.write(office.line.settings, story, office.simulator, now=now)


async def _fetch_pictures(office: BrowserOffice) -> None:
    line = office.line
    async with serving.client_for(line.settings) as client:
        await attachments.fetch_due(
            database=line.database,
            writer=line.writer,
            client=client,
            settings=line.settings,
            clock=line.clock,
        )


def _write(office: BrowserOffice, name: str, body: str) -> None:
    by = office.member(cast.BOB)
    texts.queue(office.line, SendRequest(number=PHONES[name], body=body, created_by=f"user:{by.id}"))


def _lose_an_answer(office: BrowserOffice, name: str, body: str) -> None:
    _write(office, name, body)
    [claimed] = texts.claim(office.line)
    texts.settle(office.line, claimed, texts.answered(SendKind.IN_DOUBT))


def _without_a_trace(office: BrowserOffice) -> None:
    _lose_an_answer(office, "June Abbott", "Hi June, this is Bob. Are you still looking for a roofer?")


def _look_in_vain(office: BrowserOffice) -> None:
    texts.nothing_found(office.line)


def _in_doubt(office: BrowserOffice) -> None:
    _lose_an_answer(office, "Walter Cho", "The crane is booked for Monday. Is 7:30 too early?")


def _twice(office: BrowserOffice) -> None:
    texts.sent_twice(office.line, office.clock)


def _share_a_number(office: BrowserOffice) -> None:
    for name in ("Ana Ruiz", "Jo Ruiz"):
        office.line.add_lead(name, SHARED)
    texts.receive(office.line, texts.inbound(501, "Is Tuesday good?", From=SHARED))


def _write_at_length(office: BrowserOffice) -> None:
    office.line.add_lead("Wilhelmina Featherstonehaugh-Cholmondeley of Greater Milton", LONG)
    many = [texts.inbound(1000 + place, f"Text {place}", From=LONG) for place in range(60)]
    texts.receive(office.line, *many)


def _wait_to_leave(office: BrowserOffice) -> None:
    _write(office, "Omar Haddad", "Hi Omar, the quote is ready. Shall I bring it by?")


# Each happens so long before now, the earliest first.
HAPPENINGS: tuple[Happening, ...] = (
    (timedelta(days=3), _twice),
    (LIST_LOOKS[-1] + timedelta(hours=1), _without_a_trace),
    (timedelta(hours=3), _write_at_length),
    (timedelta(hours=2), _share_a_number),
    (timedelta(minutes=50), _look_in_vain),
    (timedelta(minutes=3), _in_doubt),
    (timedelta(seconds=20), _wait_to_leave),
)


# What the pictures show beside the demo's own story.
OF_PICTURES = tuple(
    (ago, happens)
    for ago, happens in HAPPENINGS
    if happens in (_without_a_trace, _look_in_vain, _in_doubt, _wait_to_leave)
)


def _ids(office: BrowserOffice) -> dict[str, int | str]:
    ids: dict[str, int | str] = {"simulator": office.simulator.base_url}
    with office.line.database.read() as tx:
        found = {each.number: each.id for each in conversations.everyone(tx)}
        for lead in leads.search(tx, limit=100):
            ids[f"lead {lead.name}"] = lead.id
            if lead.phone in found:
                ids[lead.name] = found[lead.phone]
    ids |= {f"the handset of {name}": handset_path(phone) for name, phone in PHONES.items()}
    # Nobody has put a name to it.
    return ids | {"an unknown number": found[cast.LENA.phone]} if cast.LENA.phone in found else ids

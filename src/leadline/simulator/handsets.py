"""What the phones of the simulator show: each person's conversation with our numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from leadline.simulator.account import Account
from leadline.simulator.records import Message, Notice

# A phone shows its last texts, so that a page stays light after a long benchmark.
MOST_TEXTS = 200
_UNSEEN = frozenset({"scheduled", "canceled"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text on a handset. ``is_theirs``: the person holding the phone wrote it.

    ``answer`` is the HTTP status that our webhook gave a text of theirs, None while there is none.
    """

    sid: str
    is_theirs: bool
    number: str
    body: str
    at: datetime
    status: str
    error: int | None = None
    media: tuple[tuple[str, str], ...] = ()
    answer: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A phone and what is on it, oldest first. ``opted_out`` lists our senders that it stopped."""

    phone: str
    name: str | None
    outcome: str
    opted_out: tuple[str, ...]
    texts: tuple[Text, ...]


def conversations(account: Account) -> Iterator[Conversation]:
    """Every phone, in the order they were met."""
    for phone in tuple(account.phones):
        yield conversation(account, phone)


def conversation(account: Account, number: str) -> Conversation:
    """What is on the phone of that number; an unknown number has an empty phone."""
    phone = account.phones.get(number)
    return Conversation(
        phone=number,
        name=phone.name if phone else None,
        outcome=phone.outcome if phone else "on",
        opted_out=_opted_out(account, number),
        texts=tuple(_texts(account, number)),
    )


def last_text(account: Account, number: str) -> Text | None:
    """The newest text on that phone, without looking through the others."""
    newest = next(_shown(account, number), None)
    notices = account.notices.get(number)
    texts = ([_text(account, newest)] if newest else []) + ([_notice(notices[-1])] if notices else [])
    return max(texts, key=_moment, default=None)


def handset_path(phone: str) -> str:
    """The page with that phone open."""
    return f"/?{urlencode({'phone': phone})}"


def _opted_out(account: Account, phone: str) -> tuple[str, ...]:
    numbers = (ours.number for ours in account.configuration.numbers)
    return tuple(number for number in numbers if account.is_blocked(phone, number))


def _texts(account: Account, phone: str) -> list[Text]:
    messages = [_text(account, message) for message in islice(_shown(account, phone), MOST_TEXTS)]
    notices = [_notice(notice) for notice in account.notices.get(phone, [])]
    return sorted(messages[::-1] + notices, key=_moment)[-MOST_TEXTS:]


def _shown(account: Account, phone: str) -> Iterator[Message]:
    for message in account.newest_first(phone):
        if message.phone == phone and message.status not in _UNSEEN:
            yield message


def _moment(text: Text) -> datetime:
    return text.at


def _text(account: Account, message: Message) -> Text:
    call = account.told.get(message.sid)
    return Text(
        sid=message.sid,
        is_theirs=message.is_inbound,
        number=message.to if message.is_inbound else message.from_ or "",
        body=message.body,
        at=message.created,
        status=message.status,
        error=message.error_code,
        media=tuple((media.sid, media.content_type) for media in message.media),
        answer=call.status if call else None,
    )


def _notice(notice: Notice) -> Text:
    return Text(
        sid=notice.sid,
        is_theirs=False,
        number=notice.number,
        body=notice.body,
        at=notice.at,
        status="notice",
    )

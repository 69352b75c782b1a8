"""Lists: filters, pages and the addresses of the pages before and after. Newest first.

https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources and
https://www.twilio.com/docs/usage/twilios-response#pagination
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import dropwhile, islice, takewhile
from typing import Any
from urllib.parse import urlencode

from leadline.simulator.account import Account
from leadline.simulator.form import Form
from leadline.simulator.problems import Problem
from leadline.simulator.records import Message

DEFAULT_PAGE_SIZE = 50
LARGEST_PAGE_SIZE = 1000
# A page token names the place that the page comes after, or the one it comes before. New messages and
# deleted ones therefore shift no page.
_AFTER, _BEFORE = "PA", "PB"
_PAGING = ("PageSize", "Page", "PageToken")

Test = Callable[[Message], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. ``after`` and ``before`` are the tokens of its neighbours, None at an end."""

    items: tuple[Any, ...]
    number: int = 0
    size: int = DEFAULT_PAGE_SIZE
    after: str | None = None
    before: str | None = None


def list_messages(account: Account, query: Form, *, hidden: Test) -> Page:
    """The page that the query asks for. ``hidden`` messages are not in it, as if the list lagged.

    Raises Problem 20007 for a page size over 1,000.
    """
    size = _page_size(query)
    number = int(query.get("Page")) if query.get("Page").isdecimal() else 0
    found = _found(account, query, hidden)
    messages, more = _window(found, query.get("PageToken"), number=number, size=size)
    after = f"{_AFTER}{messages[-1].place}" if more and messages else None
    before = f"{_BEFORE}{messages[0].place}" if number and messages else None
    return Page(tuple(messages), number, size, after, before)


def envelope(page: Page, query: Form, path: str) -> dict[str, Any]:
    """What stands around the items of a page."""
    filters = [(name, value) for name, value in query.pairs if name not in _PAGING]

    def uri(number: int, token: str | None = None) -> str:
        paging = [("PageSize", str(page.size)), ("Page", str(number))]
        return f"{path}?{urlencode([*filters, *paging, *([('PageToken', token)] if token else [])])}"

    start = page.number * page.size
    return {
        "page": page.number,
        "page_size": page.size,
        "start": start,
        "end": start + max(0, len(page.items) - 1),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page.number + 1, page.after) if page.after else None,
        "previous_page_uri": uri(page.number - 1, page.before) if page.before else None,
        "uri": uri(page.number, query.get("PageToken") or None),
    }


def _page_size(query: Form) -> int:
    asked = query.get("PageSize")
    if not asked:
        return DEFAULT_PAGE_SIZE
    if not asked.isdecimal() or not 1 <= int(asked) <= LARGEST_PAGE_SIZE:
        raise Problem(20007)
    return int(asked)


def _found(account: Account, query: Form, hidden: Test) -> Iterator[Message]:
    to, from_ = query.get("To"), query.get("From")
    tests = _date_tests(query)
    for message in account.newest_first(to or from_ or None):
        if (to and message.to != to) or (from_ and message.from_ != from_):
            continue
        if all(test(message) for test in tests) and not hidden(message):
            yield message


def _window(found: Iterator[Message], token: str, *, number: int, size: int) -> tuple[list[Message], bool]:
    """The page's messages, and whether another page follows."""
    kind, place = token[:2], int(token[2:]) if token[2:].isdecimal() else 0
    if kind == _BEFORE:
        return list(deque(takewhile(lambda message: message.place > place, found), maxlen=size)), True
    if kind == _AFTER:
        found = dropwhile(lambda message: message.place >= place, found)
    else:
        found = islice(found, number * size, None)
    messages = list(islice(found, size + 1))
    return messages[:size], len(messages) > size


def _date_tests(query: Form) -> list[Test]:
    """The tests that the date filters ask for. A message that was not sent yet passes none of them."""
    tests = []
    if day := _moment(query.get("DateSent")):
        tests.append(_sent_on(day))
    if latest := _moment(query.get("DateSent<")):
        tests.append(_sent_until(latest))
    if earliest := _moment(query.get("DateSent>")):
        tests.append(_sent_since(earliest))
    return tests


def _sent_on(moment: datetime) -> Test:
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return lambda message: message.sent is not None and start <= message.sent < start + timedelta(days=1)


def _sent_until(moment: datetime) -> Test:
    return lambda message: message.sent is not None and message.sent <= moment


def _sent_since(moment: datetime) -> Test:
    return lambda message: message.sent is not None and message.sent >= moment


def _moment(text: str) -> datetime | None:
    """A date is its first moment, in GMT. What is no date is ignored, as an unknown parameter would be."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

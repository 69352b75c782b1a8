"""The status page: how things stand, what each figure means, and what needs a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from leadline import standing
from leadline.rules.looks import LIST_LOOKS, looks_in_all
from leadline.rules.phone import display_phone
from leadline.standing import Standing
from leadline.store.rejects import Rejected
from leadline.store.standing import Open
from leadline.web.pages.site import Visit
from leadline.web.pages.times import Here
from leadline.web.pages.words import REJECTS, RESOLVED

# A text that could leave and has waited this long waits for something that somebody should look at.
SLOW = timedelta(minutes=5)
BEHIND = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name and what it is made of."""

    name: str
    count: int
    small: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the service: its state as icon and word, and what was seen."""

    name: str
    look: str
    icon: str
    state: str
    seen: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text of unknown fate. ``checks`` like 3 of 7."""

    address: str
    number: str
    state: str
    since: datetime
    checks: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Webhooks that were turned away for one reason."""

    words: str
    what_to_do: str
    today: int
    week: int


def status(request: Request) -> Response:
    """GET /status: everybody who is signed in may look; a page with a script looks again by itself."""
    visit = Visit.of(request)
    with visit.line.database.read() as tx:
        stands = standing.read(tx, now=visit.here.now, scope=visit.scope)
    return visit.page(
        "status.html",
        live=None,
        stands=stands,
        figures=list(_figures(stands, visit.here)),
        parts=list(_parts(stands, visit.here, region=visit.line.settings.leadline_region)),
        unknown=[_unknown(text) for text in stands.open],
        turned=[_turned(each) for each in stands.rejects],
    )


def _figures(stands: Standing, here: Here) -> Iterator[Figure]:
    yield Figure("Waiting to leave", stands.due, _waiting(stands, here))
    in_doubt = f"oldest for {here.since(stands.in_doubt_since)}" if stands.in_doubt_since else "none now"
    yield Figure("Not known yet", stands.in_doubt, in_doubt)
    yield Figure(
        "No trace after 24 h", stands.unconfirmed_this_month, f"this month, {stands.unconfirmed} to decide"
    )
    parts = [f"{count} {RESOLVED[by]}" for by, count in stands.resolved.items() if count]
    yield Figure(
        "Doubts settled", sum(stands.resolved.values()), ", ".join(parts) or "none in the last 30 days"
    )
    yield Figure("Sent twice", stands.doubles, "since the start")


def _waiting(stands: Standing, here: Here) -> str:
    parts = []
    if stands.oldest_due_at is not None:
        parts.append(f"oldest for {here.since(stands.oldest_due_at)}")
    if stands.posting:
        parts.append(f"{stands.posting} on the way")
    if stands.scheduled:
        parts.append(f"{stands.scheduled} for later")
    return ", ".join(parts) or "none"


def _parts(stands: Standing, here: Here, *, region: str) -> Iterator[Part]:
    yield _texts_out(stands, here)
    for stop in stands.stopped:
        yield Part(
            f"From {display_phone(stop.address, region)}", "bad", "stop", "Stopped", stop.because, stop.since
        )
    yield _heard("Texts in", "text", stands.last_inbound_at, here)
    yield _heard("Delivery reports", "report", stands.last_report_at, here)
    yield _fetching(stands.polled_through, here)


def _texts_out(stands: Standing, here: Here) -> Part:
    if stands.held_since is not None:
        return Part("Texts out", "bad", "stop", "Held", "All texts wait for a person", stands.held_since)
    oldest = stands.oldest_due_at
    if oldest is not None and here.now - oldest >= SLOW:
        seen = "Texts could leave and do not: the number's rate is used up, or no worker runs"
        return Part("Texts out", "warn", "alert", "Slow", seen, oldest)
    return Part("Texts out", "ok", "tick", "Good", "Nothing waits longer than it should")


def _heard(name: str, what: str, last: datetime | None, here: Here) -> Part:
    if last is None:
        return Part(name, "", "clock", "None yet", f"No {what} has come from Twilio since this was installed")
    return Part(name, "ok", "tick", "Heard", f"The last {what} came {here.since(last)} ago", last)


def _fetching(through: datetime | None, here: Here) -> Part:
    name = "Fetching what was missed"
    if through is None:
        return Part(name, "", "clock", "Not yet", "A worker begins with it when it starts")
    seen = f"Everything until {here.since(through)} ago has been fetched"
    if here.now - through >= BEHIND:
        return Part(
            name, "warn", "alert", "Behind", f"{seen}; Twilio does not answer, or no worker runs", through
        )
    return Part(name, "ok", "tick", "Good", seen, through)


def _unknown(text: Open) -> Unknown:
    in_all = looks_in_all(LIST_LOOKS, text.began_at, done=text.looks, next_at=text.next_look_at)
    may_decide = text.state == "unconfirmed"
    return Unknown(
        address=f"/conversations/{text.conversation_id}",
        number=text.number,
        state="No trace" if may_decide else "Not known yet",
        since=text.since,
        checks=f"{text.looks} of {in_all}",
        may_decide=may_decide,
    )


def _turned(rejected: Rejected) -> Turned:
    words, what_to_do = REJECTS.get(rejected.reason, (rejected.reason, ""))
    return Turned(words, what_to_do, rejected.today, rejected.week)

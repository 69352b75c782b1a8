"""Standing: what somebody who runs Leadline needs to know now, read at one moment.

Every figure comes from an index that holds only what it counts, so looking costs the same with a million
texts as with none. The status page, the API, the command line and the metrics all show this.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from leadline.rules import state
from leadline.store import chores, installation, rejects, senders, standing
from leadline.store.database import Transaction
from leadline.store.rejects import Rejected
from leadline.store.scope import EVERYTHING, Scope
from leadline.store.senders import Stop
from leadline.store.standing import Double, Open

RESOLVED_WITHIN = timedelta(days=30)
# The causes of ``attempts.resolved_by``: evidence, strongest first, then decisions.
RESOLVED_BY = ("report", "answer", "list", "person", "policy")
LISTED = 20


@dataclass(frozen=True, slots=True)
class Need:
    """Something that goes no further without a person. ``code``: held, sender_stopped or unconfirmed."""

    code: str
    since: datetime
    sentence: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All figures, of one snapshot of the database.

    ``in_doubt``: texts whose answer was lost, still looked for at Twilio; ``unconfirmed``: those for which a
    person must decide. ``unconfirmed_this_month`` counts those decided since too, by the month (UTC) in which
    their answer was lost. ``resolved``: of the attempts that came into doubt in the last 30 days, by what:
    report, answer (a late one), list, person, policy. ``due`` texts may leave now, ``scheduled`` ones later.
    ``last_inbound_at`` and ``last_report_at`` are of genuine webhooks, to within seconds. ``polled_through``:
    until then every text from a lead has been fetched, with or without its webhook.
    """

    at: datetime
    in_doubt: int
    in_doubt_since: datetime | None
    unconfirmed: int
    unconfirmed_since: datetime | None
    unconfirmed_this_month: int
    resolved: dict[str, int]
    doubles: int
    due: int
    oldest_due_at: datetime | None
    scheduled: int
    posting: int
    stopped: tuple[Stop, ...]
    rejects: tuple[Rejected, ...]
    last_inbound_at: datetime | None
    last_report_at: datetime | None
    polled_through: datetime | None
    held_since: datetime | None
    held_because: str | None
    open: tuple[Open, ...]
    last_doubles: tuple[Double, ...]

    @property
    def needs(self) -> tuple[Need, ...]:
        """What goes no further without a person, the widest first."""
        found = [_stopped(stop) for stop in self.stopped]
        if self.held_since is not None:
            found.insert(0, _held(self.held_since, self.held_because))
        if self.unconfirmed_since is not None:
            found.append(_unconfirmed(self.unconfirmed, self.unconfirmed_since))
        return tuple(found)


def read(tx: Transaction, *, now: datetime, scope: Scope = EVERYTHING) -> Standing:
    """How things stand. Counts are of the whole installation; single texts are listed as far as they are in
    scope. Reads only.
    """
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    unknown = standing.of_unknown_fate(tx, fresh_since=month)
    in_doubt, unconfirmed = unknown.get(state.IN_DOUBT), unknown.get(state.UNCONFIRMED)
    decided = standing.resolved(tx, since=month).get("person", 0)
    listed = [
        standing.oldest(tx, each, scope=scope, limit=LISTED) for each in (state.UNCONFIRMED, state.IN_DOUBT)
    ]
    queue = standing.queue(tx, now=now)
    heard = rejects.last_heard(tx)
    here = installation.current(tx)
    polled = chores.by_name(tx, chores.INBOUND)
    return Standing(
        at=now,
        in_doubt=in_doubt.texts if in_doubt else 0,
        in_doubt_since=in_doubt.since if in_doubt else None,
        unconfirmed=unconfirmed.texts if unconfirmed else 0,
        unconfirmed_since=unconfirmed.since if unconfirmed else None,
        unconfirmed_this_month=decided + (unconfirmed.fresh if unconfirmed else 0),
        resolved=dict.fromkeys(RESOLVED_BY, 0) | standing.resolved(tx, since=now - RESOLVED_WITHIN),
        doubles=standing.doubles(tx),
        due=queue.due,
        oldest_due_at=queue.oldest_due_at,
        scheduled=queue.scheduled,
        posting=queue.posting,
        stopped=tuple(senders.stops(tx)),
        rejects=tuple(rejects.recent(tx, now=now)),
        last_inbound_at=heard.get("inbound"),
        last_report_at=heard.get("status"),
        polled_through=polled.through if polled else None,
        held_since=here.held_since if here else None,
        held_because=here.held_because if here else None,
        open=tuple(text for texts in listed for text in texts),
        last_doubles=tuple(standing.last_doubles(tx, scope=scope, limit=LISTED)),
    )


def _held(since: datetime, because: str | None) -> Need:
    return Need(
        "held",
        since,
        f"Sending is held: {(because or 'no reason was given').rstrip('.')}.",
        "Texts are stored and received, and none leaves. Look at why, then let them leave again.",
    )


def _stopped(stop: Stop) -> Need:
    return Need(
        "sender_stopped",
        stop.since,
        f"{stop.address} does not send: {stop.because.rstrip('.')}.",
        "Its texts wait. Run leadline check for what to mend; starting the service again tries again.",
    )


def _unconfirmed(count: int, since: datetime) -> Need:
    texts = "1 text has" if count == 1 else f"{count} texts have"
    return Need(
        "unconfirmed",
        since,
        f"{texts} left no trace at Twilio.",
        "Most likely not sent. Decide for each: send it again, or leave it.",
    )

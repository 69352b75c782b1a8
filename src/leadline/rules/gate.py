"""The gate's rule: whether a text may leave now, later or never, with the reasons that pages and API show.

Every send is judged here, from every path, when it is queued and again when it is claimed. The rule knows
only the ``Question``; who asks looks the facts up. In order: consent, opt-out, country, quiet hours, caps,
sender, content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, Self

from leadline.rules.caps import CAPS, MARKETING, Cap, Earlier, Full, full
from leadline.rules.hours import QuietHours, is_allowed, next_allowed, why_closed
from leadline.rules.text import MAX_BODY
from leadline.rules.whereabouts import Whereabouts
from leadline.rules.zones import zone

# The one text that may follow an opt-out says that it was heard, presumed so within five minutes
# (47 CFR 64.1200(a)(12)).
CONFIRMATION = "opt_out_confirmation"
CONFIRM_WITHIN = timedelta(minutes=5)


class Verdict(StrEnum):
    """The gate's answer in a word."""

    ALLOWED = "allowed"
    DEFERRED = "deferred"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why; ``code`` is stable, the sentence is for people."""

    code: str
    sentence: str


OPTED_OUT = Reason(
    "opted_out", "This person asked for no more texts. Only they can undo it, by texting START."
)
NO_OPT_IN = Reason("no_opt_in", "Marketing needs a recorded opt-in, and there is none for this number.")
POSSIBLE_STOP = Reason(
    "possible_stop", "They may have asked to stop; until somebody has read it, nothing automatic is sent."
)
NO_COUNTRY = Reason("country_unknown", "This is no phone number that a text could be sent to.")
NO_ZONE = Reason("zone_unknown", "Nobody knows what time it is for them. Set the lead's time zone.")
NO_HOUR = Reason(
    "no_allowed_hour", "No hour is allowed everywhere they may be. Set the lead's time zone or state."
)
UNUSABLE = Reason("number_unusable", "Texts do not arrive at this number, as earlier ones showed.")
EMPTY = Reason("body_empty", "The text is empty. Write something.")
NOT_OPTED_OUT = Reason("not_opted_out", "This person has not asked to stop.")
OPTED_IN = Reason("opted_in", "This person agreed to be texted.")
HOURS_OFF = Reason("hours_off", "Quiet hours are switched off.")
SIMULATED = Reason("simulated", "Quiet hours are not kept on the simulator: nobody is woken.")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a team keeps to. ``countries`` None is all of them.

    ``answer_within`` is how long after a lead wrote an answer may go out at any hour. ``why_any_hour`` is
    told where quiet hours are off.
    """

    countries: frozenset[str] | None = frozenset({"US", "CA"})
    quiet_hours: QuietHours = field(default_factory=QuietHours)
    caps: tuple[Cap, ...] = CAPS
    answer_within: timedelta = timedelta(minutes=30)
    longest: int = MAX_BODY
    why_any_hour: Reason = HOURS_OFF

    @property
    def look_back(self) -> timedelta:
        """How far ``Question.earlier`` has to reach."""
        return max((cap.within for cap in self.caps), default=timedelta(0))


USUAL = Rules()


class Question(NamedTuple):
    """One send, with all that the decision needs. Moments are in UTC.

    ``consent`` is the conversation's state: none, opted_in or opted_out. ``is_automatic`` is a text that no
    person wrote or released by itself. ``answers`` is when the lead wrote what this replies to; None for what
    is no reply. ``earlier`` reaches back as far as ``Rules.look_back``, the oldest first. ``length`` is in
    UTF-16 units. ``spread`` in [0, 1) is drawn by whoever asks.
    """

    moment: datetime
    consent: str
    whereabouts: Whereabouts
    category: str = "conversational"
    is_automatic: bool = False
    answers: datetime | None = None
    earlier: tuple[Earlier, ...] = ()
    sender_stopped_because: str | None = None
    sender_free_at: datetime | None = None
    length: int = 1
    has_media: bool = False
    is_number_unusable: bool = False
    is_review_pending: bool = False
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """The gate's answer for one send.

    A deferred text may go at ``until`` at the earliest, and is judged again then; None is until somebody has
    put right what the reasons say. Other verdicts have no ``until``.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    until: datetime | None = None

    @property
    def is_allowed(self) -> bool:
        return self.verdict is Verdict.ALLOWED

    @property
    def is_refused(self) -> bool:
        return self.verdict is Verdict.REFUSED

    @property
    def is_deferred(self) -> bool:
        return self.verdict is Verdict.DEFERRED

    def as_json(self) -> dict[str, Any]:
        """The decision as it is stored with the message and shown; ``until`` only if there is one."""
        said: dict[str, Any] = {
            "verdict": self.verdict.value,
            "reasons": [asdict(reason) for reason in self.reasons],
        }
        return said | {"until": self.until.isoformat()} if self.until else said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """What ``as_json`` gave, also that of an earlier version."""
        until = said.get("until")
        return cls(
            Verdict(said["verdict"]),
            tuple(Reason(reason["code"], reason["sentence"]) for reason in said["reasons"]),
            datetime.fromisoformat(until) if until else None,
        )


class _Wait(NamedTuple):
    reason: Reason
    until: datetime | None


def decide(question: Question, rules: Rules = USUAL) -> Decision:
    """Judge one send. A refusal is final and names all that is wrong; a deferral names all that it awaits."""
    refusals = tuple(_refusals(question, rules))
    if refusals:
        return Decision(Verdict.REFUSED, refusals)
    waits = tuple(_waits(question, rules))
    if waits:
        return _deferred(question, rules, waits)
    consent = OPTED_IN if question.consent == "opted_in" else NOT_OPTED_OUT
    return Decision(Verdict.ALLOWED, (consent, _why_now(question, rules)))


def by_consent(consent: str) -> Decision:
    """What consent alone says of a text that a person writes by hand; the rest is not asked."""
    if consent == "opted_out":
        return Decision(Verdict.REFUSED, (OPTED_OUT,))
    return Decision(Verdict.ALLOWED, (NOT_OPTED_OUT,))


def _refusals(question: Question, rules: Rules) -> Iterator[Reason]:
    if question.consent == "opted_out" and not _confirms(question):
        yield OPTED_OUT
    elif question.category == MARKETING and question.consent != "opted_in":
        yield NO_OPT_IN
    if question.is_review_pending and (question.is_automatic or question.category == MARKETING):
        yield POSSIBLE_STOP
    country = question.whereabouts.country
    if country is None:
        yield NO_COUNTRY
    elif rules.countries is not None and country not in rules.countries:
        yield Reason(
            "country_not_allowed", f"Texts to {country} are not allowed here; a setting lists where."
        )
    if question.is_number_unusable:
        yield UNUSABLE
    if question.is_automatic and question.answers:
        # An automatic answer that comes hours later answers nothing.
        yield from (Reason(cap.code, sentence) for cap, sentence, _ in _full_caps(question, rules))
    if not question.length and not question.has_media:
        yield EMPTY
    if question.length > rules.longest:
        yield Reason("body_too_long", f"The text is {question.length - rules.longest} characters too long.")


def _confirms(question: Question) -> bool:
    """Whether it is the confirmation of the opt-out, while that is fresh."""
    wrote_at = question.answers
    if question.category != CONFIRMATION or wrote_at is None:
        return False
    return abs(question.moment - wrote_at) <= CONFIRM_WITHIN


def _waits(question: Question, rules: Rules) -> Iterator[_Wait]:
    if not _may_come_at_any_hour(question, rules, at=question.moment) and not _is_in_hours(question, rules):
        yield _until_hours(question, rules)
    for cap, sentence, until in _full_caps(question, rules):
        yield _Wait(Reason(cap.code, sentence), until)
    if question.sender_stopped_because:
        yield _Wait(
            Reason("sender_stopped", f"The sender is stopped: {question.sender_stopped_because}"), None
        )
    free_at = question.sender_free_at
    if free_at and free_at > question.moment:
        yield _Wait(Reason("sender_rate", "The sender has as much to send as it may for now."), free_at)


def _deferred(question: Question, rules: Rules, waits: tuple[_Wait, ...]) -> Decision:
    """Until the last of what it waits for, and then until the hours allow it."""
    reasons = tuple(wait.reason for wait in waits)
    moments = [wait.until for wait in waits if wait.until]
    if len(moments) < len(waits):
        return Decision(Verdict.DEFERRED, reasons)
    until, hours = max(moments), rules.quiet_hours
    if not _may_come_at_any_hour(question, rules, at=until):
        until = next_allowed(until, question.whereabouts.places, hours=hours, spread=question.spread) or until
    return Decision(Verdict.DEFERRED, reasons, until)


def _is_answer(question: Question, rules: Rules, *, at: datetime) -> bool:
    """Whether this answers a lead who has just written; a campaign never does."""
    wrote_at = question.answers
    if wrote_at is None or question.category == MARKETING:
        return False
    # Of two machines, one's clock may be a little ahead.
    return abs(at - wrote_at) <= rules.answer_within


def _may_come_at_any_hour(question: Question, rules: Rules, *, at: datetime) -> bool:
    return not rules.quiet_hours.is_on or _is_answer(question, rules, at=at)


def _is_in_hours(question: Question, rules: Rules) -> bool:
    places = question.whereabouts.places
    return bool(places) and is_allowed(question.moment, places, hours=rules.quiet_hours)


def _until_hours(question: Question, rules: Rules) -> _Wait:
    where, hours = question.whereabouts, rules.quiet_hours
    if not where.places:
        return _Wait(NO_ZONE, None)
    until = next_allowed(question.moment, where.places, hours=hours, spread=question.spread)
    return _Wait(_quiet(question, rules), until) if until else _Wait(NO_HOUR, None)


def _quiet(question: Question, rules: Rules) -> Reason:
    where = question.whereabouts
    closed = why_closed(question.moment, where.places, hours=rules.quiet_hours)
    if closed is None:
        raise AssertionError("a moment that is not allowed is closed somewhere")
    it_is = f"It {_is(where)} {closed.local:%A %H:%M} for them ({closed.place.zone}, by {where.found_by})"
    if closed.law is None:
        return Reason("quiet_hours", f"{it_is}, and no texts are sent on that day.")
    when = f"from {closed.span}" if closed.span else "not at all on that day"
    return Reason("quiet_hours", f"{it_is}; texts may reach them {when} ({closed.law.source}).")


def _why_now(question: Question, rules: Rules) -> Reason:
    where = question.whereabouts
    if not rules.quiet_hours.is_on:
        return rules.why_any_hour
    if question.answers and _is_answer(question, rules, at=question.moment):
        minutes = max(question.moment - question.answers, timedelta(0)) // timedelta(minutes=1)
        ago = "just now" if minutes < 1 else f"{minutes} minute{'s' * (minutes > 1)} ago"
        return Reason("answer", f"They wrote {ago}: an answer may go out at any hour.")
    return _in_hours(question.moment.replace(second=0, microsecond=0), where)


@lru_cache(maxsize=4096)  # Within a minute it is the same for all of an area code.
def _in_hours(minute: datetime, where: Whereabouts) -> Reason:
    first = where.places[0]
    local = minute.astimezone(zone(first.zone))
    return Reason("in_hours", f"It {_is(where)} {local:%H:%M} for them ({first.zone}, by {where.found_by}).")


def _is(where: Whereabouts) -> str:
    return "is" if len(where.zones) == 1 else "may be"


def _full_caps(question: Question, rules: Rules) -> list[Full]:
    return full(
        rules.caps,
        question.earlier,
        moment=question.moment,
        category=question.category,
        is_automatic=question.is_automatic,
        is_answer=question.answers is not None,
    )

"""How things stand, over the API."""

from datetime import datetime
from typing import Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from leadline import standing
from leadline.web.api.auth import Caller

router = APIRouter(tags=["status"])


class Shown(BaseModel):
    """Anything read from an object of ours."""

    model_config = ConfigDict(from_attributes=True)


class Need(Shown):
    """Something that goes no further without a person."""

    code: str = Field(description="held, sender_stopped or unconfirmed.")
    since: datetime
    sentence: str
    what_to_do: str


class Resolved(Shown):
    """What resolved the attempts that came into doubt in the last 30 days."""

    report: int = Field(description="A report with the attempt's token.")
    answer: int = Field(description="Twilio's own answer, which came late.")
    list: int = Field(description="Twilio's list, in which the text was found.")
    person: int = Field(description="A person's decision.")
    policy: int = Field(description="The text's own resend_after_minutes.")


class Stop(Shown):
    """A sender that sends nothing."""

    address: str
    because: str
    since: datetime


class Rejected(Shown):
    """Webhooks that were turned away for one reason."""

    reason: str
    today: int = Field(description="In UTC.")
    week: int = Field(description="In seven days with today.")
    last_at: datetime


class Open(Shown):
    """A text of unknown fate."""

    message_id: int
    conversation_id: int
    number: str
    state: str = Field(description="in_doubt or unconfirmed.")
    since: datetime
    looks: int = Field(description="How often Twilio's list was searched for it.")
    next_look_at: datetime | None


class Double(Shown):
    """A text that left twice."""

    message_id: int
    conversation_id: int
    number: str
    at: datetime


class Status(Shown):
    """All figures, of one moment."""

    at: datetime
    needs: list[Need] = Field(description="What goes no further without a person; empty when all is well.")
    in_doubt: int = Field(description="Texts whose answer was lost, still looked for at Twilio.")
    in_doubt_since: datetime | None
    unconfirmed: int = Field(description="Texts without a trace at Twilio, for a person to decide.")
    unconfirmed_since: datetime | None
    unconfirmed_this_month: int = Field(description="The same, decided or not, by the month in UTC.")
    resolved: Resolved
    doubles: int = Field(description="Texts that ever left twice.")
    due: int = Field(description="Texts that may leave now.")
    oldest_due_at: datetime | None
    scheduled: int = Field(description="Texts that are to leave later.")
    posting: int = Field(description="Texts that are under way to Twilio.")
    stopped: list[Stop]
    rejects: list[Rejected]
    last_inbound_at: datetime | None = Field(description="The last genuine webhook with a text.")
    last_report_at: datetime | None = Field(description="The last genuine status report.")
    polled_through: datetime | None = Field(description="Until then all texts of leads were fetched.")
    held_since: datetime | None = Field(description="Null while texts may leave.")
    held_because: str | None
    open: list[Open] = Field(description="The first texts of unknown fate, those to decide first.")
    last_doubles: list[Double] = Field(description="The newest texts that left twice.")

    @classmethod
    def of(cls, stands: standing.Standing) -> Self:
        """The figures as they are shown."""
        return cls.model_validate(stands)


@router.get("/status")
def get_status(call: Caller) -> Status:
    """How things stand: what is in doubt, what waits, what needs a person."""
    with call.line.database.read() as tx:
        return Status.of(standing.read(tx, now=call.line.clock.now(), scope=call.scope))

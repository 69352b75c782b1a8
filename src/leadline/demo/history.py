"""Writing the story into the database as it happened: through the use cases, with the clock of then."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from urllib.parse import urlencode

from leadline import accounts, leads, sending
from leadline.app import Leadline
from leadline.clock import SystemClock
from leadline.demo.story import PEOPLE, TEAM, Ours, Person, Theirs
from leadline.leads import NewLead
from leadline.queueing import SendRequest
from leadline.reports import Report
from leadline.rules.replies import is_opt_out_message
from leadline.sending import ClaimRequest, Outcome
from leadline.settings import Settings
from leadline.simulator import Past, Simulator
from leadline.store import conversations
from leadline.store.database import Transaction
from leadline.twilio.client import SendKind, SendResult
from leadline.twilio.payloads import parse_inbound_sms

# Long enough before the first text of the story.
BEGINNING = timedelta(days=14)
SECONDS_TO_DELIVER = 4


@dataclass(slots=True)
class ClockOfThen(SystemClock):
    """A clock that shows a moment of the past."""

    then: datetime

    def now(self) -> datetime:
        return self.then


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the story, with its person and the moment made definite."""

    at: datetime
    person: Person
    text: Ours | Theirs
    sid: str


def entries(now: datetime) -> list[Entry]:
    """The whole story in the order it happened."""
    here = now.astimezone()
    told = [
        Entry(text.at.before(here), person, text, _new_sid(text)) for person in PEOPLE for text in person.said
    ]
    return sorted(told, key=lambda entry: entry.at)


def _new_sid(text: Ours | Theirs) -> str:
    has_picture = isinstance(text, Theirs) and text.picture
    return ("MM" if has_picture else "SM") + secrets.token_hex(16)


def load_phones(pretence: Simulator, story: list[Entry], *, our_number: str) -> None:
    """Show the story on the simulator's handsets."""
    for person in PEOPLE:
        pretence.add_phone(person.phone, person.name, outcome=person.phone_is)
    pretence.load([_past(entry, our_number) for entry in story])
    for entry in story:
        if isinstance(entry.text, Theirs) and is_opt_out_message(entry.text.body):
            pretence.account.block(entry.person.phone, our_number)


def _past(entry: Entry, our_number: str) -> Past:
    phone, text = entry.person.phone, entry.text
    if isinstance(text, Ours):
        return Past(
            "outbound-api",
            to=phone,
            from_=our_number,
            body=text.body,
            at=entry.at,
            status=text.status,
            sid=entry.sid,
            error_code=text.error_code or None,
        )
    picture = (_data_address(text.picture),) if text.picture else ()
    return Past(
        "inbound", to=our_number, from_=phone, body=text.body, at=entry.at, sid=entry.sid, media=picture
    )


def _data_address(name: str) -> str:
    content = (files("leadline.demo") / name).read_bytes()
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"


def write(settings: Settings, story: list[Entry], pretence: Simulator, *, now: datetime) -> list[int]:
    """Store the team, the leads and all texts; returns the ids of the team."""
    clock = ClockOfThen(now - BEGINNING)
    with Leadline.open(settings, clock=clock) as line, line.database.write() as tx:
        team = [
            accounts.add_user(tx, name=name, email=email, role=role, actor="cli", now=clock.now()).id
            for name, email, role in TEAM
        ]
        ids = {person.phone: _add_lead(tx, line, person, team) for person in PEOPLE}
        for entry in story:
            clock.then = entry.at
            if isinstance(entry.text, Ours):
                _send(tx, line, entry, entry.text, lead_id=ids[entry.person.phone], user=team[entry.text.by])
            else:
                _receive(tx, line, entry, pretence)
    return team


def _add_lead(tx: Transaction, line: Leadline, person: Person, team: list[int]) -> int:
    new = NewLead(
        name=person.name,
        phone=person.phone,
        company=person.company,
        email=person.email,
        stage=person.stage,
        owner_id=team[person.owner],
        time_zone=person.time_zone,
        fields=person.fields,
    )
    [lead] = leads.add(tx, [new], now=line.clock.now(), settings=line.settings)
    return lead.id


def _send(tx: Transaction, line: Leadline, entry: Entry, text: Ours, *, lead_id: int, user: int) -> None:
    """Queue, claim and settle a text, and record the reports on it."""
    at = entry.at
    request = SendRequest(lead_id=lead_id, body=text.body, created_by=f"user:{user}")
    [queued] = line.queue(tx, [request], now=at)
    conversations.mark_read(tx, queued.conversation_id)
    [claims] = line.claim(tx, [ClaimRequest("demo", 1)], now=at)
    [claimed] = claims.texts
    answer = SendResult(ok=True, kind=SendKind.ACCEPTED, sid=entry.sid, status="queued", http_status=201)
    sending.settle(tx, [Outcome(claimed, answer)], now=at + timedelta(seconds=1))
    for seconds, status, code in ((2, "sent", 0), (SECONDS_TO_DELIVER, text.status, text.error_code)):
        report = _report(entry, status, code, token=claimed.token)
        line.record(tx, [report], now=at + timedelta(seconds=seconds))


def _report(entry: Entry, status: str, code: int, *, token: str) -> Report:
    fields = {"MessageSid": entry.sid, "MessageStatus": status, "To": entry.person.phone}
    if code:
        fields["ErrorCode"] = str(code)
    return Report(entry.sid, status, code, entry.person.phone, urlencode(fields), token)


def _receive(tx: Transaction, line: Leadline, entry: Entry, pretence: Simulator) -> None:
    """Take a text in as the webhook would. What is older than today somebody has read."""
    form = {
        "MessageSid": entry.sid,
        "AccountSid": pretence.account_sid,
        "From": entry.person.phone,
        "To": line.settings.sender or "",
        "Body": entry.text.body,
        "NumSegments": "1",
        **_media_fields(pretence, entry.sid),
    }
    [received] = line.receive(tx, [parse_inbound_sms(form)], now=entry.at)
    if entry.text.at.days and received.conversation_id is not None:
        conversations.mark_read(tx, received.conversation_id)


def _media_fields(pretence: Simulator, sid: str) -> dict[str, str]:
    """Where the picture of a text that ``load_phones`` has loaded can be fetched."""
    media = pretence.account.messages[sid].media
    folder = f"{pretence.base_url}/2010-04-01/Accounts/{pretence.account_sid}/Messages/{sid}/Media"
    fields = {"NumMedia": str(len(media))}
    for number, each in enumerate(media):
        fields[f"MediaUrl{number}"] = f"{folder}/{each.sid}"
        fields[f"MediaContentType{number}"] = each.content_type
    return fields

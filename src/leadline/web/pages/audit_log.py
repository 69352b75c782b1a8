"""Settings, Audit log: who did what, newest first, in plain sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leadline.rules.phone import display_phone
from leadline.store import audit, tokens, users
from leadline.store.audit import Act
from leadline.store.database import Transaction
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.choices import LABELS
from leadline.web.pages.forms import query_id
from leadline.web.pages.people_names import Names

ON_A_PAGE = 50

# What can be asked for: a name in the address, its words, and what the actions begin with.
KINDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("texts", "Texts", ("message.",)),
    ("leads", "Leads and conversations", ("lead.", "conversation.")),
    ("consent", "Consent and erasure", ("consent.",)),
    ("templates", "Templates", ("template.",)),
    ("settings", "Settings and senders", ("setting.", "sender.")),
    ("people", "People, tokens, signing in", ("user.", "team.", "token.", "session.", "password.", "totp.")),
    ("installation", "The installation", ("installation.",)),
)

# By action. {about} is whom or what it was done to, {before} and {after} the values of a change. What stands
# in an act's detail is shown only where a sentence here asks for it.
SENTENCES: Mapping[str, str] = {
    "consent.erase": "Erased the person of {about}",
    "conversation.assign": "Assigned {about}",
    "installation.hold": "Held all sending: {because}",
    "installation.resume": "Let texts leave again",
    "lead.add": "Added {about}",
    "lead.change": "Changed {about}",
    "lead.merge": "Merged {about} with another lead",
    "message.cancel": "Took back {about} before it left",
    "message.leave": "Left {about}, of which nobody knows whether it left, at that",
    "message.send_again": "Sent {about} again, which had left no trace",
    "sender.start": "Let {address} send again, which had stopped: {because}",
    "session.begin": "Signed in",
    "setting.change": "Changed “{about}” from {before} to {after}",
    "template.delete": "Deleted the template {about}",
    "template.restore": "Put the words of the template {about} back",
    "template.save": "Saved the template {about}",
    "token.create": "Made {about}",
    "token.revoke": "Revoked {about}",
    "user.add": "Added {about} as {role}",
}
# What the part of a subject before the colon is called; of these, the pages that show them.
SUBJECTS: Mapping[str, str] = {"message": "text", "session": "a session of", "token": "API token"}
PAGES: Mapping[str, str] = {"lead": "/leads/", "conversation": "/conversations/"}
_VERBS: Mapping[str, str] = {"add": "Added", "change": "Changed", "create": "Made", "delete": "Deleted"}
_NONE = "nothing"


@dataclass(frozen=True, slots=True)
class Row:
    """One act as it is shown. ``address`` is the page of what it was done to, if there is one."""

    id: int
    at: datetime
    who: str
    what: str
    address: str | None


def log(request: Request) -> Response:
    """GET /settings/audit: ?who= and ?what= choose, ?before= goes on."""
    visit = admin_visit(request)
    who, what = request.query_params.get("who", ""), request.query_params.get("what", "")
    kinds = next((kinds for key, _, kinds in KINDS if key == what), ())
    with visit.line.database.read() as tx:
        acts = audit.newest(
            tx, actor=who, kinds=kinds, before=query_id(request, "before"), limit=ON_A_PAGE + 1
        )
        people, names = _people(tx)
    region = visit.line.settings.leadline_region
    rows = [_row(act, names, region) for act in acts[:ON_A_PAGE]]
    chosen = {name: value for name, value in (("who", who), ("what", what)) if value}
    older = f"?{urlencode(chosen | {'before': rows[-1].id})}" if len(acts) > ON_A_PAGE else None
    return visit.page(
        "settings_audit.html",
        live=None,
        rows=rows,
        older=older,
        people=people,
        kinds=[(key, words) for key, words, _ in KINDS],
        who=who,
        what=what,
    )


ROUTES = (Route("/settings/audit", log),)


def _people(tx: Transaction) -> tuple[list[tuple[str, str]], Names]:
    """Whom one can choose, and everybody's name."""
    members, programs = users.everyone(tx), tokens.everyone(tx)
    names = Names.of(members, programs)
    actors = [f"user:{user.id}" for user in members] + [f"token:{token.id}" for token in programs]
    return [(actor, names[actor]) for actor in (*actors, "cli", "system")], names


def _row(act: Act, names: Names, region: str) -> Row:
    kind, _, key = act.subject.partition(":")
    address = f"{PAGES[kind]}{key}" if kind in PAGES and key.isdecimal() else None
    return Row(act.id, act.at, names[act.actor], _sentence(act, names, region), address)


def _sentence(act: Act, names: Names, region: str) -> str:
    detail = act.detail or {}
    told = {
        "about": _about(act.subject, names),
        "before": _value(detail.get("before")),
        "after": _value(detail.get("after")),
        "because": str(detail.get("because") or "no reason was given").rstrip("."),
        "address": display_phone(str(detail.get("address", "")), region),
        "role": str(detail.get("role", "")),
    }
    pattern = SENTENCES.get(act.action)
    if pattern is None:
        verb = act.action.rpartition(".")[2]
        pattern = f"{_VERBS.get(verb, verb.replace('_', ' ').capitalize())}: {{about}}"
    return pattern.format_map(told)


def _about(subject: str, names: Names) -> str:
    kind, _, key = subject.partition(":")
    if kind == "user":
        return names[subject]
    if kind == "token" and names[subject] != "API":
        return names[subject]
    if kind == "setting":
        return LABELS.get(key, key)
    if kind == "template":
        return f"“{title_of(key)}”"
    return f"{SUBJECTS.get(kind, kind)} {key}".rstrip()


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _NONE if value in (None, "") else f"{value}"

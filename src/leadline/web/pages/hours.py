"""Settings, Hours and limits: what an admin may change while Leadline runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from leadline import preferences
from leadline.asking import rules_of
from leadline.rules.hours import Span, opening
from leadline.rules.law_table import LAWS
from leadline.settings import Settings
from leadline.store import preferences as stored
from leadline.store import templates, users
from leadline.store.database import Transaction
from leadline.web.pages.admins import admin_visit
from leadline.web.pages.bubbles import title_of
from leadline.web.pages.choices import DAYS, PARTS, Part, as_typed, chosen
from leadline.web.pages.forms import read_form
from leadline.web.pages.people_names import Names
from leadline.web.pages.site import Visit

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as it is shown: what stands in its inputs, what is wrong, what cannot be changed here, and who
    changed it last.
    """

    part: Part
    typed: Mapping[str, str]
    fixed: frozenset[str]
    faults: Mapping[str, str] = field(default_factory=dict)
    changed: str = ""

    @property
    def is_fixed(self) -> bool:
        """Whether there is nothing to save."""
        return all(each.name in self.fixed for each in self.part.fields)


@dataclass(frozen=True, slots=True)
class Line:
    """Today's hours as a line with marks, in percent of the day; None when no text may leave today."""

    sentence: str
    span: Span | None

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """Where it begins and ends, and the words there."""
        if self.span is None:
            return ()
        return tuple((_percent(minute), f"{minute // 60}:{minute % 60:02}") for minute in self.span)


def hours(request: Request) -> Response:
    """GET /settings/hours."""
    visit = admin_visit(request)
    return _page(visit, {}, {})


async def save(request: Request) -> Response:
    """POST /settings/hours/{part}: change what the part's form holds; what does not fit is said beside it."""
    visit = admin_visit(request)
    part = next((part for part in PARTS if part.key == request.path_params["part"]), None)
    if part is None:
        raise HTTPException(404)
    typed = await read_form(request)
    faults = await run_in_threadpool(_change, visit, part, typed)
    if faults:
        inputs = as_typed(visit.line.settings, part)
        kept = {name: typed.get(name, "") for name in inputs}
        return await run_in_threadpool(_page, visit, {part.key: kept}, faults, 422)
    visit.site.changed()
    return RedirectResponse(f"/settings/hours#{part.key}", 303)


ROUTES = (
    Route("/settings/hours", hours),
    Route("/settings/hours/{part}", save, methods=["POST"]),
)


def _change(visit: Visit, part: Part, typed: Mapping[str, str]) -> dict[str, str]:
    line = visit.line
    values = {
        name: value
        for name, value in chosen(part, typed).items()
        if not preferences.is_fixed(line.given, name)
    }
    with line.database.read() as tx:
        faults = preferences.faults(tx, line.given, values)
    if not faults:
        line.choose(values, actor=f"user:{visit.member.id}")
    rules = {each.name: each.rule for each in part.fields}
    return {name: rules[name] or fault for name, fault in faults.items()}


def _page(
    visit: Visit, typed: Mapping[str, Mapping[str, str]], faults: Mapping[str, str], status: int = 200
) -> Response:
    settings = visit.line.settings
    with visit.line.database.read() as tx:
        changed = _changed(tx, visit)
        names = [template.name for template in templates.everyone(tx)]
    fixed = frozenset(name for name in preferences.CHANGEABLE if preferences.is_fixed(visit.line.given, name))
    shown = [
        Shown(
            part,
            typed.get(part.key) or as_typed(settings, part),
            fixed,
            {each.name: faults[each.name] for each in part.fields if each.name in faults},
            changed.get(part.key, ""),
        )
        for part in PARTS
    ]
    return visit.page(
        "settings_hours.html",
        status,
        live=None,
        parts=shown,
        days=DAYS,
        templates=[(name, title_of(name)) for name in names],
        line=_line(settings, visit.here.day_of(visit.here.now)),
        laws=LAWS,
    )


def _changed(tx: Transaction, visit: Visit) -> dict[str, str]:
    """Who changed something of each part last, and when."""
    choices = {choice.name.lower(): choice for choice in stored.everyone(tx)}
    names = Names.of(users.everyone(tx))
    found = {}
    for part in PARTS:
        of_part = [choices[each.name] for each in part.fields if each.name in choices]
        if of_part:
            last = max(of_part, key=lambda choice: choice.changed_at)
            found[part.key] = (
                f"Last changed by {names[last.changed_by]}, {visit.here.moment(last.changed_at)}"
            )
    return found


def _line(settings: Settings, day: date) -> Line:
    kept, region = rules_of(settings).quiet_hours, settings.leadline_region
    if not kept.is_on:
        return Line("Quiet hours are not kept: texts leave at any hour.", Span(0, _DAY))
    span = opening(kept, region, day)
    if span is None:
        return Line(f"No text reaches a lead in {region} today.", None)
    return Line(f"Today texts may reach a lead in {region} from {span}, by the lead’s own clock.", span)


def _percent(minute: int) -> str:
    return f"{100 * minute / _DAY:.2f}%"

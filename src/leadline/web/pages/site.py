"""What every page is made with, and one visit to it."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self, TypeVar
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse

from leadline import accounts
from leadline.app import Leadline
from leadline.rules.phone import display_phone
from leadline.sessions import Origin
from leadline.simulation import is_simulated
from leadline.store import inbox
from leadline.store.inbox import COUNT_AT_MOST, Asked
from leadline.store.scope import Scope
from leadline.store.sessions import Session
from leadline.store.users import User
from leadline.web.hashing import Hashing
from leadline.web.origin import origin_of
from leadline.web.pages.times import Here, zone_named
from leadline.web.pages.words import in_few_letters
from leadline.web.sessions import Cookie

Result = TypeVar("Result")
THEMES = frozenset({"light", "dark"})


class FirstRun:
    """The secret of the link by which the first admin comes in; None when there was somebody at the start."""

    def __init__(self, secret: str | None) -> None:
        self._secret = secret

    def is_opened_by(self, secret: str) -> bool:
        """Whether it is that link's. Whether somebody else was first is for the use case to see."""
        return self._secret is not None and hmac.compare_digest(secret.encode(), self._secret.encode())


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of one open Leadline. ``changed`` is called after a commit, with the conversations it changed
    where they are known.
    """

    line: Leadline
    changed: Callable[..., None]
    cookie: Cookie
    environment: Environment
    hashing: Hashing
    first_run: FirstRun

    @property
    def simulator(self) -> str | None:
        """The address of the simulator that texts go to, None when they go to Twilio."""
        settings = self.line.settings
        return settings.twilio_api_base_url if is_simulated(settings) else None


@dataclass(frozen=True, slots=True)
class Visit:
    """One request to the pages: by whom, when, and as seen from where."""

    site: Site
    request: Request
    here: Here
    user: User | None

    @classmethod
    def of(cls, request: Request) -> Self:
        """The visit that a request is. The browser's zone is in a cookie, since no header tells it."""
        return cls.by(request, getattr(request.state, "user", None))

    @classmethod
    def by(cls, request: Request, user: User | None, *, now: datetime | None = None) -> Self:
        """The same as a visit of that user, whose rights may have changed since; now, or at that moment."""
        site: Site = request.app.state.site
        zone = zone_named(unquote(request.cookies.get("zone", ""))) or UTC
        return cls(site, request, Here(now or site.line.clock.now(), zone), user)

    @property
    def line(self) -> Leadline:
        return self.site.line

    @property
    def member(self) -> User:
        """Who is signed in; only for pages behind the door."""
        assert self.user is not None  # noqa: S101  The door lets nobody else through.
        return self.user

    @property
    def session(self) -> Session:
        """The session they are signed in with; only for pages behind the door."""
        found: Session = self.request.state.signed_in
        return found

    @property
    def origin(self) -> Origin:
        """Where they come from."""
        return origin_of(self.request, trusted=self.line.settings.trusted_proxies)

    async def do(self, use_case: Callable[..., Result], *given: Any, **named: Any) -> Result:
        """Run a use case in a transaction of its own, off the event loop, at the moment of the visit."""
        return await run_in_threadpool(self._do, use_case, given, named)

    def _do(self, use_case: Callable[..., Result], given: Sequence[Any], named: Mapping[str, Any]) -> Result:
        with self.line.database.write() as tx:
            return use_case(tx, *given, **named, now=self.here.now)

    @property
    def may_write(self) -> bool:
        """Whether this member may do more than look."""
        return self.member.role != "viewer"

    @property
    def scope(self) -> Scope:
        """Whose conversations and leads this member sees."""
        return accounts.scope_of(self.member, agents_see=self.line.settings.leadline_agents_see)

    def page(self, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page."""
        return HTMLResponse(self.render(name, **values), status)

    def render(self, name: str, **values: Any) -> str:
        """A template's output; everything that is not markup of ours is escaped."""
        theme = self.request.cookies.get("theme")
        return self.site.environment.get_template(name).render(
            here=self.here,
            user=self.user,
            theme=theme if theme in THEMES else None,
            single_keys=self.request.cookies.get("keys") != "off",
            simulator=self.site.simulator,
            business=self.line.settings.leadline_business_name,
            count_unread=self._count_unread,
            **values,
        )

    def _count_unread(self) -> str:
        """How many conversations have texts that nobody has opened, for pages that do not list them."""
        asked = Asked(self.scope, self.here.now, self.member.id)
        with self.line.database.read() as tx:
            return in_few_letters(inbox.counts(tx, asked, ["unread"])["unread"], COUNT_AT_MOST)


def environment(region: str) -> Environment:
    """Jinja2 with escaping on; a name that is missing is a fault and not an empty place."""
    made = Environment(
        loader=PackageLoader("leadline.web.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["phone"] = lambda address: display_phone(address, region)
    return made

"""The web application: three surfaces on one root, each with what it needs and no more.

Webhooks stand in front of everything; the JSON API is FastAPI, for its typed bodies and its
OpenAPI document; the pages are Starlette. Only the root has a life span.
"""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from leadline.app import Leadline
from leadline.twilio.client import TwilioClient
from leadline.web.api import create_api
from leadline.web.health import Health
from leadline.web.live import Pulse
from leadline.web.metrics import Metrics
from leadline.web.pages import create_pages
from leadline.web.pages.newsroom import Newsroom
from leadline.web.webhooks import PREFIX, Webhooks


class Root:
    """Sends webhooks straight to their surface, and all else through the router."""

    def __init__(
        self, webhooks: Webhooks, rest: Starlette, *, pulse: Pulse, newsroom: Newsroom, health: Health
    ) -> None:
        self.webhooks = webhooks
        self._rest = rest
        self._pulse = pulse
        self._newsroom = newsroom
        self._health = health
        self.routes = rest.routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_webhook = scope["type"] == "http" and scope["path"].startswith(PREFIX)
        await (self.webhooks if is_webhook else self._rest)(scope, receive, send)

    def start(self) -> None:
        """The server is up: from now on other processes are told what changes here. On the event loop."""
        self._newsroom.start()

    def stop(self) -> None:
        """The server is going down: end the live updates, which would keep it up, and keep what was counted.
        On the event loop.
        """
        self._health.stop()
        self._pulse.stop()
        self.webhooks.stop()


def create_app(
    line: Leadline,
    *,
    wake: Callable[[], None] = lambda: None,
    is_working: Callable[[], bool] | None = None,
    first_run: str | None = None,
    client: TwilioClient | None = None,
) -> Root:
    """The application over an open Leadline. ``wake`` tells a worker in this process to look; ``is_working``
    whether it lives, None when there is to be none. ``first_run`` is the secret of the link that makes the
    first admin, while there is nobody; ``client`` asks Twilio what a webhook does not say.
    """
    pulse = Pulse()
    health = Health(line, is_working=is_working)

    newsroom = Newsroom(line, pulse)

    def changed(*conversation_ids: int, sid: str = "") -> None:
        pulse.changed(*conversation_ids, sid=sid)
        wake()

    rest = Starlette(
        routes=[
            Route("/health", health.alive),
            Route("/ready", health.ready),
            Route("/metrics", Metrics(line).scrape),
            Mount("/api/admin", create_api(line, changed=changed)),
            Mount("/", create_pages(line, newsroom=newsroom, changed=changed, first_run=first_run)),
        ]
    )

    def heard(*conversation_ids: int, sid: str = "") -> None:
        # A webhook queues a text only where there is an automatic reply; else it wakes nobody in vain.
        told = changed if line.settings.leadline_auto_reply_template else pulse.changed
        told(*conversation_ids, sid=sid)

    webhooks = Webhooks(line, changed=heard, client=client)
    return Root(webhooks, rest, pulse=pulse, newsroom=newsroom, health=health)

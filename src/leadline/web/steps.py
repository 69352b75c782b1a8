"""Small ASGI steps in front of a surface's routes."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OneSpelling:
    """``/leads/`` is ``/leads``. A redirect would cost a round trip and turn some clients' POST into a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        if scope["type"] == "http" and len(scope["path"]) > len(root) + 1:
            scope = {**scope, "path": scope["path"].rstrip("/") or "/"}
        await self._app(scope, receive, send)


class BodyCap:
    """Ends the reading of a body that is longer than ``at_most`` bytes, with 413.

    Starlette's own limit answers in plain text; this one lets the surface answer in its own way.
    """

    def __init__(self, app: ASGIApp, *, at_most: int) -> None:
        self._app = app
        self._at_most = at_most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = self._at_most

        async def capped() -> Message:
            nonlocal left
            event = await receive()
            left -= len(event.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"At most {self._at_most // 1024} kB.")
            return event

        await self._app(scope, capped if scope["type"] == "http" else receive, send)

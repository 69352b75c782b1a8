"""Small ASGI steps in front of a surface's routes."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class OneSpelling:
    """``/leads/`` is ``/leads``; a redirect would turn some clients' POST into a GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        root = scope.get("root_path", "")
        if scope["type"] == "http" and len(scope["path"]) > len(root) + 1:
            scope = {**scope, "path": scope["path"].rstrip("/") or "/"}
        await self._app(scope, receive, send)


class BodyCap:
    """Ends the reading of a body that is longer than ``at_most`` bytes, with 413.

    Starlette's own limit answers in plain text; this one lets the surface answer in its own way. ``longer``
    has the last parts of paths that take more in a form with files.
    """

    def __init__(self, app: ASGIApp, *, at_most: int, longer: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._at_most = at_most
        self._longer = longer or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        at_most = left = self._limit(scope) if scope["type"] == "http" else 0

        async def capped() -> Message:
            nonlocal left
            event = await receive()
            left -= len(event.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"At most {at_most // 1024} kB.")
            return event

        await self._app(scope, capped if scope["type"] == "http" else receive, send)

    def _limit(self, scope: Scope) -> int:
        last = scope["path"].rpartition("/")[2]
        has_files = Headers(scope=scope).get("content-type", "").lower().startswith("multipart/")
        return self._longer.get(last, self._at_most) if has_files else self._at_most


# Scripts, styles and pictures are files of ours and nothing else is run or loaded, whatever gets into a page.
# https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer, browsers would send our own forms with an Origin of "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ONE_YEAR = 365 * 24 * 3600


class SecurityHeaders:
    """Gives every answer the headers that tell a browser to be strict; one that an answer has stays."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        self._defaults = dict(SECURITY_HEADERS)
        if is_https:
            self._defaults["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(event: Message) -> None:
            if event["type"] == "http.response.start":
                headers = MutableHeaders(scope=event)
                for name, value in self._defaults.items():
                    headers.setdefault(name, value)
                # A page is about people; a file of ours may be kept, as long as the browser asks again.
                headers.setdefault("Cache-Control", "no-cache" if "etag" in headers else "no-store")
            await send(event)

        await self._app(scope, receive, with_headers)

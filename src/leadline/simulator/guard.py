"""Keeps web pages of others away from the control API and the handsets.

A page on the internet can make a browser call 127.0.0.1. It cannot choose the Host header or hide that
the call is cross-site, so those two decide. Programs that are no browser send neither and are served.
"""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = frozenset({"GET", "HEAD"})
_OWN_SITES = frozenset({"same-origin", "none"})

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


def is_loopback(host: str | None) -> bool:
    """Whether a host name means this machine and no other can reach it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Serves ``app`` to this machine, and changes only to programs and to the app's own pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reason = _refusal(scope["method"], Headers(scope=scope))
        app = PlainTextResponse(reason, 403) if reason else self._app
        await app(scope, receive, _with_security_headers(send))


def _refusal(method: str, headers: Headers) -> str | None:
    host = headers.get("host", "")
    if not is_loopback(_host_name(host)):
        return "The simulator answers only at 127.0.0.1 and localhost."
    if method in _READING:
        return None
    origin = headers.get("origin")
    if headers.get("sec-fetch-site", "none") not in _OWN_SITES or (
        origin and urlsplit(origin).netloc != host
    ):
        return "Another site's page may not drive the simulator."
    return None


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _with_security_headers(send: Send) -> Send:
    async def secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(SECURITY_HEADERS)
        await send(message)

    return secured

"""The least a server can do with a webhook: parse it, check its signature, answer. Nothing is kept.

A plain ASGI callable on Leadline's own parser and check, served as Leadline is; what it reaches is the most
that anything which also stores could reach. Served by uvicorn as ``benchmarks.peers.verify_only:create_app``.
"""

import os
from collections.abc import Awaitable, Callable
from typing import Any

from leadline.twilio.signature import genuine, parse_form

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

# By path: the status, and the body with its headers. 204 goes without a length (RFC 9110, 8.6).
_ANSWERS: dict[str, tuple[int, bytes, list[tuple[bytes, bytes]]]] = {
    "/api/webhooks/twilio/status": (204, b"", []),
    "/api/webhooks/twilio": (
        200,
        b"<Response/>",
        [(b"content-type", b"text/xml"), (b"content-length", b"11")],
    ),
}


def create_app() -> App:
    """The app, for the public URL and the token that the environment names."""
    public_url = os.environ["PUBLIC_URL"]
    tokens = (os.environ["TWILIO_AUTH_TOKEN"],)

    async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        status, body, headers = _ANSWERS.get(scope["path"], (404, b"", []))
        if status != 404:
            fields = parse_form(await _body(receive))
            if not genuine(public_url + scope["path"], fields, _signature(scope), tokens):
                status, body, headers = 403, b"", [(b"content-length", b"0")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body


def _signature(scope: dict[str, Any]) -> str | None:
    return next((value.decode() for name, value in scope["headers"] if name == b"x-twilio-signature"), None)

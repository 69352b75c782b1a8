"""Answers over ASGI without a framework: the API is called thousands of times a second."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Receive, Send

from leadline.simulator.form import MOST_BYTES
from leadline.simulator.problems import Problem

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """What the API answers. ``document`` is sent as JSON, unless ``content`` is given."""

    status: int
    document: Any = None
    content: bytes | None = None
    content_type: str = _JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        if self.content is not None:
            return self.content
        return b"" if self.document is None else json.dumps(self.document).encode()


def problem_answer(problem: Problem, *, headers: Mapping[str, str] | None = None) -> ApiAnswer:
    """The answer to a refused request; a 401 also asks for Basic credentials."""
    challenge = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if problem.status == 401 else {}
    return ApiAnswer(problem.status, problem.document(), headers={**challenge, **(headers or {})})


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request. Raises Problem 20413 above the limit."""
    body = b""
    while True:
        event = await receive()
        chunk: bytes = event.get("body", b"")
        body += chunk
        if len(body) > MOST_BYTES:
            raise Problem(20413)
        if not event.get("more_body", False):
            return body


async def send_answer(send: Send, answer: ApiAnswer, headers: Mapping[str, str]) -> None:
    """Send the whole answer; its own headers win over ``headers``."""
    body = answer.body
    await send_head(send, answer, headers, length=len(body))
    await send({"type": "http.response.body", "body": body})


async def send_head(send: Send, answer: ApiAnswer, headers: Mapping[str, str], *, length: int) -> None:
    """The status and the headers alone, promising ``length`` bytes."""
    typed = (
        {} if answer.status == 204 else {"content-type": answer.content_type, "content-length": str(length)}
    )
    pairs = {**headers, **typed, **answer.headers}
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": encoded})

"""HTTP to a service of this machine that may be killed at any moment."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any

_JSON = {"Content-Type": "application/json"}


class NoAnswer(Exception):
    """The service is down, frozen, or hung up: what was asked may have been done, or not."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Where a service listens, and the headers that every request to it carries."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 5.0

    def call(self, method: str, path: str, document: Any = None, **more_headers: str) -> tuple[int, Any]:
        """The HTTP status and the JSON of the answer, None without any. Raises NoAnswer."""
        body = None if document is None else json.dumps(document)
        named = {name.replace("_", "-"): value for name, value in more_headers.items()}
        status, content = self._exchange(method, path, body, {**_JSON, **named})
        return status, json.loads(content) if content else None

    def answers(self) -> bool:
        """Whether anybody is there."""
        try:
            self._exchange("GET", "/", None, {})
        except NoAnswer:
            return False
        return True

    def _exchange(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        try:
            with closing(HTTPConnection("127.0.0.1", self.port, timeout=self.seconds)) as connection:
                connection.request(method, path, body, {**self.headers, **headers})
                answer = connection.getresponse()
                return answer.status, answer.read()
        except (OSError, HTTPException) as error:
            raise NoAnswer(str(error)) from error

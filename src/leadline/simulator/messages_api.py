"""Twilio's Messages API over HTTP, near enough that the official SDKs work against it unchanged.

A plain ASGI callable: the create is called thousands of times a second in benchmarks, and a router
with its request objects would cost more than all the rest.
"""

import base64
import hmac
import re

from starlette.types import Receive, Scope, Send

from leadline.simulator.account import Account
from leadline.simulator.answers import ApiAnswer, problem_answer, read_body, send_answer
from leadline.simulator.documents import API_VERSION, account_path, message_document
from leadline.simulator.endings import end_badly
from leadline.simulator.faults import CreateFault, Ending
from leadline.simulator.form import Form
from leadline.simulator.outbound import Outbound
from leadline.simulator.plan import WELL, Draw, Faults
from leadline.simulator.problems import Problem
from leadline.simulator.resources import ROUTES, Action, Request, Resources

PREFIX = f"/{API_VERSION}/"

_SIDS = {"{SM}": r"(?P<message_sid>[SM]M[0-9a-fA-F]{32})", "{ME}": r"(?P<media_sid>ME[0-9a-fA-F]{32})"}


def _pattern(route: str) -> re.Pattern[str]:
    pattern = re.escape(route).replace(r"\{", "{").replace(r"\}", "}")
    for name, sid in _SIDS.items():
        pattern = pattern.replace(name, sid)
    return re.compile(pattern)


_PATTERNS = tuple((_pattern(route), actions) for route, actions in ROUTES.items())


class MessagesApi:
    """The API of one account, for whoever knows its SID and token or a pair it was told to admit."""

    def __init__(
        self,
        account: Account,
        *,
        outbound: Outbound,
        resources: Resources,
        faults: Faults,
    ) -> None:
        self._account = account
        self._outbound = outbound
        self._resources = resources
        self._faults = faults
        self._credentials = [_basic(account.sid, account.auth_token)]
        self._root = account_path(account.sid)
        self._calls = 0
        self._under_way = 0

    def admit(self, user: str, password: str) -> None:
        """Take these credentials too, as those of an API key."""
        self._credentials.append(_basic(user, password))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._calls += 1
        self._under_way += 1
        started = self._account.clock.monotonic()
        try:
            await self._serve(scope, receive, send, started=started)
        except Problem as problem:
            await send_answer(send, problem_answer(problem), self._headers(started))
        finally:
            self._under_way -= 1

    async def _serve(self, scope: Scope, receive: Receive, send: Send, *, started: float) -> None:
        self._check_credentials(scope)
        path, method = scope["path"], scope["method"]
        form = Form.read(await read_body(receive)) if method == "POST" else Form()
        if method == "POST" and path == f"{self._root}/Messages.json":
            await self._create(form, receive, send, started=started)
            return
        action, sids = self._route(path, method)
        query = Form.read(scope["query_string"])
        answer = await action(self._resources, Request(path, query, form, **sids))
        await send_answer(send, answer, self._headers(started))

    def _check_credentials(self, scope: Scope) -> None:
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        if not any(hmac.compare_digest(given, wanted) for wanted in self._credentials):
            raise Problem(20003)

    def _route(self, path: str, method: str) -> tuple[Action, dict[str, str]]:
        """The action for a path, and the SIDs in it. Another account's path is as good as none."""
        if path.startswith(self._root):
            for pattern, actions in _PATTERNS:
                if match := pattern.fullmatch(path, len(self._root)):
                    return _allowed(actions, method), match.groupdict()
        raise Problem(20404, path=path)

    async def _create(self, form: Form, receive: Receive, send: Send, *, started: float) -> None:
        self._check_concurrency()
        draw = self._draw()
        await self._pause(self._faults.plan.delay)
        right = await self._accept(form, draw)
        if draw.create is None:
            await send_answer(send, right, self._headers(started))
            return
        if draw.create.ending is Ending.LATE:
            await self._pause(self._faults.plan.late)
        headers = self._headers(started) | self._retry_after(draw.create)
        await end_badly(draw.create, right, headers=headers, receive=receive, send=send)

    async def _accept(self, form: Form, draw: Draw) -> ApiAnswer:
        """Accept the text, unless the fault is that it is not accepted; answers with the right answer."""
        if draw.create is not None and not draw.create.accepted:
            return ApiAnswer(500)
        taken = self._outbound.create(form, draw)
        right = ApiAnswer(201, message_document(taken.message, self._account.sid))
        if "callback_early" in draw.text and taken.message.status != "scheduled":
            await taken.life
        return right

    def _draw(self) -> Draw:
        draw = self._faults.draw()
        if draw is not WELL:
            # The handset page shows which faults are still to come.
            self._account.tell("")
        return draw

    def _check_concurrency(self) -> None:
        most = self._faults.plan.concurrency
        if most is not None and self._under_way > most:
            raise Problem(20429)

    async def _pause(self, seconds: float) -> None:
        if seconds > 0:
            await self._account.clock.sleep(seconds)

    def _retry_after(self, fault: CreateFault) -> dict[str, str]:
        return {"Retry-After": str(self._faults.plan.retry_after)} if fault.retry_after else {}

    def _headers(self, started: float) -> dict[str, str]:
        return {
            "Twilio-Request-Id": f"RQ{self._calls:032x}",
            "Twilio-Request-Duration": f"{self._account.clock.monotonic() - started:.3f}",
            "Twilio-Concurrent-Requests": str(self._under_way),
            "X-Home-Region": "us1",
            "X-API-Domain": "api.twilio.com",
        }


def _allowed(actions: dict[str, Action], method: str) -> Action:
    if method not in actions:
        raise Problem(20004)
    return actions[method]


def _basic(user: str, password: str) -> bytes:
    return b"Basic " + base64.b64encode(f"{user}:{password}".encode())

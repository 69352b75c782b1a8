"""How a create is answered when a fault says so."""

import json
from collections.abc import Mapping

from starlette.types import Receive, Send

from leadline.simulator import connection
from leadline.simulator.answers import ApiAnswer, problem_answer, send_answer, send_head
from leadline.simulator.faults import CreateFault, Ending
from leadline.simulator.problems import Problem

_PAGE = b"<html><head><title>Error</title></head><body>A proxy on the way could not do that.</body></html>"


async def end_badly(
    fault: CreateFault,
    right: ApiAnswer,
    *,
    headers: Mapping[str, str],
    receive: Receive,
    send: Send,
) -> None:
    """Answer as the fault does; ``right`` is what the answer would have been."""
    match fault.ending:
        case Ending.SILENCE:
            await connection.stay_silent(receive, send)
        case Ending.RESET:
            await connection.reset(receive, send)
        case Ending.HALF:
            await _send_half(right, headers=headers, receive=receive, send=send)
        case _:
            await send_answer(send, wrong_answer(fault, right), headers)


def wrong_answer(fault: CreateFault, right: ApiAnswer) -> ApiAnswer:
    """The whole answer of a fault that has one; for a late answer it is the right one."""
    match fault.ending:
        case Ending.PROBLEM:
            return problem_answer(Problem(fault.code or 20500))
        case Ending.PAGE:
            return ApiAnswer(fault.status, content=_PAGE, content_type="text/html")
        case Ending.NO_SID:
            return ApiAnswer(201, {**right.document, "sid": None})
        case Ending.GARBAGE:
            return ApiAnswer(201, content=b"\x1f\x8b not what it says")
    return right


async def _send_half(right: ApiAnswer, *, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
    body = json.dumps(right.document).encode()
    await send_head(send, right, headers, length=len(body))
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await connection.break_off(receive, send)

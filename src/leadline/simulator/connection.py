"""Ending an answer badly on purpose. ASGI knows only good answers, so this reaches for the transport.

uvicorn binds ``send`` to the request it serves, and that request knows its transport; both of uvicorn's
HTTP implementations do so. ``tests/simulator/test_faults.py`` watches it from real sockets.
"""

import asyncio
import socket
import struct

from starlette.types import Receive, Send

# A caller that waits longer than this for an answer waits for ever.
LONGEST_SILENCE = 300.0

_CLOSE_AT_ONCE = struct.pack("ii", 1, 0)


def _transport(send: Send) -> asyncio.Transport:
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("Only uvicorn can break a connection; this server does not show its transport.")
    found: asyncio.Transport = transport
    return found


async def reset(receive: Receive, send: Send) -> None:
    """Reset the connection: the caller sees no byte of an answer, and a reset rather than an end."""
    transport = _transport(send)
    # A caller that is gone has hung up itself, and the transport's socket is closed.
    if not transport.is_closing():
        connection = transport.get_extra_info("socket")
        # With a linger of zero seconds the kernel sends RST in place of FIN.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _CLOSE_AT_ONCE)
        transport.abort()
    await _gone(receive)


async def break_off(receive: Receive, send: Send) -> None:
    """End the connection after what was sent so far, in the middle of a body that promised more."""
    _transport(send).close()
    await _gone(receive)


async def stay_silent(receive: Receive, send: Send) -> None:
    """Answer nothing until the caller gives up; after five minutes the connection is reset."""
    try:
        await asyncio.wait_for(_gone(receive), LONGEST_SILENCE)
    except TimeoutError:
        await reset(receive, send)


async def _gone(receive: Receive) -> None:
    # Returning earlier would make uvicorn answer 500, or log that an answer is missing.
    while (await receive())["type"] != "http.disconnect":
        pass

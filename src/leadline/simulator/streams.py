"""Reading what another party sends, with a limit."""

import aiohttp


async def read_up_to(stream: aiohttp.StreamReader, limit: int) -> bytes:
    """The whole stream, or its first ``limit`` bytes when it is longer."""
    content = bytearray()
    while len(content) < limit:
        chunk = await stream.read(limit - len(content))
        if not chunk:
            break
        content += chunk
    return bytes(content)

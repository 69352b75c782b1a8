"""The second factor: six digits that change every half minute, as authenticator apps show them.

https://www.rfc-editor.org/rfc/rfc6238, over https://www.rfc-editor.org/rfc/rfc4226
"""

import base64
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

SECONDS = 30
DIGITS = 6
# A phone's clock may be half a minute off, either way; more would be more codes that let in at any moment.
STEPS_OFF = (0, -1, 1)


def code_at(secret: str, step: int, *, digits: int = DIGITS) -> str:
    """The code of one step. ``secret`` is Base32, as apps take it.

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1, digits=8)
    '94287082'
    """
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    offset = mac[-1] & 0xF
    number = int.from_bytes(mac[offset : offset + 4]) & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The step whose code this is, of those that count now; None when it is none of them."""
    here = int(now.timestamp()) // SECONDS
    typed = "".join(code.split()).encode("utf-8", "replace")
    steps = (here + off for off in STEPS_OFF)
    return next((step for step in steps if hmac.compare_digest(code_at(secret, step).encode(), typed)), None)


def address(secret: str, *, account: str, issuer: str) -> str:
    """What an app reads from a QR code.

    https://github.com/google/google-authenticator/wiki/Key-Uri-Format

    >>> address("ABC", account="bob@example.com", issuer="Harbor Roofing")
    'otpauth://totp/Harbor%20Roofing:bob%40example.com?secret=ABC&issuer=Harbor%20Roofing'
    """
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer, safe='')}:{quote(account, safe='')}?{query}"

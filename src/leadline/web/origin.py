"""Where a request comes from: the address at the other end, and what the browser says it is."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.requests import Request

from leadline.sessions import Origin

Networks = Sequence[IPv4Network | IPv6Network]


def origin_of(request: Request, *, trusted: Networks) -> Origin:
    """Who is at the other end. Anybody can send X-Forwarded-For, so it counts only as far as proxies of our
    own wrote it: from its end, the first address that is none of theirs.

    https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
    """
    browser = request.headers.get("user-agent", "").replace("\0", "")
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    address = request.client.host if request.client else None
    for before in reversed(told):
        if not _is_trusted(address, trusted) or not _is_address(before):
            break
        address = before.strip()
    return Origin(address, browser or None)


def _is_trusted(address: str | None, trusted: Networks) -> bool:
    if address is None or not _is_address(address):
        return False
    parsed = ip_address(address.strip())
    return any(parsed in network for network in trusted if network.version == parsed.version)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.strip())
    except ValueError:
        return False
    return True

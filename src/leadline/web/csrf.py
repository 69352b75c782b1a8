"""No other site can act in a signed-in person's name.

Browsers say where a request comes from, in Sec-Fetch-Site and in Origin, and no page can change that. So
there is no token to carry along: whatever changes something must come from our own pages.
https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# "none" is the person's own doing, such as sending a form again.
OWN_SITES = frozenset({"same-origin", "none"})


class SameOrigin:
    """Refuses with 403 every unsafe request that does not come from a page of ours.

    ``public_url`` is the address that people know, which behind a proxy may differ from the Host header.
    """

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        self._public = urlsplit(public_url or "").netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_unsafe = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        if is_unsafe and not self._is_ours(Headers(scope=scope)):
            raise HTTPException(403, "This came from another site, or from a program. Use the page itself.")
        await self._app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in OWN_SITES
        # Browsers leave that header out where there is no TLS; Origin they send with every POST.
        origin = urlsplit(headers.get("origin", "")).netloc.lower()
        return bool(origin) and origin in (headers.get("host", "").lower(), self._public)

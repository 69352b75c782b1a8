"""Serving the content of media: the open second hop of the API, and the pictures on the handset page."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from leadline.simulator import media

if TYPE_CHECKING:
    from leadline.simulator.simulator import Simulator

# Shown by a browser as they are; anything else is only ever downloaded.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
_GONE = PlainTextResponse("There is nothing here, or no longer.", 404)


class Pictures:
    """The two places that serve content."""

    def __init__(self, simulator: "Simulator") -> None:
        self._account = simulator.account

    def routes(self) -> list[Route]:
        return [
            Route("/media/{message}/{media}/{expires:int}/{seal}", self.short_lived),
            Route("/_simulator/media/{message}/{media}", self.on_handset),
        ]

    async def short_lived(self, request: Request) -> Response:
        """What the API redirected to: the address is the permission, for as long as it holds."""
        place = request.path_params
        name = f"{place['message']}/{place['media']}/{place['expires']}"
        if not media.is_open(self._account, name, place["seal"]):
            return _GONE
        return await self.on_handset(request)

    async def on_handset(self, request: Request) -> Response:
        message = self._account.messages.get(request.path_params["message"])
        found = media.find(message, request.path_params["media"]) if message else None
        if message is None or found is None:
            return _GONE
        filled = await media.content(self._account, message, found)
        if filled is None or filled.content is None:
            return _GONE
        kind = "inline" if filled.content_type in _SHOWN else "attachment"
        headers = {"content-disposition": kind, "cache-control": "private, max-age=3600"}
        return Response(filled.content, media_type=filled.content_type, headers=headers)

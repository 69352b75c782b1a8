"""The simulator's HTTP surface: the API in front, then pictures, control API and handset pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from leadline.simulator.control import Control
from leadline.simulator.guard import LocalOnly
from leadline.simulator.handset_pages import HandsetPages
from leadline.simulator.messages_api import PREFIX, MessagesApi
from leadline.simulator.pictures import Pictures

if TYPE_CHECKING:
    from leadline.simulator.simulator import Simulator

_STATIC = Path(__file__).parent / "static"


def site(simulator: "Simulator", api: MessagesApi) -> ASGIApp:
    """The whole application. The API asks for credentials; the rest serves this machine alone."""
    pages = LocalOnly(_pages(simulator))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            await api(scope, receive, send)
        else:
            await pages(scope, receive, send)

    return app


def _pages(simulator: "Simulator") -> Starlette:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with simulator:
            yield

    return Starlette(
        routes=[
            *Pictures(simulator).routes(),
            *Control(simulator).routes(),
            *HandsetPages(simulator).routes(),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        lifespan=lifespan,
    )

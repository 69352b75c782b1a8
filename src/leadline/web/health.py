"""Health and readiness: what a load balancer or a service manager asks. Open to all, since they say no more
than whether this process works.
"""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.store import migrate

NEVER_KEPT = {"Cache-Control": "no-store"}


class Health:
    """``is_working`` tells whether the worker in this process lives; None when none is meant to run here."""

    def __init__(self, line: Leadline, *, is_working: Callable[[], bool] | None) -> None:
        self._line = line
        self._is_working = is_working
        self._is_stopping = False

    def stop(self) -> None:
        """The server is going down: whoever asks is to send nobody here any more."""
        self._is_stopping = True

    async def alive(self, _request: Request) -> Response:
        """GET /health: the process answers, whatever the database does; a restart would mend nothing."""
        return JSONResponse({"status": "alive"}, headers=NEVER_KEPT)

    async def ready(self, _request: Request) -> Response:
        """GET /ready: 200 when a request would be served now, else 503; with each check either way."""
        checks = await run_in_threadpool(self._look)
        checks["serving"] = not self._is_stopping
        if self._is_working is not None:
            checks["worker"] = self._is_working()
        is_ready = all(checks.values())
        return JSONResponse({"ready": is_ready, "checks": checks}, 200 if is_ready else 503, NEVER_KEPT)

    def _look(self) -> dict[str, bool]:
        try:
            return {"database": True, "schema": migrate.version(self._line.database) == migrate.HEAD}
        except StoreUnavailable:
            return {"database": False}

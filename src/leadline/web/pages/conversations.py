"""The inbox's first page: the list."""

from starlette.requests import Request
from starlette.responses import Response

from leadline.web.pages.parts import LIST, fingerprints, joined
from leadline.web.pages.screen import Target, screen
from leadline.web.pages.site import Visit

SEARCH_AT_MOST = 100


def inbox(request: Request) -> Response:
    """GET /: the list; ?search= finds leads, with or without texts."""
    visit = Visit.of(request)
    search = request.query_params.get("search", "").replace("\0", "").strip()[:SEARCH_AT_MOST]
    older = request.query_params.get("older")
    with visit.line.database.read() as tx:
        seen = screen(tx, visit, Target(), search=search, older=older)
    live = None if search or older else f"/live?seen={joined(fingerprints(seen, LIST))}"
    return visit.page("inbox.html", screen=seen, target=Target(), search=search, live=live, may_write=False)

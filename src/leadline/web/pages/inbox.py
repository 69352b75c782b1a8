"""The inbox without a conversation open: a list, or what a search found."""

from starlette.requests import Request
from starlette.responses import Response

from leadline.web.pages.lists import View
from leadline.web.pages.parts import LIST, fingerprints, joined
from leadline.web.pages.screen import Target, screen
from leadline.web.pages.site import Visit


def inbox(request: Request) -> Response:
    """GET /?list=&order=&older=: one page of a list; ?search= finds leads, conversations and texts."""
    visit, view = Visit.of(request), View.of(request)
    with visit.line.database.read() as tx:
        seen = screen(tx, visit, Target(), view)
    live = (
        None
        if view.search or view.older
        else view.live.address(f"/live?seen={joined(fingerprints(seen, LIST))}")
    )
    return visit.page("inbox.html", screen=seen, target=Target(), live=live, may_write=visit.may_write)

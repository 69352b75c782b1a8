"""The pages of settings: who may open them, and their menu."""

from starlette.exceptions import HTTPException
from starlette.requests import Request

from leadline.web.pages.site import Visit

ADMINS_ONLY = "Only an admin may see and change settings."


def admin_visit(request: Request) -> Visit:
    """The visit of an admin. Raises 403 for anybody else."""
    visit = Visit.of(request)
    if visit.member.role != "admin":
        raise HTTPException(403, ADMINS_ONLY)
    return visit

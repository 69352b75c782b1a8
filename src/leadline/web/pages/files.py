"""Files: what leads sent, from our own copies, and what goes with our texts, for Twilio to fetch. What comes
from strangers is treated so.
"""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from leadline import uploads
from leadline.store import media
from leadline.store.media import Media
from leadline.web.pages.bubbles import PICTURES
from leadline.web.pages.forms import path_id
from leadline.web.pages.site import Visit

# A file that a browser was talked into running can do nothing there.
PUBLIC = "/m/"
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(request: Request) -> Response:
    """GET /media/{id}: a picture to look at, anything else to keep. 404 while we have no copy."""
    visit = Visit.of(request)
    with visit.line.database.read() as tx:
        item = media.by_id(tx, path_id(request, "media_id"), scope=visit.scope)
    file = _file(item, Path(visit.line.settings.leadline_media_dir))
    is_picture = item.content_type in PICTURES
    return FileResponse(
        file,
        media_type=item.content_type if is_picture else "application/octet-stream",
        filename=file.name,
        content_disposition_type="inline" if is_picture else "attachment",
        headers={"Content-Security-Policy": SANDBOX, "Cache-Control": "private, max-age=3600"},
    )


def public(request: Request) -> Response:
    """GET /m/{token}: a file that goes with a text of ours; open to all, since Twilio signs in nowhere. Only
    who knows its name finds it, and only while its text is to leave or has left.
    """
    visit = Visit.of(request)
    folder = Path(visit.line.settings.leadline_media_dir)
    token = str(request.path_params["token"])
    # Whether there is such a file costs nothing; the database is asked about those that are there.
    if not uploads.is_token(token) or not (folder / token).is_file():
        raise HTTPException(404)
    with visit.line.database.read() as tx:
        item = media.public(tx, token)
    if item is None:
        raise HTTPException(404)
    headers = {"Content-Security-Policy": SANDBOX, "Cache-Control": "no-store"}
    return FileResponse(_file(item, folder), media_type=item.content_type, headers=headers)


def _file(item: Media, folder: Path) -> Path:
    if item.state != "stored" or not item.file:
        raise HTTPException(404)
    file = (folder / item.file).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise HTTPException(404)
    return file


ROUTES = (Route("/media/{media_id}", attachment), Route(f"{PUBLIC}{{token}}", public))

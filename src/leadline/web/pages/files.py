"""Attachments that leads sent, from our own copies. They come from strangers and are treated so."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from leadline.store import media
from leadline.store.media import Media
from leadline.web.pages.forms import path_id
from leadline.web.pages.site import Visit
from leadline.web.pages.thread import PICTURES

# A file that a browser was talked into running can do nothing there.
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


def _file(item: Media, folder: Path) -> Path:
    if item.state != "stored" or not item.file:
        raise HTTPException(404)
    file = (folder / item.file).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise HTTPException(404)
    return file

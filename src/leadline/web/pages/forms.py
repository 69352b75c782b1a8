"""What browsers send: forms, whose fields are short and few, and ids in addresses."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
FORM_WITH_FILES = "multipart/form-data"
FIELDS_AT_MOST = 100
# A longer one is no id of ours, and no database can be asked for it.
ID_DIGITS = 18


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a posted form; of two with one name the last counts.

    Raises 400 for anything else than a form. How long it may be is the surface's matter; see ``BodyCap``.
    """
    if _media_type(request) != FORM:
        raise HTTPException(400)
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)
    except ValueError:
        raise HTTPException(400) from None
    return dict(pairs)


async def read_form_with_files(request: Request) -> tuple[Mapping[str, str], list[bytes]]:
    """The same for a form that may bring files along; empty ones, of a field that nothing was chosen for, are
    left out. What the browser says of a file's name and type counts for nothing.
    """
    if _media_type(request) != FORM_WITH_FILES:
        return await read_form(request), []
    boundary = _BOUNDARY.search(request.headers["content-type"])
    if boundary is None:
        raise HTTPException(400)
    fields: dict[str, str] = {}
    files: list[bytes] = []
    for name, is_file, content in _parts(await request.body(), (boundary[1] or boundary[2]).encode()):
        if is_file:
            files += [content] if content else []
        else:
            fields[name] = _decoded(content)
    return fields, files


# https://www.rfc-editor.org/rfc/rfc7578. Browsers write the name in quotes and escape a quote in it as %22.
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_NAME = re.compile(rb'[;\s]name="([^"]*)"', re.IGNORECASE)
_FILE_NAME = re.compile(rb"[;\s]filename\*?=", re.IGNORECASE)


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, bool, bytes]]:
    """The name of each part, whether it is a file, and its content. Raises 400 for what is no such form."""
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if first.strip() or not parts or not parts[-1].startswith(b"--") or len(parts) > FIELDS_AT_MOST:
        raise HTTPException(400)
    for part in parts[:-1]:
        head, blank, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if not blank or name is None:
            raise HTTPException(400)
        yield _decoded(name[1]), _FILE_NAME.search(head) is not None, content


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise HTTPException(400) from None


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def prefixed(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    """The fields whose name begins so, without that beginning; empty ones are as good as none."""
    return {
        name.removeprefix(prefix): value
        for name, value in fields.items()
        if name.startswith(prefix) and value.strip()
    }


def path_id(request: Request, name: str) -> int:
    """The id in the path. Raises 404 for one that cannot be."""
    found = whole(str(request.path_params[name]))
    if found is None:
        raise HTTPException(404)
    return found


def query_id(request: Request, name: str) -> int | None:
    """The id in the query, if there is one."""
    return whole(request.query_params.get(name, ""))


def whole(text: str) -> int | None:
    """An id as an address or a form gives it; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS else None

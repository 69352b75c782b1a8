"""What browsers send: forms, whose fields are short and few, and ids in addresses."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
FIELDS_AT_MOST = 100
# A longer one is no id of ours, and no database can be asked for it.
ID_DIGITS = 18


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields of a posted form; of two with one name the last counts.

    Raises 400 for anything else than a form. How long it may be is the surface's matter; see ``BodyCap``.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(400)
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)
    except ValueError:
        raise HTTPException(400) from None
    return dict(pairs)


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

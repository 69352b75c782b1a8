"""What each error is over HTTP, and the one shape in which the API tells of it.

Every refusal is a problem document (https://www.rfc-editor.org/rfc/rfc9457). Its ``type`` is "about:blank":
nothing is to be found behind an address; ``code`` is what programs go by, and it is stable. What the
caller sent is never repeated, so that nothing in it can break the answer or the caller's logs.
"""

import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from leadline.errors import (
    ConsentRefused,
    IdempotencyConflict,
    InvalidInput,
    LeadlineError,
    NotFound,
    PayloadError,
    SettingsError,
    StoreUnavailable,
    TooEarly,
    TooLate,
    TooManyTries,
)
from leadline.queueing import Refused
from leadline.writing import Crossed

MEDIA_TYPE = "application/problem+json"
TRY_AGAIN_AFTER = "5"  # seconds
NAME_AT_MOST = 100  # characters of a field's name, which the caller may have made up

# The nearest ancestor of an error counts.
STATUS: Mapping[type[LeadlineError], int] = {
    LeadlineError: 500,
    SettingsError: 503,
    StoreUnavailable: 503,
    NotFound: 404,
    IdempotencyConflict: 409,
    TooLate: 409,
    ConsentRefused: 409,
    TooEarly: 409,
    Refused: 409,
    Crossed: 409,
    TooManyTries: 429,
    PayloadError: 400,
    InvalidInput: 422,
}
# These are wrong before anything in them can be understood.
STATUS_OF_CODE: Mapping[str, int] = {"idempotency_key_invalid": 400, "json_invalid": 400}

# What goes wrong before any code of ours is asked.
CODES: Mapping[int, str] = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "not_json",
}
DETAILS: Mapping[str, str] = {
    "bad_request": "The body cannot be read.",
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "This address does not take this method.",
    "not_json": "Send the body as JSON, with Content-Type: application/json.",
    "json_invalid": "The body is not JSON.",
    "invalid": "Some fields cannot be used; see errors.",
    "store_unavailable": "The database does not answer. Nothing was changed; try again.",
    "internal": "Something is wrong on our side. It was logged.",
}


def retry_after(error: TooManyTries) -> dict[str, str]:
    """The header that says when the next try makes sense, in seconds."""
    return {"Retry-After": str(max(math.ceil(error.wait.total_seconds()), 1))}


class Fault(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Its name, or its path like variables.street; a header or parameter too.")
    code: str
    message: str


class Reason(BaseModel):
    """Why the gate refused."""

    code: str
    sentence: str


class Problem(BaseModel):
    """A refusal or a failure, as of RFC 9457."""

    type: str = "about:blank"
    title: str = Field(description="The HTTP status in words.")
    status: int
    detail: str = Field(description="For people; it may change.")
    code: str = Field(description="For programs; it is stable.")
    errors: list[Fault] | None = Field(default=None, description="What is wrong, field by field.")
    reasons: list[Reason] | None = Field(default=None, description="Why a text may not be sent.")


def status_of(error: LeadlineError) -> int:
    """The HTTP status of an error of ours."""
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def answer(
    status: int,
    code: str,
    *,
    detail: str | None = None,
    faults: Sequence[Fault] = (),
    reasons: Sequence[Reason] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document. Without a ``detail`` the code's own sentence is used."""
    title = HTTPStatus(status).phrase
    problem = Problem(
        title=title,
        status=status,
        detail=_encodable(detail or DETAILS.get(code, title)),
        code=code,
        errors=list(faults) or None,
        reasons=list(reasons) or None,
    )
    return Response(problem.model_dump_json(exclude_none=True), status, headers, MEDIA_TYPE)


async def _of_ours(_request: Request, error: LeadlineError) -> Response:
    status = status_of(error)
    if isinstance(error, StoreUnavailable):
        # The driver's words may name hosts and files.
        return answer(status, error.code, headers={"Retry-After": TRY_AGAIN_AFTER})
    return answer(status, error.code, detail=str(error), faults=_faults(error), reasons=_reasons(error))


def _faults(error: LeadlineError) -> list[Fault]:
    if not isinstance(error, InvalidInput):
        return []
    return [Fault(field=_encodable(error.field), code=error.code, message=_encodable(str(error)))]


def _reasons(error: LeadlineError) -> list[Reason]:
    if not isinstance(error, Refused):
        return []
    return [Reason(code=reason.code, sentence=reason.sentence) for reason in error.decision.reasons]


async def _of_http(_request: Request, error: HTTPException) -> Response:
    code = CODES.get(error.status_code, "error")
    phrase = HTTPStatus(error.status_code).phrase
    detail = error.detail if error.detail != phrase and code != "bad_request" else None
    return answer(error.status_code, code, detail=detail, headers=error.headers)


async def _of_fields(request: Request, error: RequestValidationError) -> Response:
    found: Sequence[Mapping[str, Any]] = error.errors()
    if any(fault["type"] == "json_invalid" for fault in found):
        return answer(400, "json_invalid")
    if any(fault["loc"] == ("body",) for fault in found) and not _says_json(request):
        return answer(415, "not_json")
    return answer(422, "invalid", faults=[_fault(fault) for fault in found])


def _fault(fault: Mapping[str, Any]) -> Fault:
    # The first part says where: body, query, path or header.
    path = ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0])
    return Fault(field=_encodable(path[:NAME_AT_MOST]), code=fault["type"], message=_encodable(fault["msg"]))


def _encodable(text: str) -> str:
    """What UTF-8 can carry of it: JSON can name half a character, as an escape."""
    return text.encode("utf-8", "replace").decode()


def _says_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


async def _of_fault(_request: Request, _error: Exception) -> Response:
    # Starlette raises the error again after this answer, and the server logs it.
    return answer(500, "internal")


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    LeadlineError: _of_ours,
    HTTPException: _of_http,
    RequestValidationError: _of_fields,
    Exception: _of_fault,
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI says that these answers are problem documents."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }

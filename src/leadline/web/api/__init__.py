"""The JSON API: for programs, with tokens, described by its own OpenAPI document."""

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware

from leadline import __version__
from leadline.app import Leadline
from leadline.web.api import auth, consent, conversations, leads, messages, status, templates
from leadline.web.problems import HANDLERS, Problem, documented
from leadline.web.steps import BodyCap, OneSpelling, SecurityHeaders

PREFIX = "/api/admin"
BODY_AT_MOST = 256 * 1024
DESCRIPTION = """Text your leads.

Every call needs `Authorization: Bearer leadline_…`. Every refusal is a problem document (RFC 9457) with a
stable `code`. Lists are read by page: pass what the last answer gave as `next`.
"""


def create_api(line: Leadline, *, changed: Callable[..., None]) -> FastAPI:
    """The API over an open Leadline, to be mounted at PREFIX. ``changed`` is called after each
    new text, with its conversation.
    """
    api = FastAPI(
        title="Leadline",
        version=__version__,
        description=DESCRIPTION,
        servers=[{"url": PREFIX}],
        root_path_in_servers=False,
        docs_url=None,  # These two load their scripts from somebody else's server.
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(auth.authenticated)],
        responses=documented(401, 403, 413, 503),
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(
                SecurityHeaders, is_https=(line.settings.leadline_public_url or "").startswith("https://")
            ),
            Middleware(OneSpelling),
            Middleware(BodyCap, at_most=BODY_AT_MOST),
        ],
        generate_unique_id_function=_name,
    )
    api.state.line, api.state.changed = line, changed
    for resource in (leads, messages, conversations, consent, templates, status):
        api.include_router(resource.router)
    _describe_problems(api)
    return api


def _name(route: APIRoute) -> str:
    return route.name


def _describe_problems(api: FastAPI) -> None:
    """Put the problem document's schema into the OpenAPI document, where all answers refer to it."""
    plain = api.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"] |= schema.pop("$defs") | {"Problem": schema}
        return document

    api.openapi = openapi  # type: ignore[method-assign]

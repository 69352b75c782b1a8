"""The OpenAPI document tells the whole API, and nothing of the API is open."""

from collections.abc import Iterator
from typing import Any

import pytest

from leadline.app import Leadline
from leadline.web.api import consent, conversations, create_api, leads, messages, status, templates
from tests.web.conftest import Client

DOCUMENT = "/api/admin/openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
def document(anyone: Client) -> dict[str, Any]:
    found: dict[str, Any] = anyone.get(DOCUMENT).json
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            yield method, path, operation


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_every_route_is_in_the_document(document: dict[str, Any]) -> None:
    routes = [
        route
        for resource in (leads, messages, conversations, consent, templates, status)
        for route in resource.router.routes
    ]
    wanted = {(method.lower(), route.path) for route in routes for method in route.methods}
    assert {(method, path) for method, path, _ in operations(document)} == wanted


def test_the_document_holds_together(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/api/admin"}]
    for reference in references(document):
        found: Any = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))


def test_every_operation_says_how_it_refuses_and_that_it_needs_a_token(document: dict[str, Any]) -> None:
    for _, path, operation in operations(document):
        assert operation["security"] == [{"token": []}], path
        assert "401" in operation["responses"], path
        for said, response in operation["responses"].items():
            kinds = list(response.get("content", {}))
            kind = "application/json" if said.startswith("2") else "application/problem+json"
            assert kinds == ([] if said == "204" else [kind]), path
        assert operation["summary"]


def test_the_document_is_the_same_without_a_server(document: dict[str, Any], line: Leadline) -> None:
    assert create_api(line, changed=lambda: None).openapi() == document


def test_no_route_answers_somebody_without_a_token(anyone: Client, document: dict[str, Any]) -> None:
    for method, path, _ in operations(document):
        for spelling in ("", "/"):
            address = (
                "/api/admin" + path.format(lead_id=1, message_id=1, name="follow_up", number=1) + spelling
            )
            answer = anyone.send(method.upper(), address, {})
            assert (answer.status, answer.json["code"]) == (401, "unauthorized"), address

"""The account's numbers, services and webhooks as JSON, for the control API."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any, TypeVar

from leadline.errors import InvalidInput
from leadline.simulator.order import is_address
from leadline.simulator.records import Configuration, Number, Service

_Part = TypeVar("_Part", Number, Service)

_ADDRESSES = ("inbound_url", "fallback_url", "status_callback")


def configuration_document(configuration: Configuration) -> dict[str, Any]:
    """The configuration as ``read_configuration`` takes it."""
    return asdict(configuration)


def read_configuration(document: Any, *, before: Configuration) -> Configuration:
    """``before`` with what the document names changed. Raises InvalidInput, which names what is at fault.

    ``numbers`` and ``services`` are lists that replace the old ones; a number may be given as text.
    """
    changes = _known(document, Configuration)
    _check_addresses(changes)
    if "numbers" in changes:
        changes["numbers"] = as_numbers(changes["numbers"])
    if "services" in changes:
        changes["services"] = tuple(_part(entry, Service) for entry in _list(changes["services"]))
    return replace(before, **changes)


def as_numbers(entries: Any) -> tuple[Number, ...]:
    """Numbers, from numbers, their texts, or JSON objects."""
    return tuple(_number(entry) for entry in _list(entries))


def _number(entry: Any) -> Number:
    return Number(entry) if isinstance(entry, str) else _part(entry, Number)


def _part(entry: Any, kind: type[_Part]) -> _Part:
    if isinstance(entry, kind):
        return entry
    known = _known(entry, kind)
    _check_addresses(known)
    if "pool" in known:
        known["pool"] = tuple(_list(known["pool"]))
    try:
        return kind(**known)
    except TypeError as error:
        raise InvalidInput(str(error), field=kind.__name__.lower()) from None


def _known(document: Any, kind: type[Any]) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise InvalidInput("Send a JSON object.", field="body")
    names = {field.name for field in fields(kind)}
    for name in document.keys() - names:
        raise InvalidInput(f"There is no {name!r}; there are {', '.join(sorted(names))}.", field=name)
    return dict(document)


def _list(entries: Any) -> Sequence[Any]:
    if not isinstance(entries, list | tuple):
        raise InvalidInput("numbers, services and pool are lists.", field="numbers")
    return entries


def _check_addresses(document: dict[str, Any]) -> None:
    for name in _ADDRESSES:
        url = document.get(name)
        if url is not None and not (isinstance(url, str) and is_address(url)):
            raise InvalidInput(f"{name} is an absolute http or https address.", field=name)

"""Death at a named step: wraps a process's functions from outside, and kills it at the n-th call of one.

The production code knows nothing of this. Steps are: before a write transaction, once it has begun, after
each function of the store, before its commit and after it; before and after each call to Twilio and each
answer to an HTTP request. A process that is armed with a file instead notes the steps it passes.
"""

import importlib
import inspect
import os
import pkgutil
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.types import Receive, Scope, Send

import leadline.store
from leadline.store.database import Database, Kept, Transaction
from leadline.twilio.client import TwilioClient
from leadline.web.app import Root

# How a step is named and counted: "attempts.begin", the third time.
Step = tuple[str, int]

_CLIENT = ("create", "fetch", "list_messages", "list_media")


@dataclass(slots=True)
class _Steps:
    """Counts the steps of this process. Its threads share it."""

    fatal: Step | None
    notes: int | None
    _passed: Counter[str] = field(default_factory=Counter)
    _lock: Any = field(default_factory=Lock)

    def reach(self, name: str) -> None:
        with self._lock:
            self._passed[name] += 1
            if (name, self._passed[name]) == self.fatal:
                # As the kernel or an operator would: no handler, no clean-up, no last word.
                os.kill(os.getpid(), signal.SIGKILL)
            if self.notes is not None:
                os.write(self.notes, f"{name}\n".encode())


def arm(step: Step | None, steps_file: Path | None) -> None:
    """Wrap this process's functions, to die at that step or to note all steps in that file."""
    notes = os.open(steps_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if steps_file else None
    steps = _Steps(step, notes)
    for owner, name, label in _places():
        setattr(owner, name, _wrapped(getattr(owner, name), label, steps))
    for owner in (Database, Kept):
        setattr(owner, "write", _wrapped_write(owner.write, steps))  # noqa: B010  Methods of two classes.
    Root.__call__ = _wrapped_root(Root.__call__, steps)  # type: ignore[method-assign]


def passed(steps_file: Path) -> list[Step]:
    """The steps that a process noted, in order."""
    seen: Counter[str] = Counter()
    steps = []
    for name in steps_file.read_text().splitlines():
        seen[name] += 1
        steps.append((name, seen[name]))
    return steps


def _places() -> Iterator[tuple[Any, str, str]]:
    """(owner, attribute, label) of every function that is a step."""
    for found in pkgutil.iter_modules(leadline.store.__path__):
        if not found.ispkg:
            module = importlib.import_module(f"leadline.store.{found.name}")
            for name, function in inspect.getmembers(module, inspect.isfunction):
                if _is_of_the_store(function, module.__name__):
                    yield module, name, f"{found.name}.{name}"
    for name in _CLIENT:
        yield TwilioClient, name, f"Twilio {name}"


def _is_of_the_store(function: Callable[..., Any], module: str) -> bool:
    """Whether it takes a transaction first. What is below, in ``batch``, is a part of these steps."""
    first = next(iter(inspect.signature(function).parameters), None)
    is_public = not function.__name__.startswith("_")
    return first == "tx" and is_public and function.__module__ == module and module != "leadline.store.batch"


def _wrapped(function: Callable[..., Any], label: str, steps: _Steps) -> Callable[..., Any]:
    if inspect.isasyncgenfunction(function):
        return _wrapped_generator(function, label, steps)
    if inspect.iscoroutinefunction(function):
        return _wrapped_coroutine(function, label, steps)

    @wraps(function)
    def called(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        steps.reach(label)
        return result

    return called


def _wrapped_coroutine(function: Callable[..., Any], label: str, steps: _Steps) -> Callable[..., Any]:
    @wraps(function)
    async def awaited(*args: Any, **named: Any) -> Any:
        steps.reach(f"{label} before")
        result = await function(*args, **named)
        steps.reach(f"{label} after")
        return result

    return awaited


def _wrapped_generator(function: Callable[..., Any], label: str, steps: _Steps) -> Callable[..., Any]:
    @wraps(function)
    async def generated(*args: Any, **named: Any) -> AsyncIterator[Any]:
        steps.reach(f"{label} before")
        async for item in function(*args, **named):
            yield item
        steps.reach(f"{label} after")

    return generated


def _wrapped_write(write: Callable[[Any], Any], steps: _Steps) -> Any:
    @contextmanager
    def written(owner: Any) -> Iterator[Transaction]:
        steps.reach("transaction before")
        with write(owner) as tx:
            steps.reach("transaction begun")
            yield tx
            steps.reach("commit before")
        steps.reach("commit after")

    return written


def _wrapped_root(root: Callable[..., Any], steps: _Steps) -> Any:
    # Its arguments stand here by name, because the server looks at them.
    async def answered(self: Root, scope: Scope, receive: Receive, send: Send) -> None:
        steps.reach("answer before")
        await root(self, scope, receive, send)
        steps.reach("answer after")

    return answered

"""Logs: one event a line as key=value on stderr, without phone numbers, secrets or what people write.

Masking works on the finished line, so it also holds for tracebacks, nested values and other people's
libraries. It is the second wall: no event of ours is given such a thing in the first place.
"""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.processors import LogfmtRenderer
from structlog.stdlib import ProcessorFormatter

from leadline.rules.text import printable

# Names under which somebody might log what a person wrote.
_WRITTEN_BY_PEOPLE = frozenset({"body", "text", "words", "last_text", "form"})

# What these tell at info helps only those who work on them.
_TOO_TALKATIVE = ("uvicorn", "alembic", "asyncio")

_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")
_PHONE = re.compile(
    r"""(?<!\w)(?:
        (?:\+|%2B)[ ]?\d(?:[ ().-]{0,2}\d){6,14}              # with its country code
      | (?:1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}         # as it is written in North America
    )(?!\w)""",
    re.VERBOSE,
)
_SECRET = re.compile(
    r"""(?<![\w-])(?:
        [0-9a-fA-F]{32}                                                     # an auth token of Twilio's
      | (?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{20,}                # anything random of ours
    )(?![\w-])""",
    re.VERBOSE,
)
_IN_A_PATH = re.compile(r"(?<=/status/)[\w-]+")
_PASSWORD = re.compile(r"(?<=://)([^\s:/@]*):[^\s/@]+@")


def configure(level: str, *, stream: TextIO | None = None) -> None:
    """Send every log of this process, uvicorn's too, to ``stream`` (stderr) from that level on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_line_format(shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    structlog.configure(
        processors=[*shared, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def mask(line: str) -> str:
    """The line with every phone number cut to its last four digits and every secret taken out.

    >>> mask("to=+13035550142 sid=SM00000000000000000000000000000001")
    'to=***0142 sid=SM00000000000000000000000000000001'
    """
    line = _PASSWORD.sub(r"\1:***@", line)
    line = _IN_A_PATH.sub("***", line)
    line = _SECRET.sub(_without_secret, line)
    return _PHONE.sub(lambda found: f"***{found[0][-4:]}", line)


def _without_secret(found: re.Match[str]) -> str:
    """SIDs look random too, but are the names by which Twilio's support finds a text."""
    return found[0] if _SID.fullmatch(found[0]) else "***"


class _MaskedLines(ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return mask(printable(super().format(record)))


def _line_format(shared: list[Any]) -> ProcessorFormatter:
    return _MaskedLines(
        foreign_pre_chain=shared,
        processors=[
            ProcessorFormatter.remove_processors_meta,
            _leave_out_what_people_write,
            LogfmtRenderer(key_order=["at", "level", "event"]),
        ],
    )


def _leave_out_what_people_write(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Only its length is worth logging."""
    for name in _WRITTEN_BY_PEOPLE & event.keys():
        event[name] = f"{len(str(event[name]))} characters"
    return event

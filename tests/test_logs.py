import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from leadline import logs

AUTH_TOKEN = "fedcba98" * 4
SID = "SM" + "0123456789abcdef" * 2


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the logs of this test go; what was configured before comes back."""
    root = logging.getLogger()
    before = root.handlers, root.level, structlog.get_config()
    stream = io.StringIO()
    logs.configure("info", stream=stream)
    yield stream
    root.handlers, config = before[0], before[2]
    root.setLevel(before[1])
    structlog.configure(**config)


def test_an_event_is_one_line_of_keys_and_values(stream: io.StringIO) -> None:
    structlog.get_logger("leadline.worker").warning("not_sent", message=12, kind="throttled")

    [line] = stream.getvalue().splitlines()
    at, _, rest = line.partition(" ")
    assert at.startswith("at=20")
    assert rest == "level=warning event=not_sent message=12 kind=throttled"


def test_what_is_below_the_level_is_left_out(stream: io.StringIO) -> None:
    structlog.get_logger().debug("sent")
    logging.getLogger("asyncio").debug("Using selector")
    logging.getLogger("uvicorn.error").info("Started server process")

    assert stream.getvalue() == ""


def test_other_libraries_speak_the_same_way(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request from %s", "+13035550142")

    assert 'level=warning event="Invalid HTTP request from ***0142"' in stream.getvalue()


@pytest.mark.parametrize("name", ["body", "text", "words"])
def test_what_people_write_is_never_logged(stream: io.StringIO, name: str) -> None:
    structlog.get_logger().error("odd", **{name: "my husband is in hospital"})

    assert f'{name}="25 characters"' in stream.getvalue()
    assert "hospital" not in stream.getvalue()


def test_a_traceback_stays_on_its_line_and_is_masked(stream: io.StringIO) -> None:
    try:
        int("text +13035550142")
    except ValueError:
        structlog.get_logger().exception("fault")

    assert len(stream.getvalue().splitlines()) == 1
    assert "'text ***0142'" in stream.getvalue()


@pytest.mark.parametrize("evil", ["\r", "\x1b[2J", "\x9b", "\u2028"])
def test_no_value_can_forge_a_line_or_steer_the_terminal(stream: io.StringIO, evil: str) -> None:
    structlog.get_logger().warning("odd", name=f"a{evil}level=error")

    assert evil not in stream.getvalue()
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        ("to=+13035550142", "to=***0142"),
        ("to=%2B13035550142&x=1", "to=***0142&x=1"),
        ("'+44 20 7946 0958' is too short.", "'***0958' is too short."),
        ("(303) 555-0142, 303.555.0142 or 13035550142", "***0142, ***0142 or ***0142"),
        (f"token={AUTH_TOKEN}", "token=***"),
        ("Bearer leadline_Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Ng", "Bearer ***"),
        ("POST /api/webhooks/twilio/status/abcdefghijklmnopqrstuv", "POST /api/webhooks/twilio/status/***"),
        ("postgresql://leadline:geheim@db/leadline", "postgresql://leadline:***@db/leadline"),
    ],
)
def test_numbers_and_secrets_are_masked(line: str, masked: str) -> None:
    assert logs.mask(line) == masked


@pytest.mark.parametrize(
    "line",
    [
        f"sid={SID}",
        "at=2026-03-18T16:00:00.123456Z",
        "Wed 2026-03-18 16:00:00",
        "http://127.0.0.1:8000 and 192.168.100.200",
        "event=outcome_waits_for_the_database",
        "message=1234567 took 0.0012345",
    ],
)
def test_what_helps_to_find_a_fault_stays(line: str) -> None:
    assert logs.mask(line) == line

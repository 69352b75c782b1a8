"""Fetching files, over real sockets, from a Twilio that is not always kind."""

import asyncio
import gzip
from typing import Any

import pytest

from leadline.twilio.client import TwilioClient
from leadline.twilio.media import FetchedMedia, MediaKind, fetch_media, sniff
from tests.twilio.scripted_server import Answer, Fault, ScriptedServer, answer, serving

ACCOUNT = "AC" + "1b" * 16
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'0a' * 16}/Media/ME{'0c' * 16}"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def fetched(*answers: Answer, path: str = PATH, **limits: Any) -> tuple[FetchedMedia, ScriptedServer]:
    async def story() -> tuple[FetchedMedia, ScriptedServer]:
        async with serving(*answers) as server, client(server.url) as twilio:
            return await fetch_media(twilio, server.url + path, **limits), server

    return asyncio.run(story())


def client(base_url: str) -> TwilioClient:
    return TwilioClient(ACCOUNT, ("SKuser", "s3cret"), base_url=base_url, timeout=2.0)


def redirect(location: str, status: int = 307) -> bytes:
    return answer(status, b"", headers={"Location": location})


def test_a_file_is_fetched_with_our_credentials() -> None:
    media, server = fetched(answer(200, JPEG))
    assert media == FetchedMedia(MediaKind.FETCHED, JPEG, "image/jpeg")
    assert server.requests[0].headers["authorization"].startswith("Basic ")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_once_without_our_credentials(status: int) -> None:
    media, server = fetched(redirect("{here}/files/1", status), answer(200, PNG))
    assert (media.kind, media.content_type) == (MediaKind.FETCHED, "image/png")
    assert server.requests[1].target == "/files/1"
    assert "authorization" not in server.requests[1].headers


def test_a_second_redirect_is_not_followed() -> None:
    media, server = fetched(redirect("{here}/files/1"), redirect("{here}/files/2"), answer(200, PNG))
    assert media.kind is MediaKind.FAILED
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:1/",
        "http://localhost/x",
        "http://169.254.169.254/latest/meta-data",
        "https://mms.twiliocdn.com.evil.example/x",
        "https://mms.twiliocdn.com@evil.example/x",
        "http://mms.twiliocdn.com/x",
        "https://s3-external-1.amazonaws.com/other-bucket/x",
        "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../other/x",
        "{here}.evil.example/x",
        "{here}@evil.example/x",
        "//evil.example/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_redirect_to_anywhere_else_is_refused_without_a_request(location: str) -> None:
    media, server = fetched(redirect(location), answer(200, PNG))
    assert media.kind is MediaKind.REFUSED
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/2010-04-01/Accounts/AC" + "2c" * 16 + PATH[-78:],
        PATH + "/../../x",
        PATH + "?x=1",
        PATH.replace("Media", "media"),
        PATH[:-1],
        PATH + "\n",
        "/",
        "@evil.example" + PATH,
        ".evil.example" + PATH,
    ],
)
def test_an_address_that_is_not_our_accounts_gets_no_request(path: str) -> None:
    media, server = fetched(answer(200, PNG), path=path)
    assert media.kind is MediaKind.REFUSED
    assert server.connections == 0


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://api.twilio.com", "http://api.twilio.com"),
        ("https://api.twilio.com", "https://api.twilio.com.evil.example"),
        ("https://api.twilio.com", "https://API.twilio.com"),
        ("http://127.0.0.1:1", "https://api.twilio.com"),
        ("https://api.twilio.com.evil.example", "https://api.twilio.com"),
    ],
)
def test_credentials_go_to_no_host_but_the_configured_one(base_url: str, host: str) -> None:
    async def story() -> FetchedMedia:
        async with client(base_url) as twilio:
            return await fetch_media(twilio, host + PATH)

    assert asyncio.run(story()).kind is MediaKind.REFUSED


def test_a_file_that_is_not_there_yet_may_come_later() -> None:
    assert fetched(answer(404))[0].kind is MediaKind.NOT_YET
    assert fetched(redirect("{here}/files/1"), answer(404))[0].kind is MediaKind.NOT_YET


@pytest.mark.parametrize(
    "played",
    [
        answer(401, {"code": 20003}),
        answer(500),
        Fault.CLOSE_AFTER_READING,
        Fault.RESET_AFTER_READING,
        b"HTTP/1.1 200 X\r\nContent-Length: 900\r\nConnection: close\r\n\r\n\xff\xd8\xff",
        b"nonsense\r\n\r\n",
    ],
    ids=str,
)
def test_a_fetch_that_goes_wrong_says_so(played: Answer) -> None:
    media, _ = fetched(played)
    assert (media.kind, media.content) == (MediaKind.FAILED, b"")
    assert media.reason


@pytest.mark.parametrize(
    "played",
    [
        answer(200, JPEG + b"\0" * 1000),
        b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n" + JPEG + b"\0" * 1000,
        answer(200, gzip.compress(JPEG + b"\0" * 10_000_000), headers={"Content-Encoding": "gzip"}),
    ],
    ids=["announced", "endless", "compressed"],
)
def test_a_file_above_the_limit_is_refused(played: bytes) -> None:
    media, _ = fetched(played, max_bytes=1000)
    assert media.kind in (MediaKind.REFUSED, MediaKind.FAILED)
    assert media.content == b""


@pytest.mark.parametrize("lie", ["image/png", "text/plain", ""])
def test_what_a_file_is_called_counts_for_nothing(lie: str) -> None:
    media, _ = fetched(answer(200, SVG, headers={"Content-Type": lie}))
    assert media.kind is MediaKind.REFUSED
    jpeg, _ = fetched(answer(200, JPEG, headers={"Content-Type": lie}))
    assert jpeg.content_type == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "declared", "found"),
    [
        (JPEG, "", "image/jpeg"),
        (PNG, "text/html", "image/png"),
        (b"GIF89a" + b"\0" * 20, "", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 20, "", "image/webp"),
        (b"%PDF-1.7\n", "", "application/pdf"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2mp41" + b"\0" * 40, "", "video/mp4"),
        (b"#!AMR\n" + b"\0" * 20, "", "audio/amr"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "", "text/vcard"),
        (b"begin:vcard\n", "text/html", "text/vcard"),
        ("Grüße".encode(), "text/plain; charset=utf-8", "text/plain"),
        (b"hello", "", None),
        (b"hello", "text/html", None),
        (b" <html>", "text/plain", None),
        (b"\n<!doctype html>", "text/plain", None),
        (SVG, "image/svg+xml", None),
        (b"\xff\xfe<\0", "text/plain", None),
        (b"a\0b", "text/plain", None),
        (b"", "text/plain", None),
        (b"", "image/jpeg", None),
        (b"MZ\x90\0" + b"\0" * 100, "image/jpeg", None),
        (b"PK\x03\x04" + b"\0" * 100, "application/pdf", None),
    ],
)
def test_only_harmless_kinds_of_files_are_kept(content: bytes, declared: str, found: str | None) -> None:
    assert sniff(content, declared) == found

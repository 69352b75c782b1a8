"""Fetching the files that come with a text.

A file lives under our account at Twilio, which answers with a redirect to a short-lived address at its
file host (https://www.twilio.com/docs/messaging/api/media-resource). Our credentials go to the first address
only, and the first address must be Twilio's; what the file says it is counts for nothing.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
import filetype  # type: ignore[import-untyped]
from yarl import URL

from leadline.twilio.client import API, TwilioClient

# Twilio takes at most 5 MB of files with a text; some channels take 16 MB.
MAX_BYTES = 16 * 1024 * 1024

FILE_HOSTS = (
    "https://mms.twiliocdn.com/",
    "https://media.twiliocdn.com/",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/",
)
_TWILIO_API = re.compile(r"https://api(\.[a-z0-9-]+){0,2}\.twilio\.com").fullmatch
_FILE_PATH = re.compile(r"Messages/(SM|MM)[0-9a-fA-F]{32}/Media/ME[0-9a-fA-F]{32}", re.ASCII).fullmatch
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

# What a phone may send and a browser may be shown, by content. SVG and HTML can carry scripts.
ALLOWED_TYPES = frozenset(
    {
        *("image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "image/bmp", "image/tiff"),
        *("video/mp4", "video/3gpp", "video/quicktime", "video/webm"),
        *("audio/mpeg", "audio/mp4", "audio/ogg", "audio/amr", "audio/aac", "audio/x-wav"),
        *("application/pdf", "text/vcard", "text/plain"),
    }
)
_MARKUP = re.compile(rb"\s*<\s*[!?/a-z]", re.IGNORECASE)


class MediaKind(StrEnum):
    """How a fetch ended. ``not_yet`` and ``failed`` may go better later; ``refused`` never will."""

    FETCHED = "fetched"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FetchedMedia:
    """One file, or a sentence that says why there is none. ``content_type`` is told from the content."""

    kind: MediaKind
    content: bytes = b""
    content_type: str | None = None
    reason: str | None = None


async def fetch_media(client: TwilioClient, url: str, *, max_bytes: int = MAX_BYTES) -> FetchedMedia:
    """Fetch one file of an inbound text; whatever happens is a result, never an exception.

    A file may be missing for some seconds after its text has come: that is ``not_yet``. An address that is
    not our account's at Twilio is refused without a request. At most ``max_bytes`` are read. One redirect is
    followed, without credentials, to Twilio's file hosts or to the host of the client's own ``base_url``.
    """
    if not _is_ours(client, url):
        return _refused("The file is not at Twilio's address for this account.")
    try:
        async with _get(client, url, {"Authorization": client.authorization}) as first:
            if first.status not in _REDIRECTS:
                return await _judged(first, max_bytes)
            target = first.headers.get("Location", "")
        if not _is_file_host(client, target):
            return _refused("Twilio sent us to an unexpected address for the file.")
        async with _get(client, target, {}) as second:
            return await _judged(second, max_bytes)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return FetchedMedia(
            MediaKind.FAILED, reason=f"The file could not be fetched: {type(error).__name__}."
        )


def sniff(content: bytes, declared: str = "") -> str | None:
    """The type of a file, from its first bytes; None when it is not one that is kept.

    Plain text has no signature of its own, so it must be declared, be UTF-8, and not begin like a web page.
    """
    found = filetype.guess_mime(content)
    if found is None and content[:11].upper() == b"BEGIN:VCARD":
        found = "text/vcard"
    if (
        found is None
        and declared.partition(";")[0].strip().lower() == "text/plain"
        and _is_plain_text(content)
    ):
        found = "text/plain"
    return found if found in ALLOWED_TYPES else None


def _is_ours(client: TwilioClient, url: str) -> bool:
    bases = (client.base_url, API) if _TWILIO_API(client.base_url) else (client.base_url,)
    accounts = [f"{base}/2010-04-01/Accounts/{client.account_sid}/" for base in bases]
    return any(url.startswith(account) and _FILE_PATH(url[len(account) :]) for account in accounts)


def _is_file_host(client: TwilioClient, target: str) -> bool:
    return target.startswith((*FILE_HOSTS, f"{client.base_url}/")) and "/../" not in target


def _get(client: TwilioClient, url: str, headers: dict[str, str]) -> "aiohttp.client._RequestContextManager":
    return client.session.get(URL(url, encoded=True), headers=headers, allow_redirects=False)


async def _judged(response: aiohttp.ClientResponse, max_bytes: int) -> FetchedMedia:
    if response.status == 404:
        return FetchedMedia(MediaKind.NOT_YET, reason="Twilio does not have the file yet.")
    if response.status != 200:
        return FetchedMedia(
            MediaKind.FAILED, reason=f"Twilio answered {response.status} when asked for the file."
        )
    content = await _read(response, max_bytes)
    if content is None:
        return _refused(f"The file is larger than {max_bytes // 1024:,} kB.")
    found = sniff(content, response.headers.get("Content-Type", ""))
    if found is None:
        return _refused("The file is of a kind that is not kept.")
    return FetchedMedia(MediaKind.FETCHED, content, found)


async def _read(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | None:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > max_bytes:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _refused(reason: str) -> FetchedMedia:
    return FetchedMedia(MediaKind.REFUSED, reason=reason)


def _is_plain_text(content: bytes) -> bool:
    try:
        return (
            b"\0" not in content and bool(content.decode("utf-8-sig").strip()) and not _MARKUP.match(content)
        )
    except UnicodeDecodeError:
        return False

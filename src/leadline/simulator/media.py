"""Pictures and files: where they come from, and the short-lived addresses they are served at.

The first hop, under the account, needs credentials and redirects to a second that needs none, as with
https://www.twilio.com/docs/messaging/api/media-resource. What a text's MediaUrl points to is fetched
only when somebody asks for the content, so that nothing depends on a network that nobody needed.
"""

import base64
import binascii
import hashlib
import hmac
import mimetypes
from dataclasses import replace
from urllib.parse import unquote_to_bytes, urlsplit

import aiohttp

from leadline.simulator.account import Account
from leadline.simulator.records import Media, Message
from leadline.simulator.streams import read_up_to

MOST_BYTES = 5 * 1024 * 1024
LIFETIME_SECONDS = 4 * 3600
_UNKNOWN_TYPE = "application/octet-stream"
_FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10)


def picture(account: Account, url: str) -> Media:
    """The media of an address. A ``data:`` address carries its content; any other is fetched later."""
    content_type, content = _read_data_address(url) if url.startswith("data:") else (_type_by_name(url), None)
    return Media(account.new_sid("ME"), content_type, url, account.clock.now(), content)


def _type_by_name(url: str) -> str:
    return mimetypes.guess_type(urlsplit(url).path)[0] or "image/jpeg"


def _read_data_address(url: str) -> tuple[str, bytes]:
    head, _, data = url.removeprefix("data:").partition(",")
    content_type, *parameters = head.split(";")
    content = unquote_to_bytes(data)
    if "base64" in parameters:
        try:
            content = base64.b64decode(content)
        except binascii.Error:
            content = b""
    return content_type or _UNKNOWN_TYPE, content


def find(message: Message, media_sid: str) -> Media | None:
    """The message's media of that SID."""
    return next((media for media in message.media if media.sid == media_sid), None)


def short_lived_path(account: Account, message: Message, media: Media) -> str:
    """The path that serves the content for four hours, to whoever holds it."""
    expires = int(account.clock.now().timestamp()) + LIFETIME_SECONDS
    name = f"{message.sid}/{media.sid}/{expires}"
    return f"/media/{name}/{_seal(account, name)}"


def is_open(account: Account, name: str, seal: str) -> bool:
    """Whether ``seal`` belongs to ``message/media/expiry`` and its time has not run out."""
    expires = int(name.rpartition("/")[2])
    fresh = account.clock.now().timestamp() < expires
    return fresh and hmac.compare_digest(_seal(account, name), seal)


def _seal(account: Account, name: str) -> str:
    return hmac.digest(account.auth_token.encode(), name.encode(), hashlib.sha256).hex()[:32]


async def content(account: Account, message: Message, media: Media) -> Media | None:
    """The media with its content, fetched now if it was not yet; None when its source does not answer."""
    if media.content is not None:
        return media
    fetched = await _fetch(media)
    if fetched is not None:
        kept = tuple(fetched if each.sid == media.sid else each for each in message.media)
        account.change(message.sid, media=kept)
    return fetched


async def _fetch(media: Media) -> Media | None:
    try:
        async with (
            aiohttp.ClientSession(timeout=_FETCH_TIMEOUT) as session,
            session.get(media.source) as answer,
        ):
            body = await read_up_to(answer.content, MOST_BYTES + 1)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
    if answer.status != 200 or len(body) > MOST_BYTES:
        return None
    return replace(media, content=body, content_type=answer.content_type)

"""TwiML: what we answer to an inbound webhook.

https://www.twilio.com/docs/messaging/twiml
"""

import re
from collections.abc import Iterable

from leadline.errors import InvalidInput, TextError

MAX_MEDIA = 10
MAX_BODY = 1600

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
# A bare carriage return would be read back as a line feed.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
# XML 1.0 has no way to write these, not even escaped; one of them makes Twilio drop the whole answer.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def generate_twiml_response(message: str | None = None, *, media_urls: Iterable[str] = ()) -> str:
    """The XML to answer an inbound webhook with; send it as ``text/xml``.

    Without a message and media it is an empty ``<Response/>``, which tells Twilio to send nothing.
    Characters that XML cannot carry are left out. Raises InvalidInput above 1,600 characters or ten files.
    """
    text = _NOT_XML.sub("", message or "").replace("\r\n", "\n")
    urls = [_checked(url) for url in media_urls]
    if len(text.encode("utf-16-le")) > 2 * MAX_BODY:
        raise TextError(f"A reply can have {MAX_BODY} characters. Shorten it.", field="message")
    if len(urls) > MAX_MEDIA:
        raise InvalidInput(f"A reply can carry {MAX_MEDIA} files.", field="media_urls")
    if not text.strip() and not urls:
        return f"{_DECLARATION}<Response/>"
    return f"{_DECLARATION}<Response><Message>{_content(text, urls)}</Message></Response>"


def _content(text: str, urls: list[str]) -> str:
    body = f"<Body>{_escaped(text)}</Body>" if text.strip() else ""
    return body + "".join(f"<Media>{_escaped(url)}</Media>" for url in urls) if urls else _escaped(text)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _checked(url: str) -> str:
    if not url.startswith(("https://", "http://")) or _NOT_XML.search(url) or any(map(str.isspace, url)):
        raise InvalidInput("A file needs an address that begins with https://.", field="media_urls")
    return url

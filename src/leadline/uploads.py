"""Uploads: pictures and files that somebody attaches to a text, kept until it is sent and then for Twilio to
fetch. Twilio takes no files, only addresses, so ours is public: nobody can guess it.

An upload lies in a folder of its own until its text is queued; what is left there is deleted after a day.
"""

import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from leadline.errors import InvalidInput
from leadline.twilio.media import sniff

# https://www.twilio.com/docs/messaging/guides/accepted-mime-types: 5 MB for a text with all its files, and
# 500 kB for a file of another type than the pictures that Twilio makes smaller where a carrier asks for it.
ALL_AT_MOST = 5 * 1000 * 1000
OTHERS_AT_MOST = 500 * 1000
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})
OTHERS = frozenset(
    {"video/mp4", "video/3gpp", "audio/mpeg", "audio/ogg", "audio/amr", "application/pdf", "text/vcard"}
)
ABANDONED_AFTER = timedelta(days=1)
GONE = "A file is not there any more. Attach it again."
_WAITING = "uploads"
_TOKEN = re.compile(r"[0-9a-f]{48}", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes with a text. ``token`` is its name in the media folder and in its public address."""

    token: str
    content_type: str
    size: int

    @property
    def words(self) -> str:
        """What it is, for people."""
        kind = "Picture" if self.content_type in PICTURES else "File"
        return f"{kind}, {max(self.size // 1000, 1)} kB"


def keep(folder: Path, content: bytes, *, now: datetime) -> Upload:
    """Keep a file until its text is queued. Raises InvalidInput for what Twilio would not take."""
    found = _judged(content)
    waiting = folder / _WAITING
    waiting.mkdir(parents=True, exist_ok=True)
    _drop_abandoned(waiting, now=now)
    token = secrets.token_hex(24)
    with (waiting / token).open("xb") as file:
        file.write(content)
        os.fsync(file.fileno())  # The text that is queued with it says that it is there.
    return Upload(token, found, len(content))


def take(folder: Path, tokens: Iterable[str]) -> list[Upload]:
    """The files of a text that is to be queued, from now on where they stay. Raises InvalidInput for one that
    is gone, and for all together when they are too large.
    """
    found = [_taken(folder, token) for token in tokens]
    if sum(upload.size for upload in found) > ALL_AT_MOST:
        put_back(folder, found)
        raise InvalidInput("All files together may have 5 MB.", field="files", code="files_too_large")
    return found


def put_back(folder: Path, found: Iterable[Upload]) -> None:
    """The text was not queued after all."""
    for upload in found:
        with suppress(FileNotFoundError):
            (folder / upload.token).rename(folder / _WAITING / upload.token)


def waiting(folder: Path, tokens: Iterable[str]) -> list[Upload]:
    """Those of these that are still there, wherever they lie."""
    places = [(token, _place(folder, token)) for token in tokens if _TOKEN(token)]
    return [_described(token, file) for token, file in places if file is not None]


def address(public_url: str, token: str) -> str:
    """Where Twilio fetches it."""
    return f"{public_url}/m/{token}"


def tokens_in(addresses: Iterable[str], *, public_url: str | None) -> list[str]:
    """The tokens of those of these addresses that are ours."""
    ours = f"{public_url}/m/"
    rest = [each.removeprefix(ours) for each in addresses if public_url and each.startswith(ours)]
    return [token for token in rest if _TOKEN(token)]


def is_token(text: str) -> bool:
    """Whether it could be one of ours."""
    return _TOKEN(text) is not None


def _judged(content: bytes) -> str:
    found = sniff(content)
    if found not in PICTURES | OTHERS:
        raise InvalidInput(
            "Twilio does not take such a file. Pictures may be JPEG, PNG or GIF.",
            field="files",
            code="file_type",
        )
    if len(content) > (ALL_AT_MOST if found in PICTURES else OTHERS_AT_MOST):
        raise InvalidInput(
            "The file is too large: a picture may have 5 MB, anything else 500 kB.",
            field="files",
            code="files_too_large",
        )
    return found


def _taken(folder: Path, token: str) -> Upload:
    file = _place(folder, token) if _TOKEN(token) else None
    if file is None:
        raise InvalidInput(GONE, field="files", code="file_gone")
    return _described(token, file.rename(folder / token))


def _place(folder: Path, token: str) -> Path | None:
    places = (folder / _WAITING / token, folder / token)
    return next((file for file in places if file.is_file()), None)


def _described(token: str, file: Path) -> Upload:
    with file.open("rb") as opened:
        return Upload(token, sniff(opened.read(8192)) or "application/octet-stream", file.stat().st_size)


def _drop_abandoned(waiting: Path, *, now: datetime) -> None:
    oldest = (now - ABANDONED_AFTER).timestamp()
    for file in waiting.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < oldest:
                file.unlink()

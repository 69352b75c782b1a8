"""What may stand in a text, a name, and a line on a terminal."""

import re

from leadline.errors import TextError

MAX_BODY = 1600

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
_NOTHING_SEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*")
# These turn the direction of whatever follows them, beyond the name they stand in.
_BIDI_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_PRINTABLE = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def check_body(text: str, *, has_media: bool = False, field: str = "body") -> str:
    """The text as it will be sent, or TextError that says why it cannot be.

    Line ends become line feeds, since a browser sends two characters for each and every one is paid for.
    Control characters are dropped. The limit is 1,600 UTF-16 units, the most that Twilio takes
    (https://www.twilio.com/docs/api/errors/21617). Only with a file may the text be blank.
    """
    if not isinstance(text, str):
        raise TextError("A text is made of characters.", field=field)
    if _SURROGATE.search(text):
        raise TextError("There is half an emoji in the text. Write it again.", field=field)
    body = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not has_media and is_blank(body):
        raise TextError("The text is empty. Write something.", field=field)
    over = utf16_units(body) - MAX_BODY
    if over > 0:
        raise TextError(
            f"The text is {over} characters too long. At most {MAX_BODY:,} can be sent.", field=field
        )
    return body


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: only white space and invisible characters."""
    return _NOTHING_SEEN.fullmatch(text) is not None


def utf16_units(text: str) -> int:
    """The length as phones count it: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean_name(text: str) -> str:
    """A name on one line, without controls or characters that turn the direction of what follows.

    Joiners stay: names in Persian and Hindi, and family emoji, need them.
    """
    one_line = " ".join(_SURROGATE.sub("\ufffd", text).split())
    return _BIDI_OVERRIDES.sub("", _CONTROLS.sub("", one_line)).strip()


def printable(text: str, *, keep_lines: bool = False) -> str:
    """Somebody's text made safe for a terminal or a log: nothing in it can move, colour or hide anything.

    Line ends and tabs become spaces unless ``keep_lines``, so that a text cannot forge a line of its own.
    """
    visible = _NOT_PRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return visible if keep_lines else visible.replace("\n", " ").replace("\t", " ")

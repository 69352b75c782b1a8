"""Reading the TwiML that an application answers an inbound text with.

https://www.twilio.com/docs/messaging/twiml
"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from leadline.rules.text import utf16_units
from leadline.simulator.order import MOST_CHARACTERS, MOST_MEDIA, is_address
from leadline.simulator.webhooks import MOST_ANSWER, Answer

_XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


class TwimlError(Exception):
    """A document that Twilio would not carry out; ``code`` is in its debugger."""

    def __init__(self, code: int) -> None:
        super().__init__(f"TwiML error {code}: https://www.twilio.com/docs/api/errors/{code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class ReplyText:
    """One text to send. ``to`` and ``from_`` are empty where the document leaves them to Twilio."""

    body: str
    media: tuple[str, ...] = ()
    to: str = ""
    from_: str = ""
    callback: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a document asks for: texts, and the address of the document to go on with, if any."""

    texts: tuple[ReplyText, ...] = ()
    next_url: str | None = None


NOTHING = Document()


def read(answer: Answer) -> Document:
    """The document of an answer. Raises TwimlError.

    An empty answer asks for nothing; a plain text is sent as it is.
    """
    if len(answer.body) > MOST_ANSWER:
        raise TwimlError(11750)
    if not answer.body:
        return NOTHING
    if answer.content_type == "text/plain":
        return Document((_checked(ReplyText(answer.body.decode(errors="replace"))),))
    if answer.content_type not in _XML_TYPES:
        raise TwimlError(12300)
    return _read_response(_parse(answer.body))


def _parse(body: bytes) -> ET.Element:
    try:
        # The user's own application wrote it, it is short, and expat refuses entities that explode.
        root = ET.fromstring(body)  # noqa: S314
    except ET.ParseError:
        raise TwimlError(12100) from None
    if root.tag != "Response":
        raise TwimlError(12100)
    return root


def _read_response(root: ET.Element) -> Document:
    texts: list[ReplyText] = []
    for verb in root:
        if verb.tag == "Redirect":
            return Document(tuple(texts), (verb.text or "").strip())
        if verb.tag in ("Message", "Sms"):
            texts.append(_checked(_read_message(verb)))
            if action := verb.get("action"):
                return Document(tuple(texts), action)
        # Any other verb is a warning (14110) in Twilio's debugger, and skipped.
    return Document(tuple(texts))


def _read_message(verb: ET.Element) -> ReplyText:
    bodies = [noun.text or "" for noun in verb if noun.tag == "Body"]
    media = tuple((noun.text or "").strip() for noun in verb if noun.tag == "Media")
    return ReplyText(
        body="".join(bodies) if len(verb) else (verb.text or "").strip(),
        media=media,
        to=verb.get("to", ""),
        from_=verb.get("from", ""),
        callback=verb.get("statusCallback"),
    )


def _checked(text: ReplyText) -> ReplyText:
    is_empty = not text.body.strip() and not text.media
    if is_empty or utf16_units(text.body) > MOST_CHARACTERS or len(text.media) > MOST_MEDIA:
        raise TwimlError(14103)
    if text.callback and not is_address(text.callback):
        raise TwimlError(14105)
    return text

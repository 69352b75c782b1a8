"""What stands in the composer when a page is shown."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from leadline import uploads
from leadline.errors import LeadlineError
from leadline.rules.segments import Segments, count_segments
from leadline.rules.state import CANCELED
from leadline.settings import Settings
from leadline.store import drafts, messages, templates
from leadline.store.database import Transaction
from leadline.uploads import Upload
from leadline.web.pages.forms import prefixed, query_id
from leadline.web.pages.later import Preset, presets
from leadline.web.pages.picker import Choice, choices, filled
from leadline.web.pages.screen import Party, Target, clock_of, party, values_for
from leadline.web.pages.site import Visit

# The values that a template's form asks for, and the composer sends along.
VALUE = "v."
SIGNS: Mapping[str, str] = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A colleague's text that came first."""

    author: str
    body: str


@dataclass(frozen=True, slots=True)
class Composer:
    """What was written so far. ``key`` makes sending the same form twice one text; ``media``
    are addresses of pictures elsewhere.
    """

    text: str = ""
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[Upload] = ()
    media: str = ""
    is_note: bool = False
    error: str = ""
    crossed: Answer | None = None
    key: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @property
    def counted(self) -> Segments:
        """Its units and segments; none where there is nothing to send."""
        counted = count_segments(self.text)
        return counted if self.text else replace(counted, segments=0)

    def refused(self, error: str, *, crossed: Answer | None = None) -> "Composer":
        """The same with what is wrong, under a new key: what was refused may be sent again, changed."""
        return replace(self, error=error, crossed=crossed, key=secrets.token_urlsafe(12))


@dataclass(frozen=True, slots=True)
class Price:
    """What one segment costs; ``sign`` stands before the amount."""

    amount: Decimal
    sign: str

    def of(self, segments: int) -> str:
        """About how much that many are.

        >>> Price(Decimal("0.0083"), "$").of(2)
        '$0.017'
        """
        total = self.amount * segments
        digits = Decimal("0.001") if total < 1 else Decimal("0.01")
        return f"{self.sign}{total.quantize(digits, ROUND_HALF_UP)}"


@dataclass(frozen=True, slots=True)
class Offers:
    """What the composer has besides: templates, moments, and whether files can be attached."""

    choices: Sequence[Choice] = ()
    presets: Sequence[Preset] = ()
    now_there: str = ""
    price: Price | None = None
    takes_files: bool = False


def composer(tx: Transaction, visit: Visit, who: Party) -> Composer:
    """What the address asks to have in it: a template, or a text that was taken back; else the draft."""
    name = visit.request.query_params.get("template", "").replace("\0", "")
    if name:
        return _from_template(tx, visit, who, name)
    undone = query_id(visit.request, "undone")
    begun = _draft(tx, visit, who)
    return _with_files_of(tx, visit, undone, begun) if undone else begun


def offers(tx: Transaction, visit: Visit, target: Target) -> Offers:
    """What the composer offers for whom the target means."""
    who = party(tx, visit, target)
    clock = clock_of(visit, who)
    settings = visit.line.settings
    return Offers(
        choices=choices(tx, values_for(visit, who.lead)),
        presets=presets(clock),
        now_there=f"{clock.here.hour(visit.here.now)} now{clock.suffix or ' by your clock'}",
        price=price_of(settings),
        takes_files=settings.leadline_public_url is not None,
    )


def price_of(settings: Settings) -> Price | None:
    """What a segment costs here, if somebody has said so."""
    if settings.leadline_segment_price is None:
        return None
    currency = settings.leadline_currency
    return Price(settings.leadline_segment_price, SIGNS.get(currency, f"{currency} "))


def folder_of(settings: Settings) -> Path:
    """Where files lie."""
    return Path(settings.leadline_media_dir)


def _from_template(tx: Transaction, visit: Visit, who: Party, name: str) -> Composer:
    values = prefixed(dict(visit.request.query_params), VALUE)
    try:
        choice = filled(templates.by_name(tx, name), values_for(visit, who.lead) | values)
    except LeadlineError as error:
        return Composer(error=str(error))
    if choice.missing:
        return Composer(choice.text, name, values, error=fill_in(choice.missing))
    return Composer(choice.text, name, values, error=choice.fault)


def fill_in(names: Sequence[str]) -> str:
    """What to do about values that nobody knows yet.

    >>> fill_in(["callback_time"])
    'Fill in first: callback time.'
    """
    return f"Fill in first: {', '.join(name.replace('_', ' ') for name in names)}."


def _draft(tx: Transaction, visit: Visit, who: Party) -> Composer:
    if who.conversation is None:
        return Composer()
    begun = drafts.of(tx, visit.member.id, who.conversation.id)
    return Composer(begun.body, begun.template or "") if begun else Composer()


def _with_files_of(tx: Transaction, visit: Visit, message_id: int, begun: Composer) -> Composer:
    """With the files of a text that was taken back; its words are in the draft already."""
    taken = messages.by_id(tx, message_id, scope=visit.scope)
    if taken.created_by != f"user:{visit.member.id}" or taken.state != CANCELED:
        return begun
    settings = visit.line.settings
    ours = uploads.tokens_in(taken.media_urls, public_url=settings.leadline_public_url)
    files = tuple(uploads.waiting(folder_of(settings), ours))
    return replace(begun, files=files, media="\n".join(taken.media_urls[len(ours) :]))

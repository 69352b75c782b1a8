"""The simulator as one object: for tests, for the demo, and for the server that stands alone."""

import random
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from starlette.types import ASGIApp

from leadline.clock import Clock, SystemClock
from leadline.errors import InvalidInput
from leadline.rules.segments import count_segments
from leadline.rules.text import utf16_units
from leadline.simulator.account import Account
from leadline.simulator.configuration import as_numbers, read_configuration
from leadline.simulator.inbound import Inbound, Reply
from leadline.simulator.media import picture
from leadline.simulator.messages_api import MessagesApi
from leadline.simulator.order import MOST_CHARACTERS
from leadline.simulator.outbound import Outbound
from leadline.simulator.outcomes import TEST_NUMBER
from leadline.simulator.plan import Faults, Plan
from leadline.simulator.progress import Progress
from leadline.simulator.records import (
    Accepted,
    Configuration,
    Message,
    Number,
    Past,
    Phone,
)
from leadline.simulator.resources import Resources
from leadline.simulator.site import site
from leadline.simulator.tasks import Tasks
from leadline.simulator.webhooks import Webhooks

# Twilio's own test number, a local one and a toll-free one.
NUMBERS = (TEST_NUMBER, "+17205550100", "+18885550100")
BASE_URL = "http://127.0.0.1:8060"

Delay = float | tuple[float, float]


class Simulator:
    """A Twilio that runs here: the Messages API, signed webhooks, handsets, faults, and a ledger.

    Without a SID and a token it makes its own. ``numbers`` are those the account owns. ``delay`` is
    the seconds a text takes for each state, exactly or from least to most. Everything random comes
    from ``seed``; two simulators of one seed give out the same SIDs, so leave it alone when the
    application keeps what an earlier one sent. ``base_url`` is where ``app`` is served, for the
    addresses of pictures.

    Use it in one event loop, inside ``async with simulator``; the lifespan of ``app`` enters it too.
    """

    def __init__(
        self,
        account_sid: str | None = None,
        auth_token: str | None = None,
        *,
        numbers: Sequence[str | Number] = NUMBERS,
        inbound_url: str | None = None,
        base_url: str = BASE_URL,
        delay: Delay = (0.2, 1.0),
        seed: int | None = None,
        clock: Clock | None = None,
    ) -> None:
        random_ = random.Random(seed)
        self.account = Account(
            account_sid or f"AC{random_.getrandbits(128):032x}",
            auth_token or f"{random_.getrandbits(128):032x}",
            configuration=Configuration(as_numbers(numbers), inbound_url=inbound_url),
            clock=clock or SystemClock(),
            random_=random_,
        )
        self.faults = Faults(seed=random_.getrandbits(64))
        self._tasks = Tasks()
        self._webhooks = self._make_webhooks()
        self._entered = 0
        self._wire(_bounds(delay))
        self.base_url = base_url

    def _make_webhooks(self) -> Webhooks:
        # A subclass may reach the application without HTTP.
        return Webhooks(self.account)

    def _wire(self, delay: tuple[float, float]) -> None:
        account, faults = self.account, self.faults
        progress = Progress(account, webhooks=self._webhooks, tasks=self._tasks, faults=faults, delay=delay)
        outbound = Outbound(account, progress)
        self._inbound = Inbound(account, outbound, self._webhooks)
        self._resources = Resources(account, progress=progress, faults=faults)
        progress.arrive = self._arrive
        self._api = MessagesApi(account, outbound=outbound, resources=self._resources, faults=faults)
        self._app = site(self, self._api)

    @property
    def app(self) -> ASGIApp:
        """The ASGI application: the API, the control API and the handsets."""
        return self._app

    @property
    def account_sid(self) -> str:
        return self.account.sid

    @property
    def auth_token(self) -> str:
        return self.account.auth_token

    @property
    def base_url(self) -> str:
        """Where ``app`` is served; may be set once the port is known."""
        return self._resources.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self._resources.base_url = self._inbound.base_url = url.rstrip("/")

    @property
    def ledger(self) -> tuple[Accepted, ...]:
        """Every create that was accepted, in order: the truth that tests compare with."""
        return tuple(self.account.ledger)

    async def reply(self, from_: str, to: str, body: str, media_urls: Sequence[str] = ()) -> Reply:
        """A person texts a number of ours; answers once the webhook did.

        Raises InvalidInput for a text without content and PhoneNumberError for a number not ours.
        """
        if not from_:
            raise InvalidInput("Say who writes.", field="from")
        if not body and not media_urls:
            raise InvalidInput("Write something, or give a picture.", field="body")
        if utf16_units(body) > MOST_CHARACTERS:
            raise InvalidInput("A text has at most 1,600 characters.", field="body")
        return await self._inbound.receive(from_, to, body, tuple(media_urls))

    def add_phone(self, number: str, name: str | None = None, *, outcome: str | None = None) -> Phone:
        """Put a handset on the page; ``outcome`` is a key of PHONE_OUTCOMES. Repeating it renames it."""
        if not number:
            raise InvalidInput("A phone needs a number.", field="number")
        return self.account.meet(number, name=name, outcome=outcome)

    def load(self, history: Iterable[Past]) -> None:
        """Put messages of before into the list and onto the handsets; no webhook hears of them."""
        for past in history:
            self.account.add(self._remembered(past))

    def configure(self, **changes: Any) -> None:
        """Change what Configuration names: ``numbers``, ``services``, ``inbound_url``, ``fallback_url``,
        ``status_callback``. Raises InvalidInput for anything else and for what cannot be.
        """
        account = self.account
        account.configuration = read_configuration(changes, before=account.configuration)

    def add_api_key(self, sid: str, secret: str) -> None:
        """Let the API be called with that pair too; webhooks are signed with the token all the same."""
        self._api.admit(sid, secret)

    async def idle(self) -> None:
        """Wait until no text is on its way and no callback is pending. Scheduled texts do not count."""
        await self._tasks.idle()

    async def reset(self) -> None:
        """Forget every message, opt-out, handset and fault, the ledger too; end what is under way."""
        await self._tasks.cancel()
        self.account.clear()
        self.faults.follow(Plan())

    async def __aenter__(self) -> Self:
        self._entered += 1
        if self._entered == 1:
            await self._webhooks.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._entered -= 1
        if self._entered == 0:
            await self._tasks.cancel()
            await self._webhooks.__aexit__()

    def _arrive(self, message: Message) -> None:
        # A text to a number of ours comes back in, as it would with two applications on one account.
        if message.from_ and self.account.configuration.number(message.to):
            media = [media.source for media in message.media]
            self._tasks.spawn(self._inbound.receive(message.from_, message.to, message.body, media))

    def _remembered(self, past: Past) -> Message:
        direction = "inbound" if past.direction == "inbound" else "outbound-api"
        return Message(
            place=self.account.next_place(),
            sid=past.sid or self.account.new_sid("SM"),
            direction=direction,
            to=past.to,
            from_=past.from_,
            body=past.body,
            status="received" if direction == "inbound" else past.status,
            created=past.at,
            updated=past.at,
            sent=past.at,
            segments=count_segments(past.body).segments or 1,
            media=tuple(picture(self.account, url) for url in past.media),
            error_code=past.error_code,
            priced=True,
        )


def _bounds(delay: Delay) -> tuple[float, float]:
    return delay if isinstance(delay, tuple) else (delay, delay)

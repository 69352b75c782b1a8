"""The resources of the API, one method each: what they answer, not how it travels.

https://www.twilio.com/docs/messaging/api/message-resource and
https://www.twilio.com/docs/messaging/api/media-resource
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from leadline.simulator.account import Account
from leadline.simulator.answers import ApiAnswer
from leadline.simulator.documents import (
    account_document,
    feedback_document,
    media_document,
    message_document,
    number_document,
)
from leadline.simulator.form import Form
from leadline.simulator.listing import Page, envelope, list_messages
from leadline.simulator.media import find, short_lived_path
from leadline.simulator.outcomes import IN_PROGRESS
from leadline.simulator.plan import Faults
from leadline.simulator.problems import Problem
from leadline.simulator.progress import Progress
from leadline.simulator.records import Media, Message


@dataclass(frozen=True, slots=True)
class Request:
    """What the path, the query and the body of a call say."""

    path: str
    query: Form
    form: Form
    message_sid: str = ""
    media_sid: str = ""


class Resources:
    """Everything of the API but the create. Each method raises Problem for what Twilio would refuse."""

    def __init__(self, account: Account, *, progress: Progress, faults: Faults) -> None:
        self._account = account
        self._progress = progress
        self._faults = faults
        self.base_url = ""

    async def account(self, _request: Request) -> ApiAnswer:
        return ApiAnswer(200, account_document(self._account.sid))

    async def list_numbers(self, request: Request) -> ApiAnswer:
        """The account's numbers, or the one that ``PhoneNumber`` names."""
        told, wanted = self._account.configuration, request.query.get("PhoneNumber")
        items = [
            number_document(each, self._account.sid, inbound_url=told.inbound_url)
            for each in told.numbers
            if not wanted or each.number == wanted
        ]
        page = envelope(Page(()), Form(), request.path)
        return ApiAnswer(200, {**page, "incoming_phone_numbers": items})

    async def list_messages(self, request: Request) -> ApiAnswer:
        lag, now = self._faults.plan.list_lag, self._account.clock.now()

        def hidden(message: Message) -> bool:
            return bool(lag) and now - message.created < timedelta(seconds=lag)

        page = list_messages(self._account, request.query, hidden=hidden)
        items = [message_document(message, self._account.sid) for message in page.items]
        return ApiAnswer(200, {**envelope(page, request.query, request.path), "messages": items})

    async def fetch_message(self, request: Request) -> ApiAnswer:
        return self._answer_with(self._message(request))

    async def update_message(self, request: Request) -> ApiAnswer:
        """Withdraw a scheduled text (``Status=canceled``) or redact one (``Body=``)."""
        message: Message | None = self._message(request)
        if request.form.get("Status") == "canceled":
            message = self._cancel(self._message(request))
        elif "Body" in request.form and not request.form.get("Body"):
            message = self._account.change(request.message_sid, body="")
        return self._answer_with(message)

    async def delete_message(self, request: Request) -> ApiAnswer:
        if self._message(request).status in IN_PROGRESS:
            raise Problem(20009)
        self._account.remove(request.message_sid)
        return ApiAnswer(204)

    async def give_feedback(self, request: Request) -> ApiAnswer:
        message = self._message(request)
        outcome = request.form.get("Outcome") or "confirmed"
        at = self._account.clock.now()
        return ApiAnswer(200, feedback_document(message, self._account.sid, outcome=outcome, at=at))

    async def list_media(self, request: Request) -> ApiAnswer:
        message = self._message(request)
        items = [media_document(media, message, self._account.sid) for media in message.media]
        return ApiAnswer(200, {**envelope(Page(message.media), Form(), request.path), "media_list": items})

    async def fetch_media(self, request: Request) -> ApiAnswer:
        message, media = self._media(request)
        return ApiAnswer(200, media_document(media, message, self._account.sid))

    async def delete_media(self, request: Request) -> ApiAnswer:
        message, media = self._media(request)
        kept = tuple(each for each in message.media if each.sid != media.sid)
        self._account.change(message.sid, media=kept)
        return ApiAnswer(204)

    async def redirect_to_content(self, request: Request) -> ApiAnswer:
        """The bytes are at a short-lived address that needs no credentials."""
        message, media = self._media(request)
        location = f"{self.base_url}{short_lived_path(self._account, message, media)}"
        return ApiAnswer(307, content=b"", headers={"location": location})

    def _message(self, request: Request) -> Message:
        message = self._account.messages.get(request.message_sid)
        if message is None:
            raise Problem(20404, path=request.path)
        return message

    def _media(self, request: Request) -> tuple[Message, Media]:
        message = self._message(request)
        media = find(message, request.media_sid)
        if media is None:
            raise Problem(20404, path=request.path)
        return message, media

    def _cancel(self, message: Message) -> Message | None:
        if message.status != "scheduled":
            raise Problem(30409)
        return self._progress.cancel(message)

    def _answer_with(self, message: Message | None) -> ApiAnswer:
        document = message_document(message, self._account.sid) if message else None
        return ApiAnswer(200, document)


Action = Callable[[Resources, Request], Awaitable[ApiAnswer]]

# What follows the account in the path, and what each method does there. {SM} and {ME} stand for SIDs.
ROUTES: dict[str, dict[str, Action]] = {
    ".json": {"GET": Resources.account},
    "/IncomingPhoneNumbers.json": {"GET": Resources.list_numbers},
    "/Messages.json": {"GET": Resources.list_messages},
    "/Messages/{SM}.json": {
        "GET": Resources.fetch_message,
        "POST": Resources.update_message,
        "DELETE": Resources.delete_message,
    },
    "/Messages/{SM}/Feedback.json": {"POST": Resources.give_feedback},
    "/Messages/{SM}/Media.json": {"GET": Resources.list_media},
    "/Messages/{SM}/Media/{ME}.json": {"GET": Resources.fetch_media, "DELETE": Resources.delete_media},
    "/Messages/{SM}/Media/{ME}": {"GET": Resources.redirect_to_content},
}

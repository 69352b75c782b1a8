"""Every error that Leadline raises on purpose.

LeadlineError
├── SettingsError          the settings do not fit together
├── StoreUnavailable       the database is locked or gone; trying again later helps
├── NotFound               no such lead, message, template …
├── IdempotencyConflict    the same Idempotency-Key with other content
├── TooLate                what was to be taken back has happened
├── ConsentRefused         this opt-in cannot undo what the person or the carrier did
├── TooEarly               what has to be done before has not been done
├── TooManyTries           somebody has to wait before they may try again
├── PayloadError           a webhook whose fields do not make sense
├── TwilioError            Twilio could not be asked, or gave no usable answer
└── InvalidInput           what a caller passed cannot be used; names the field
    ├── PhoneNumberError   not a number that can be texted
    ├── TextError          empty, too long, or not text
    └── TemplateError      the template itself is at fault
        ├── UnknownTemplate
        └── MissingVariables

``code`` is stable and part of the API; the sentence is for people and may change.
"""

import math
from collections.abc import Iterable
from datetime import timedelta


class LeadlineError(Exception):
    """Something Leadline will not or cannot do; the text says what to do about it."""

    code = "error"


class SettingsError(LeadlineError):
    """The settings do not fit together."""

    code = "settings"


class StoreUnavailable(LeadlineError):
    """The database is locked or gone. Nothing was written; the same call may succeed later."""

    code = "store_unavailable"


class NotFound(LeadlineError):
    """There is no such thing, or the caller may not see it."""

    code = "not_found"

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"There is no {kind} {key}.")
        self.kind = kind


class IdempotencyConflict(LeadlineError):
    """An Idempotency-Key came again with other content; nothing was queued the second time."""

    code = "idempotency_conflict"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another text. Use a new key for a new text.")


class TooLate(LeadlineError):
    """What was to be taken back has happened or may have, or what was to be decided is not open; nothing was
    changed.
    """

    code = "too_late"


class ConsentRefused(LeadlineError):
    """An opt-in that somebody tells of cannot undo what the person or the carrier did; nothing was stored."""

    code = "consent_refused"

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class TooEarly(LeadlineError):
    """What has to be done before has not been done; nothing was changed."""

    code = "too_early"


class TooManyTries(LeadlineError):
    """Too many sign-ins failed. Nothing was looked at; ``wait`` is how long it is until the next try."""

    code = "too_many_tries"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(math.ceil(wait.total_seconds() / 60), 1)
        super().__init__(
            f"Too many tries failed. Try again in {minutes} {'minute' if minutes == 1 else 'minutes'}, "
            "or ask an admin for a link."
        )


class PayloadError(LeadlineError):
    """A webhook whose fields do not make sense; Twilio does not send such a thing."""

    code = "payload"


class TwilioError(LeadlineError):
    """A question to Twilio got no usable answer. Nothing was changed; asking again later may help."""

    code = "twilio"

    def __init__(
        self, message: str, *, http_status: int | None = None, error_code: int | None = None
    ) -> None:
        super().__init__(message)
        self.http_status = http_status
        self.error_code = error_code


class InvalidInput(LeadlineError, ValueError):
    """What a caller passed cannot be used; ``field`` names the argument at fault."""

    code = "invalid"

    def __init__(self, message: str, *, field: str, code: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        if code is not None:
            self.code = code


class PhoneNumberError(InvalidInput):
    """Not a phone number that can receive a text."""

    code = "phone_invalid"


class TextError(InvalidInput):
    """A body that is empty, too long, or not text."""

    code = "text_invalid"


class TemplateError(InvalidInput):
    """A template that cannot be rendered."""

    code = "template_invalid"


class UnknownTemplate(TemplateError):
    """There is no template of that name."""

    code = "template_unknown"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"There is no template named {name!r}. There are: {', '.join(sorted(known))}.", field="template"
        )


class MissingVariables(TemplateError):
    """A template needs values that were not given; ``names`` lists every one of them."""

    code = "template_variables_missing"

    def __init__(self, template: str, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(
            f"The template {template!r} needs a value for: {', '.join(self.names)}.", field="variables"
        )

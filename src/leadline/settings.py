"""Every setting, with its type, its default and what it is for; read from the environment once.

Twilio's settings keep Twilio's names; ours begin with ``LEADLINE_``. A ``.env`` file in the working
directory is read too; the environment wins. ``docs/settings.md`` is checked against this file.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from leadline.errors import SettingsError

TWILIO_API = "https://api.twilio.com"


def _setting(name: str, help_: str, default: Any = None, **limits: Any) -> Any:
    """A field read from the environment variable ``name``, and settable by its Python name too."""
    return Field(
        default=default, validation_alias=AliasChoices(name, name.lower()), description=help_, **limits
    )


class Settings(BaseSettings):
    """What an installation is told. Frozen: a changed setting is a new ``Settings``.

    Some may change while Leadline runs, see ``preferences``; the others need a restart.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_file=".env", env_ignore_empty=True, populate_by_name=True
    )

    twilio_account_sid: str | None = _setting(
        "TWILIO_ACCOUNT_SID", "Your Twilio account: AC and 32 hexadecimal digits."
    )
    twilio_auth_token: SecretStr | None = _setting(
        "TWILIO_AUTH_TOKEN", "The account's primary auth token. Twilio signs webhooks with it."
    )
    twilio_auth_token_next: SecretStr | None = _setting(
        "TWILIO_AUTH_TOKEN_NEXT",
        "A second token that webhooks may be signed with, while you rotate the first.",
    )
    twilio_phone_number: str | None = _setting(
        "TWILIO_PHONE_NUMBER", "Your number, like +15005550006; leads see texts come from it."
    )
    twilio_messaging_service_sid: str | None = _setting(
        "TWILIO_MESSAGING_SERVICE_SID", "Send through this Messaging Service instead of the number."
    )
    twilio_api_key: str | None = _setting(
        "TWILIO_API_KEY", "An API key to call Twilio with, so that rotating the token does not stop sending."
    )
    twilio_api_key_secret: SecretStr | None = _setting("TWILIO_API_KEY_SECRET", "The secret of that API key.")
    twilio_api_base_url: str = _setting(
        "TWILIO_API_BASE_URL",
        "Where the Messages API answers: Twilio, an edge, or the simulator.",
        TWILIO_API,
    )

    leadline_public_url: str | None = _setting(
        "LEADLINE_PUBLIC_URL", "The address Twilio reaches this server at, like https://sms.example.com."
    )
    leadline_database_url: str = _setting(
        "LEADLINE_DATABASE_URL",
        "sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/DATABASE.",
        "sqlite:///leadline.db",
    )
    leadline_media_dir: str = _setting(
        "LEADLINE_MEDIA_DIR",
        "The folder where pictures that leads send are kept, and, with PostgreSQL, the file by which a "
        "restored database is noticed.",
        "leadline-media",
    )
    leadline_business_name: str | None = _setting(
        "LEADLINE_BUSINESS_NAME", "Who the texts are from; the built-in templates name it."
    )
    leadline_region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = _setting(
        "LEADLINE_REGION", "The country that numbers without a country code belong to.", "US"
    )
    leadline_auto_reply_template: str | None = _setting(
        "LEADLINE_AUTO_REPLY_TEMPLATE",
        "A template that answers a lead's first text of the day. Off when unset.",
    )
    leadline_keyword_answers: str = _setting(
        "LEADLINE_KEYWORD_ANSWERS",
        "The kinds of sender on which Leadline answers STOP, START and HELP, with commas between: number, "
        "number_abroad, short_code. Elsewhere Twilio does.",
        "short_code",
    )
    leadline_stop_answer: str | None = _setting(
        "LEADLINE_STOP_ANSWER",
        "What Leadline answers to an opt-out. Unset: a sentence of its own.",
        max_length=1600,
    )
    leadline_start_answer: str | None = _setting(
        "LEADLINE_START_ANSWER",
        "What Leadline answers to an opt-in. Unset: a sentence of its own.",
        max_length=1600,
    )
    leadline_help_answer: str | None = _setting(
        "LEADLINE_HELP_ANSWER",
        "What Leadline answers to HELP. Unset: a sentence of its own.",
        max_length=1600,
    )
    leadline_send_concurrency: Annotated[int, Field(ge=1, le=512)] = _setting(
        "LEADLINE_SEND_CONCURRENCY", "How many create calls may be under way at once.", 10
    )
    leadline_sender_rate: Decimal | None = _setting(
        "LEADLINE_SENDER_RATE",
        "Message segments a second for the sender; 0 is no limit. Unset: 1 for a US or Canadian number, "
        "3 for a toll-free one, 10 for other countries, 100 for a short code, none for a Messaging Service.",
        ge=0,
    )
    leadline_validity_period: Annotated[int, Field(ge=1, le=36000)] = _setting(
        "LEADLINE_VALIDITY_PERIOD", "Seconds a text may wait in Twilio's queue before it is given up.", 14400
    )
    leadline_countries: Annotated[str, Field(pattern=r"^(\*|[A-Z]{2}(, ?[A-Z]{2})*)$")] = _setting(
        "LEADLINE_COUNTRIES", "The countries texts may go to, or `*` for all.", "US,CA"
    )
    leadline_quiet_hours: bool | None = _setting(
        "LEADLINE_QUIET_HOURS",
        "Whether a text waits until it is a good hour for them. Unset: on, but off on the simulator.",
    )
    leadline_own_hours: str | None = _setting(
        "LEADLINE_OWN_HOURS",
        "Narrower hours of your own, like 09:00-18:00 for all days, or three for Monday to Friday, Saturday "
        "and Sunday: `09:00-18:00 10:00-14:00 none`.",
    )
    leadline_closed_days: str | None = _setting(
        "LEADLINE_CLOSED_DAYS", "Days without texts, like 2026-12-24,2026-12-31."
    )
    leadline_answer_minutes: Annotated[int, Field(ge=0, le=1440)] = _setting(
        "LEADLINE_ANSWER_MINUTES", "How long after a lead wrote an answer may go out at any hour.", 30
    )
    leadline_marketing_per_day: Annotated[int, Field(ge=0)] = _setting(
        "LEADLINE_MARKETING_PER_DAY", "How many marketing texts a number may be sent in 24 hours.", 3
    )
    leadline_marketing_per_week: Annotated[int, Field(ge=0)] = _setting(
        "LEADLINE_MARKETING_PER_WEEK", "How many marketing texts a number may be sent in 7 days.", 7
    )
    leadline_automatic_per_hour: Annotated[int, Field(ge=0)] = _setting(
        "LEADLINE_AUTOMATIC_PER_HOUR", "How many automatic texts a number may be sent in an hour.", 3
    )
    leadline_automatic_per_day: Annotated[int, Field(ge=0)] = _setting(
        "LEADLINE_AUTOMATIC_PER_DAY", "How many automatic texts a number may be sent in 24 hours.", 10
    )
    leadline_agents_see: Annotated[str, Field(pattern=r"^(all|team|own)$")] = _setting(
        "LEADLINE_AGENTS_SEE",
        "Which conversations and leads who is no admin sees: `all`; `team`, all but those of another team; "
        "or `own`, theirs and nobody's.",
        "team",
    )
    leadline_claim_on_reply: bool = _setting(
        "LEADLINE_CLAIM_ON_REPLY",
        "Whether who answers a conversation that nobody has is the one who has it from then on.",
        default=True,
    )
    leadline_undo_seconds: Annotated[int, Field(ge=0, le=60)] = _setting(
        "LEADLINE_UNDO_SECONDS",
        "How many seconds a text written on the page waits for its writer to take it back; 0 is none.",
        5,
    )
    leadline_segment_price: Decimal | None = _setting(
        "LEADLINE_SEGMENT_PRICE",
        "What one segment costs you, carrier fees included, like 0.0083. With it the composer says what a "
        "text will cost.",
        ge=0,
    )
    leadline_currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = _setting(
        "LEADLINE_CURRENCY", "The currency of that price.", "USD"
    )
    leadline_answer_goal_minutes: Annotated[int, Field(ge=1, le=10080)] = _setting(
        "LEADLINE_ANSWER_GOAL_MINUTES", "Within how many minutes a lead who wrote should have an answer.", 10
    )
    leadline_trusted_proxies: str = _setting(
        "LEADLINE_TRUSTED_PROXIES",
        "Addresses or networks of your own proxies, like 10.0.0.0/8, with commas between: what they say of "
        "where a request comes from is believed when failed sign-ins are counted and sessions are listed.",
        "",
    )
    leadline_metrics_token: SecretStr | None = _setting(
        "LEADLINE_METRICS_TOKEN",
        "What Prometheus sends as bearer token to /metrics. Unset, only a token of the API opens it.",
    )
    leadline_log_level: Annotated[str, Field(pattern=r"^(debug|info|warning|error)$")] = _setting(
        "LEADLINE_LOG_LEVEL", "debug, info, warning or error.", "info"
    )

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Read the environment; ``overrides`` win over it.

        Raises SettingsError with one line for each setting at fault; a secret's value is never in it.
        """
        try:
            return cls(**overrides)
        except ValidationError as error:
            raise _unfit(error) from None

    def having(self, values: Mapping[str, Any]) -> Self:
        """These settings with some in the place of their own, by field, checked alike; no file is read again.

        Raises SettingsError as ``load`` does.
        """
        given: dict[str, Any] = {"_env_file": None, **self.model_dump(exclude_unset=True), **values}
        try:
            return type(self)(**given)
        except ValidationError as error:
            raise _unfit(error) from None

    @field_validator("twilio_api_base_url", "leadline_public_url")
    @classmethod
    def _is_a_base_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("write it like https://sms.example.com, without query or fragment")
        return value.rstrip("/")

    @field_validator("leadline_trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError:
            raise ValueError("write addresses or networks like 127.0.0.1, 10.0.0.0/8") from None
        return value

    @field_validator("leadline_keyword_answers")
    @classmethod
    def _is_answered_once(cls, value: str) -> str:
        kinds = {"number", "number_abroad", "short_code"}
        if not _listed(value) <= kinds:
            # On toll-free numbers the network answers, whatever anybody sets.
            raise ValueError(f"any of {', '.join(sorted(kinds))}, with commas between")
        return value

    @model_validator(mode="after")
    def _credentials_come_in_pairs(self) -> Self:
        pairs = (
            ("TWILIO_ACCOUNT_SID", self.twilio_account_sid, "TWILIO_AUTH_TOKEN", self.twilio_auth_token),
            ("TWILIO_API_KEY", self.twilio_api_key, "TWILIO_API_KEY_SECRET", self.twilio_api_key_secret),
        )
        for first, one, second, other in pairs:
            if bool(one) != bool(other and _value(other)):
                raise ValueError(f"{first} and {second} go together: set both or neither")
        return self

    @property
    def sender(self) -> str | None:
        """What texts are sent from: the Messaging Service if there is one, else the number."""
        return self.twilio_messaging_service_sid or self.twilio_phone_number

    @property
    def is_twilio_configured(self) -> bool:
        """Whether there is an account, a token and something to send from."""
        return bool(self.twilio_account_sid and self.twilio_auth_token and self.sender)

    @cached_property
    def answered_by_us(self) -> frozenset[str]:
        """The kinds of sender on which we answer keywords, not Twilio."""
        return _listed(self.leadline_keyword_answers)

    @cached_property
    def trusted_proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The proxies that are believed about where a request comes from."""
        return _networks(self.leadline_trusted_proxies)

    @property
    def countries(self) -> frozenset[str] | None:
        """Where texts may go; None is everywhere."""
        return None if self.leadline_countries == "*" else _listed(self.leadline_countries)

    @cached_property
    def webhook_tokens(self) -> tuple[str, ...]:
        """The auth tokens that a webhook's signature may be made with, the present one first."""
        tokens = (self.twilio_auth_token, self.twilio_auth_token_next)
        return tuple(_value(token) for token in tokens if token and _value(token))

    @property
    def api_credentials(self) -> tuple[str, str]:
        """User and password for Twilio's REST API: the API key if there is one, else the account."""
        if self.twilio_api_key and self.twilio_api_key_secret:
            return self.twilio_api_key, _value(self.twilio_api_key_secret)
        if self.twilio_account_sid and self.twilio_auth_token:
            return self.twilio_account_sid, _value(self.twilio_auth_token)
        raise SettingsError("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set.")


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(part, strict=False) for part in sorted(_listed(text)))


def _listed(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",")) - {""}


def _value(secret: SecretStr) -> str:
    return secret.get_secret_value().strip()


def _unfit(error: ValidationError) -> SettingsError:
    return SettingsError("\n".join(f"{_variable(fault['loc'])}: {fault['msg']}" for fault in error.errors()))


def _variable(location: tuple[int | str, ...]) -> str:
    return str(location[0]).upper() if location else "settings"

"""What the settings alone show. Nothing is opened."""

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from leadline.errors import LeadlineError
from leadline.findings.check import Check, Finding, run
from leadline.rules.phone import is_phone
from leadline.settings import Settings
from leadline.simulation import NUMBER, is_simulated

_SHORT_CODE = r"[0-9]{5,6}"
_PLACEHOLDER = re.compile(r"(.)\1*|.*(your|auth_?token|change|example|secret|[<\[]).*", re.IGNORECASE)
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".test")
_EMPTIED_FOLDERS = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108  To warn of them.


def findings(settings: Settings) -> list[Finding]:
    """What is wrong with settings that can be read, errors first. Pure."""
    return run(CHECKS, settings)


def finding_of(error: LeadlineError) -> Finding:
    """Settings that cannot even be read."""
    return UNREADABLE.finding("; ".join(str(error).splitlines()))


def _missing(settings: Settings) -> str:
    needed = {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token,
        "TWILIO_PHONE_NUMBER": settings.sender,
    }
    return ", ".join(name for name, value in needed.items() if not value)


def _misshapen(value: str | None, shape: str) -> str | None:
    return None if value is None or re.fullmatch(shape, value, re.ASCII) else value


def _account_sid(settings: Settings) -> str | None:
    return _misshapen(settings.twilio_account_sid, r"AC[0-9a-fA-F]{32}")


def _service_sid(settings: Settings) -> str | None:
    return _misshapen(settings.twilio_messaging_service_sid, r"MG[0-9a-fA-F]{32}")


def _api_key(settings: Settings) -> str | None:
    return _misshapen(settings.twilio_api_key, r"SK[0-9a-fA-F]{32}")


def _phone_number(settings: Settings) -> str | None:
    number = settings.twilio_phone_number
    return None if number is None or is_phone(number) else _misshapen(number, _SHORT_CODE)


def _placeholder(settings: Settings) -> bool:
    return any(_PLACEHOLDER.fullmatch(token) for token in settings.webhook_tokens)


def _odd_token(settings: Settings) -> bool:
    """Its value must not be shown, so this only says that it is odd."""
    is_odd = any(_misshapen(token, r"[0-9a-f]{32}") for token in settings.webhook_tokens)
    return is_odd and not _placeholder(settings)


def _is_real(settings: Settings) -> bool:
    """Whether texts would leave this machine."""
    return settings.is_twilio_configured and not is_simulated(settings)


def _no_public_url(settings: Settings) -> bool:
    return _is_real(settings) and not settings.leadline_public_url


def _host(settings: Settings) -> str:
    return urlsplit(settings.leadline_public_url or "").hostname or ""


def _host_out_of_reach(settings: Settings) -> str | None:
    """The public address's host, if it means something only on this machine or in this network."""
    host = _host(settings)
    if not host or not _is_real(settings):
        return None
    try:
        return None if ip_address(host).is_global else host
    except ValueError:
        return host if "." not in host or host.endswith(_LOCAL_NAMES) else None


def _not_https(settings: Settings) -> str | None:
    url = settings.leadline_public_url or ""
    is_open = url.startswith("http://") and _is_real(settings) and not _host_out_of_reach(settings)
    return url if is_open else None


def _underscore(settings: Settings) -> str | None:
    return _host(settings) if "_" in _host(settings) else None


def _emptied_folder(settings: Settings) -> str | None:
    address = urlsplit(settings.leadline_database_url)
    path = str(Path(address.path[1:]).absolute())
    return path if address.scheme.startswith("sqlite") and path.startswith(_EMPTIED_FOLDERS) else None


def _service_without_number(settings: Settings) -> bool:
    return bool(settings.twilio_messaging_service_sid) and not settings.twilio_phone_number


def _not_twilio(settings: Settings) -> str | None:
    host = urlsplit(settings.twilio_api_base_url).hostname or ""
    return None if host.endswith(".twilio.com") else settings.twilio_api_base_url


def _test_number(settings: Settings) -> str | None:
    return NUMBER if _is_real(settings) and settings.sender == NUMBER else None


UNREADABLE: Check[Settings] = Check(
    "E001", lambda _: None, "The settings cannot be used. {}", "Mend the variables that are named."
)
CHECKS: tuple[Check[Settings], ...] = (
    Check(
        "E002",
        _missing,
        "Twilio is not configured: no {}.",
        "Copy the account's SID and auth token and your number from Twilio's console. "
        "Until then `leadline serve` runs on the simulator.",
    ),
    Check(
        "E003",
        _account_sid,
        "TWILIO_ACCOUNT_SID is not the SID of an account: {}.",
        "It is AC and 32 hexadecimal digits, on the console's first page.",
    ),
    Check(
        "E004",
        _placeholder,
        "TWILIO_AUTH_TOKEN is a placeholder.",
        "Copy the primary auth token from the console's first page.",
    ),
    Check(
        "E005",
        _service_sid,
        "TWILIO_MESSAGING_SERVICE_SID is not the SID of a Messaging Service: {}.",
        "It is MG and 32 hexadecimal digits, in the console under Messaging, Services.",
    ),
    Check(
        "E006",
        _api_key,
        "TWILIO_API_KEY is not the SID of an API key: {}.",
        "It is SK and 32 hexadecimal digits; its secret belongs in TWILIO_API_KEY_SECRET.",
    ),
    Check(
        "E007",
        _phone_number,
        "TWILIO_PHONE_NUMBER is not written as Twilio writes it: {}.",
        "Write it with its country code and without spaces, like +13035550100.",
    ),
    Check(
        "E008",
        _no_public_url,
        "LEADLINE_PUBLIC_URL is not set, so no text and no report can come in.",
        "Set it to the address Twilio reaches this server at, like https://sms.example.com.",
    ),
    Check(
        "E009",
        _not_https,
        "LEADLINE_PUBLIC_URL is not https: {}. Texts would cross the network for anyone to read.",
        "Put a reverse proxy with a certificate in front, and write https.",
    ),
    Check(
        "E010",
        _host_out_of_reach,
        "LEADLINE_PUBLIC_URL names {}, which Twilio cannot reach.",
        "Use this server's public name, or that of a tunnel to it.",
    ),
    Check(
        "E011",
        _underscore,
        "LEADLINE_PUBLIC_URL has an underscore in its host: {}. Twilio does not call such an address.",
        "Use a name of letters, digits and hyphens.",
    ),
    Check(
        "W001",
        _emptied_folder,
        "The database is in a folder that a restart may empty: {}.",
        "Set LEADLINE_DATABASE_URL to a place that lasts.",
    ),
    Check(
        "W002",
        lambda settings: not settings.leadline_business_name,
        "LEADLINE_BUSINESS_NAME is not set, and the built-in templates say with it who writes.",
        "Set it to the name your leads know you by.",
    ),
    Check(
        "W003",
        _service_without_number,
        "There is a Messaging Service, but no number of it in TWILIO_PHONE_NUMBER. A text to a number of the "
        "service counts as ours only when Twilio names the service with it.",
        "Set TWILIO_PHONE_NUMBER to the number that leads write to.",
    ),
    Check(
        "W004",
        _odd_token,
        "TWILIO_AUTH_TOKEN does not look like one of Twilio's, which are 32 hexadecimal digits.",
        "Compare it with the console: with a wrong token every webhook is refused.",
    ),
    Check(
        "W005",
        _not_twilio,
        "Texts do not go to Twilio but to {}.",
        "Leave TWILIO_API_BASE_URL unset, unless you mean it.",
    ),
    Check(
        "W006",
        _test_number,
        "{} belongs to Twilio's test credentials: nothing that is sent from it arrives.",
        "Set TWILIO_PHONE_NUMBER to a number of your account.",
    ),
)

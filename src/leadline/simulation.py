"""Whether texts go to Twilio or to a simulator, and the settings for the second."""

from leadline.errors import SettingsError
from leadline.settings import Settings

# What simulated texts are sent from; no real account can have it
# (https://www.twilio.com/docs/iam/test-credentials).
NUMBER = "+15005550006"


def is_simulated(settings: Settings) -> bool:
    """Whether texts stay on this machine: Twilio answers over https only."""
    return settings.twilio_api_base_url.startswith("http://")


def has_account(settings: Settings) -> bool:
    """Whether to send through an account, or through the simulator because none is set.

    Raises SettingsError when there is an account but nothing to send from: half a configuration is a
    mistake, not a wish for pretence.
    """
    if settings.twilio_account_sid and not settings.sender:
        raise SettingsError("Set TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID to send from.")
    return settings.is_twilio_configured


def simulated(
    settings: Settings,
    *,
    account: tuple[str, str] | None = None,
    api: str = "http://127.0.0.1",
    public_url: str | None = None,
) -> Settings:
    """These settings with a simulator's in the place of all that names an account.

    Without ``account`` they serve to queue texts for a simulator that another process runs.
    """
    sid, token = account or (None, None)
    ours = {
        "twilio_account_sid": sid,
        "twilio_auth_token": token,
        "twilio_auth_token_next": None,
        "twilio_phone_number": NUMBER,
        "twilio_messaging_service_sid": None,
        "twilio_api_key": None,
        "twilio_api_key_secret": None,
        "twilio_api_base_url": api,
        "leadline_public_url": public_url,
    }
    return settings.having(ours)

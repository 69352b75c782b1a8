"""``leadline demo``: the product with invented leads, on simulated phones, in a folder that goes away."""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

from pydantic_settings import PydanticBaseSettingsSource

from leadline import accounts, serving, signin, simulator
from leadline.app import Leadline
from leadline.clock import SystemClock
from leadline.demo import history
from leadline.demo.story import BUSINESS, PEOPLE, TEAM
from leadline.errors import SettingsError
from leadline.settings import Settings
from leadline.simulation import NUMBER, simulated
from leadline.simulator.handsets import handset_path
from leadline.web.sessions import SIGN_IN

Say = Callable[..., None]


class DemoSettings(Settings):
    """Settings that come from nowhere but the demo, so that nobody's account can be in them."""

    @classmethod
    def settings_customise_sources(
        cls, *_kind: Any, **sources: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (sources["init_settings"],)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What lets people and programs in: one sign-in link for each of the team, and an API token."""

    links: tuple[str, ...]
    token: str


async def run(listener: socket.socket, *, say: Say) -> None:
    """Serve the demo on that socket until a signal; nothing of it is left afterwards."""
    if _is_account_around():
        say("The Twilio account in the settings is not used: the demo runs on simulated phones.", "")
    pretence = serving.make_simulator(listener)
    with TemporaryDirectory(prefix="leadline-demo-") as folder:
        async with simulator.running(pretence, port=serving.port_after(listener)):
            settings = simulated(
                _settings(folder),
                account=(pretence.account_sid, pretence.auth_token),
                api=pretence.base_url,
                public_url=serving.address(listener),
            )
            team = _tell_the_story(settings, pretence)
            with Leadline.open(settings) as line:
                introduce = partial(_introduce, say, settings, _let_in(line, team))
                await serving.serve(line, listener, on_ready=introduce)


def _is_account_around() -> bool:
    """Whether ``leadline serve`` would use an account here, from the environment or from ``.env``."""
    try:
        return Settings.load().twilio_account_sid is not None
    except SettingsError:
        return False


def _settings(folder: str) -> Settings:
    return DemoSettings(
        leadline_database_url=f"sqlite:///{folder}/leadline.db",
        leadline_media_dir=f"{folder}/media",
        leadline_business_name=BUSINESS,
        leadline_log_level="warning",
    )


def _tell_the_story(settings: Settings, pretence: simulator.Simulator) -> list[int]:
    """Into the phones first: the pictures in the database come from there. Returns the team's ids."""
    now = SystemClock().now()
    story = history.entries(now)
    history.load_phones(pretence, story, our_number=NUMBER)
    return history.write(settings, story, pretence, now=now)


def _let_in(line: Leadline, team: list[int]) -> Secrets:
    now = line.clock.now()
    with line.database.write() as tx:
        links = tuple(signin.make_link(tx, user_id, now=now) for user_id in team)
        _, token = accounts.create_token(tx, "demo", actor="cli", now=now)
    return Secrets(links, token)


def _introduce(say: Say, settings: Settings, known: Secrets) -> None:
    app = settings.leadline_public_url
    say(f"{BUSINESS}: {len(PEOPLE)} invented leads, simulated phones. No text leaves this machine.", "")
    for (name, _, role), secret in zip(TEAM, known.links, strict=True):
        say(f"Inbox for {name} ({role}), a link that works once:", f"  {app}{SIGN_IN}/{secret}")
    say(
        "The leads' phones, to answer from:",
        f"  {settings.twilio_api_base_url}{handset_path(PEOPLE[0].phone)}",
    )
    say("A text by the API:", f"  {_curl(app, known.token)}", "")
    say("Ctrl-C ends it and leaves nothing behind.")


def _curl(app: str | None, token: str) -> str:
    return (
        f"curl {app}/api/admin/leads/1/sms -H 'Authorization: Bearer {token}' "
        """-H 'Content-Type: application/json' -d '{"body": "Hi Lena, about 900 dollars."}'"""
    )

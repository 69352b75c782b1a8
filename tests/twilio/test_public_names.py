"""What ``import leadline`` gives, and what it costs."""

import os
import subprocess
import sys

import pytest

import leadline
from leadline import twilio

HEAVY = ("aiohttp", "phonenumbers", "liquid", "pydantic", "sqlalchemy", "starlette", "fastapi")
ORIGINAL = (
    "generate_twiml_response",
    "is_opt_in_message",
    "is_opt_out_message",
    "is_twilio_configured",
    "parse_delivery_status",
    "parse_inbound_sms",
    "parse_incoming_sms",
    "send_sms",
    "send_templated_sms",
    "validate_webhook_signature",
    "verify_webhook_signature",
)


@pytest.mark.parametrize("name", leadline.__all__)
def test_every_public_name_is_found_and_says_what_it_is(name: str) -> None:
    assert name in dir(leadline)
    assert getattr(leadline, name).__doc__ or name == "BUILT_IN"


def test_the_list_of_names_is_sorted_and_complete() -> None:
    assert leadline.__all__ == sorted(set(leadline.__all__))
    assert set(leadline.__all__) == set(leadline._HOME_OF)


@pytest.mark.parametrize("name", ORIGINAL)
def test_the_original_names_are_the_same_in_both_places(name: str) -> None:
    assert getattr(leadline, name) is getattr(twilio, name)


def test_a_name_that_does_not_exist_is_an_ordinary_error() -> None:
    for module in (leadline, twilio):
        with pytest.raises(AttributeError, match="send_fax"):
            module.send_fax  # noqa: B018


def output_of(code: str) -> str:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def test_importing_leadline_imports_nothing_heavy() -> None:
    code = f"import leadline, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert output_of(code) == "[]\n"


@pytest.mark.parametrize(
    "name", ["verify_webhook_signature", "parse_delivery_status", "generate_twiml_response"]
)
def test_what_a_webhook_needs_imports_nothing_heavy(name: str) -> None:
    code = (
        f"from leadline import {name}; import sys; print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert output_of(code) == "[]\n"

from collections.abc import Callable
from contextlib import closing

import pytest

from leadline.app import Leadline
from leadline.numbers import kind_of
from leadline.settings import Settings
from leadline.store import senders
from tests import cast

SERVICE = "MG" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("+13035550100", "number"),
        ("+18885550100", "toll_free"),
        ("+4915112345678", "number_abroad"),
        ("55512", "short_code"),
        (SERVICE, "service"),
    ],
)
def test_the_address_tells_what_kind_of_sender_it_is(address: str, kind: str) -> None:
    assert kind_of(address) == kind


def test_the_number_beside_a_messaging_service_is_ours_too(
    settings: Callable[..., Settings], database_url: str
) -> None:
    both = settings(leadline_database_url=database_url, twilio_messaging_service_sid=SERVICE)

    with Leadline.open(both) as line:
        assert line.is_ours(cast.OUR_NUMBER)
        assert line.is_ours(SERVICE)
        with line.database.read() as tx:
            assert senders.by_address(tx, SERVICE).rate is None


def test_a_stopped_sender_is_still_stopped_after_another_program_looked(line: Leadline) -> None:
    with line.database.write() as tx:
        senders.stop(
            tx, senders.by_address(tx, cast.OUR_NUMBER).id, because="Authenticate", now=line.clock.now()
        )

    with closing(Leadline.open(line.settings)), line.database.write() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).stopped_because == "Authenticate"
        senders.start_again(tx)
        assert senders.by_address(tx, cast.OUR_NUMBER).stopped_because is None

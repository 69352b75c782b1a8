"""Two installations that answer each other automatically, through one Twilio."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from leadline import serving
from leadline.app import Leadline
from leadline.rules.template import Template
from leadline.settings import Settings
from leadline.simulator import Simulator, running
from leadline.simulator.records import Number
from leadline.store import templates
from leadline.web.app import create_app
from leadline.web.webhooks import PREFIX
from leadline.worker import Worker
from tests import cast
from tests.clock import Clock
from tests.e2e.waiting import until

THEIR_NUMBER = "+17205550100"
# A help text that is itself a call for help: the worst that two machines can say to each other.
ENDLESS = {"leadline_keyword_answers": "number", "leadline_help_answer": "HELP"}
POLITE = {"leadline_auto_reply_template": "thanks"}


@asynccontextmanager
async def installation(make: Callable[..., Settings], clock: Clock) -> AsyncIterator[tuple[Leadline, Worker]]:
    """Server and worker until the end of the block. Without signals, of which a process has but one each."""
    listener = serving.listen(serving.HERE, 0)
    settings = make(leadline_public_url=serving.address(listener), leadline_sender_rate=0)
    with Leadline.open(settings, clock=clock) as line:
        with line.database.write() as tx:
            thanks = Template("thanks", "Thanks, we will call you.", "conversational", "")
            templates.save(tx, thanks, now=clock.now())
        async with serving.client_for(settings) as client, asyncio.TaskGroup() as tasks:
            worker = Worker(line, client)
            app = create_app(line, wake=worker.wake)
            server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
            tasks.create_task(server.serve([listener]))
            tasks.create_task(worker.run())
            await until(lambda: server.started)
            yield line, worker
            server.should_exit = True
            worker.stop()


def is_idle(line: Leadline) -> bool:
    """Whether nothing waits to leave or is leaving."""
    with line.database.read() as tx:
        query = "SELECT count(*) FROM messages WHERE state IN ('queued', 'posting')"
        return not tx.exec_driver_sql(query).scalar()


async def silence(twilio: Simulator, *lines: Leadline, clock: Clock) -> None:
    """Wait until nobody has anything more to say. Time gets on, for who looks again after a while."""

    def are_idle() -> bool:
        clock.advance(0.01)
        return all(map(is_idle, lines))

    heard = -1
    while heard != len(twilio.ledger):
        heard = len(twilio.ledger)
        await twilio.idle()
        await until(are_idle)
        await twilio.idle()


@pytest.mark.parametrize(
    ("words", "changes", "at_most"), [("HELP", ENDLESS, 1), ("Hi, who is this?", POLITE, 1)]
)
def test_they_fall_silent_at_the_cap(
    settings: Callable[..., Settings],
    database_url: str,
    tmp_path: Path,
    clock: Clock,
    words: str,
    changes: dict[str, Any],
    at_most: int,
) -> None:
    theirs = {
        "twilio_phone_number": THEIR_NUMBER,
        "leadline_database_url": f"sqlite:///{tmp_path}/theirs.db",
        "leadline_media_dir": str(tmp_path / "theirs"),
    }
    ours = partial(settings, leadline_database_url=database_url, **changes)
    twilio = Simulator(cast.ACCOUNT_SID, cast.AUTH_TOKEN, numbers=[], delay=0, seed=1, clock=clock)

    async def story() -> None:
        async with running(twilio):
            at = {"twilio_api_base_url": twilio.base_url}
            async with (
                installation(partial(ours, **at), clock) as (one, worker),
                installation(partial(settings, **theirs, **changes, **at), clock) as (other, _),
            ):
                twilio.configure(numbers=[_number(cast.OUR_NUMBER, one), _number(THEIR_NUMBER, other)])
                await asyncio.to_thread(one.send, THEIR_NUMBER, words)
                worker.wake()
                await silence(twilio, one, other, clock=clock)
                clock.advance(timedelta(minutes=50))
                await silence(twilio, one, other, clock=clock)
                automatic = Counter(accepted.from_ for accepted in twilio.ledger[1:])
                assert automatic, "Nobody answered at all."
                assert max(automatic.values()) <= at_most

    serving.run(story())


def _number(number: str, line: Leadline) -> Number:
    return Number(number, inbound_url=f"{line.settings.leadline_public_url}{PREFIX}")

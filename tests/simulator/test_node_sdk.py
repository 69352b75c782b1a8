"""Twilio's own Node library works against the simulator too."""

import asyncio
import os
import shutil
from pathlib import Path

import pytest

from tests.simulator.stage import Stage, play

SCRIPT = Path(__file__).with_name("node_sdk.mjs")
MODULES = os.environ.get("LEADLINE_NODE_MODULES", "")
NODE = shutil.which("node")


@pytest.mark.skipif(
    not (NODE and (Path(MODULES or "nowhere") / "twilio").is_dir()),
    reason="Needs node, and LEADLINE_NODE_MODULES naming a node_modules folder that has the twilio package.",
)
def test_the_node_library_works_unchanged_but_for_the_address() -> None:
    async def story(stage: Stage) -> None:
        pair = (stage.simulator.account_sid, stage.simulator.auth_token)
        node = await asyncio.create_subprocess_exec(
            str(NODE), str(SCRIPT), MODULES, stage.url, *pair, stdout=-1, stderr=-1
        )
        output, errors = await node.communicate()
        assert (node.returncode, output) == (0, b"ok\n"), errors.decode()

    play(story)

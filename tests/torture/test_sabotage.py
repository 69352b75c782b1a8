"""The product broken on purpose: a run that finds nothing then would prove nothing at any time."""

from dataclasses import replace

import pytest

from torture import story
from torture.arena import Arena
from torture.crashes import wrong_in
from torture.sabotage import SABOTAGE
from torture.story import Story

SHOWS_AS = {
    "repeat_what_got_an_error": "accepted by Twilio more than once",
    "take_an_error_for_a_refusal": "sent, and shown as not sent",
    "forget_who_said_stop": "a text was accepted for a number that had opted out",
    "never_look_for_lost_texts": "still waiting or under way",
    "never_look_for_missed_texts": "texts of leads that are not there",
}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", SABOTAGE)
def test_what_is_broken_is_noticed(place: Arena, name: str) -> None:
    with place.installed(story.SETTINGS, leads=story.LEADS) as here:
        story.add_template(here)
        told = Story(replace(here, sabotage=name), starts_at_most=3, is_report_lost=True)
        told.tell(None)
        assert any(fault.startswith(SHOWS_AS[name]) for fault in wrong_in(told)), wrong_in(told)

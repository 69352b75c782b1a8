"""Every scenario of the torture run, small: it comes to its end, does what it says, and finds nothing."""

from torture import crashes, inbound, kills, restores, stops
from torture.arena import Arena


def test_services_that_are_killed_and_frozen_send_each_text_once_at_most(place: Arena) -> None:
    result = kills.torture(place)
    assert result.violations == ()
    assert result.trials == place.scale.texts
    assert result.faults["SIGKILL"] >= place.scale.kills


def test_a_service_killed_at_any_step_of_a_story_loses_and_doubles_nothing(place: Arena) -> None:
    result = crashes.torture(place)
    assert result.violations == ()
    assert result.trials + result.faults.get("steps not met again", 0) == place.scale.steps


def test_services_that_are_told_to_stop_leave_nothing_in_doubt(place: Arena) -> None:
    result = stops.torture(place)
    assert result.violations == ()
    assert result.trials == place.scale.stops


def test_inbound_texts_are_stored_once_however_often_they_come(place: Arena) -> None:
    result = inbound.torture(place)
    assert result.violations == ()
    assert result.trials == place.scale.inbound


def test_a_backup_under_load_is_one_moment_and_a_restored_one_sends_nothing_by_itself(place: Arena) -> None:
    result = restores.torture(place)
    assert result.violations == ()
    assert result.trials == place.scale.backups + place.scale.drills

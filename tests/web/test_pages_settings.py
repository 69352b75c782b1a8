"""The pages of settings: what they show and change, and that only an admin opens them."""

import re
from datetime import timedelta
from html import unescape

import pytest

from leadline.app import Leadline
from leadline.store import audit, senders
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client, signed_in

PAGES = ["/settings", "/settings/hours", "/settings/senders", "/settings/audit"]
POSTS = ["/settings/check", "/settings/hours/limits", "/settings/senders/rate", "/settings/senders/1/start"]
LIMITS = {
    "leadline_marketing_per_day": "3",
    "leadline_marketing_per_week": "7",
    "leadline_automatic_per_hour": "3",
    "leadline_automatic_per_day": "10",
    "leadline_countries": "US, CA",
}
HOURS = {
    "leadline_quiet_hours": "",
    "weekdays_on": "on",
    "weekdays_from": "09:00",
    "weekdays_to": "18:00",
    "saturday_on": "on",
    "saturday_from": "10:00",
    "saturday_to": "14:00",
    "leadline_closed_days": "",
    "leadline_answer_minutes": "30",
}


def words(answer: Answer) -> str:
    """The page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def value(answer: Answer, name: str) -> str:
    """What stands in an input."""
    found = re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', answer.text)
    assert found, f"There is no input {name}."
    return unescape(found[1])


@pytest.mark.parametrize("path", PAGES)
def test_only_an_admin_opens_settings(anyone: Client, line: Leadline, path: str) -> None:
    assert anyone.get(path).status == 303
    assert signed_in(anyone, line, cast.BOB).get(path).status == 403
    assert signed_in(anyone, line, cast.ALICE).get(path).status == 200


@pytest.mark.parametrize("path", POSTS)
def test_only_an_admin_changes_settings(anyone: Client, line: Leadline, path: str) -> None:
    assert signed_in(anyone, line, cast.BOB).post(path, LIMITS).status == 403
    assert signed_in(anyone, line, cast.ALICE).post(path, LIMITS, sec_fetch_site="cross-site").status == 403
    assert line.settings == line.given


def test_the_way_to_settings_is_shown_to_admins_only(anyone: Client, line: Leadline) -> None:
    assert 'href="/settings"' in signed_in(anyone, line, cast.ALICE).get("/status").text
    assert 'href="/settings"' not in signed_in(anyone, line, cast.BOB).get("/status").text


def test_limits_are_changed_while_running(alice: Client, line: Leadline) -> None:
    answer = alice.post("/settings/hours/limits", LIMITS | {"leadline_marketing_per_day": "1"})
    assert (answer.status, answer.header("location")) == (303, "/settings/hours#limits")
    assert line.settings.leadline_marketing_per_day == 1
    page = alice.get("/settings/hours")
    assert value(page, "leadline_marketing_per_day") == "1"
    assert "Last changed by Alice, today at 16:00" in words(page)


def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_changed(
    alice: Client, line: Leadline
) -> None:
    typed = LIMITS | {"leadline_marketing_per_day": "1", "leadline_marketing_per_week": "a few"}
    answer = alice.post("/settings/hours/limits", typed)
    assert answer.status == 422
    assert 'aria-describedby="leadline_marketing_per_week-e leadline_marketing_per_week-h"' in answer.text
    assert re.search(r'id="leadline_marketing_per_week-e">.*?0 or more', answer.text, re.DOTALL)
    assert value(answer, "leadline_marketing_per_day") == "1"
    assert value(answer, "leadline_marketing_per_week") == "a few"
    assert "One thing to correct" in answer.text
    assert line.settings == line.given


def test_hours_are_set_for_three_kinds_of_day(alice: Client, line: Leadline) -> None:
    assert alice.post("/settings/hours/hours", HOURS).status == 303
    assert line.settings.leadline_own_hours == "09:00-18:00 10:00-14:00 none"
    page = alice.get("/settings/hours")
    assert value(page, "saturday_to") == "14:00"
    assert 'name="sunday_on" value="on">' in page.text
    assert 'name="saturday_on" value="on" checked>' in page.text


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ({}, None),
        ({"weekdays_from": "09:00", "saturday_from": "09:00", "sunday_from": "09:00"}, "09:00-24:00"),
        ({"weekdays_from": "09:00"}, "09:00-24:00 00:00-24:00 00:00-24:00"),
    ],
)
def test_an_empty_time_keeps_to_the_law_alone(
    alice: Client, line: Leadline, typed: dict[str, str], own: str | None
) -> None:
    every_day = {"weekdays_on": "on", "saturday_on": "on", "sunday_on": "on", "leadline_answer_minutes": "30"}
    assert alice.post("/settings/hours/hours", every_day | typed).status == 303
    assert line.settings.leadline_own_hours == own


def test_hours_that_end_before_they_begin_are_refused(alice: Client, line: Leadline) -> None:
    answer = alice.post("/settings/hours/hours", HOURS | {"weekdays_from": "19:00"})
    assert (answer.status, line.settings) == (422, line.given)
    assert "does not begin before it ends" in words(answer)


def test_the_line_of_hours_says_in_words_what_it_shows(alice: Client, line: Leadline) -> None:
    line.choose({"leadline_quiet_hours": "true", "leadline_own_hours": "09:00-18:00"}, actor="user:1")
    assert (
        'aria-label="Today texts may reach a lead in US from 09:00 to 18:00'
        in alice.get("/settings/hours").text
    )
    line.choose({"leadline_quiet_hours": "false"}, actor="user:1")
    assert "texts leave at any hour" in words(alice.get("/settings/hours"))


def test_what_the_environment_sets_is_shown_as_fixed_and_stays(alice: Client, line: Leadline) -> None:
    page = alice.get("/settings/hours")
    assert "Set by LEADLINE_BUSINESS_NAME in the environment." in page.text
    typed = {
        "leadline_business_name": "Somebody else",
        "leadline_answer_goal_minutes": "5",
        "leadline_agents_see": "own",
    }
    assert alice.post("/settings/hours/team", typed).status == 303
    assert line.settings.leadline_business_name == "Harbor Roofing"
    assert line.settings.leadline_answer_goal_minutes == 5


def test_the_automatic_answer_is_one_of_the_templates(alice: Client, line: Leadline) -> None:
    assert alice.post("/settings/hours/answers", {"leadline_auto_reply_template": "thank_you"}).status == 303
    assert line.settings.leadline_auto_reply_template == "thank_you"
    assert '<option value="thank_you" selected>Thank you</option>' in alice.get("/settings/hours").text
    assert alice.post("/settings/hours/answers", {"leadline_auto_reply_template": "no_such"}).status == 422


def test_a_part_that_does_not_exist_is_not_there(alice: Client) -> None:
    assert alice.post("/settings/hours/secrets", {}).status == 404


def test_senders_show_what_they_may_send_and_why_one_stopped(
    alice: Client, line: Leadline, clock: Clock
) -> None:
    with line.database.write() as tx:
        sender = senders.by_address(tx, cast.OUR_NUMBER)
        senders.stop(tx, sender.id, because="Twilio did not accept our credentials.", now=clock.now())
    page = words(alice.get("/settings/senders"))
    assert "(500) 555-0006 texts leave from here Local 1 a second Stopped" in page
    assert "Twilio did not accept our credentials. Since today at 16:00." in page
    assert alice.post(f"/settings/senders/{sender.id}/start").status == 303
    with line.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).stopped_because is None
    assert "May send" in words(alice.get("/settings/senders"))
    log = words(alice.get("/settings/audit?what=settings"))
    assert "Let (500) 555-0006 send again, which had stopped: Twilio did not accept our credentials" in log


def test_a_sender_that_does_not_exist_cannot_be_started(alice: Client) -> None:
    assert alice.post("/settings/senders/99/start").status == 404


def test_the_rate_can_be_set_and_put_back(alice: Client, line: Leadline) -> None:
    assert alice.post("/settings/senders/rate", {"leadline_sender_rate": "0.5"}).status == 303
    assert "0.5 a second" in words(alice.get("/settings/senders"))
    assert alice.post("/settings/senders/rate", {"leadline_sender_rate": "quick"}).status == 422
    assert alice.post("/settings/senders/rate", {"leadline_sender_rate": ""}).status == 303
    with line.database.read() as tx:
        assert senders.by_address(tx, cast.OUR_NUMBER).rate == 1


def test_the_audit_log_says_in_sentences_who_did_what(alice: Client, line: Leadline) -> None:
    alice.post("/settings/hours/limits", LIMITS | {"leadline_marketing_per_day": "1"})
    texts.add_lena(line)
    log = words(alice.get("/settings/audit"))
    assert "Alice Changed “Marketing texts in 24 hours” from 3 to 1" in log
    assert "Alice Signed in" in log
    assert "Command line Added Alice as admin" in log


def test_the_audit_log_goes_on_page_by_page_and_keeps_what_was_chosen(alice: Client, line: Leadline) -> None:
    with line.database.write() as tx:
        for number in range(120):
            audit.add(
                tx,
                actor="user:1" if number % 2 else "cli",
                action="template.save",
                subject=f"template:number_{number}",
                now=line.clock.now(),
            )
    seen: list[str] = []
    address: str | None = "/settings/audit?who=cli&what=templates"
    while address:
        page = alice.get(address)
        seen += re.findall(r"Saved the template “Number (\d+)”", page.text)
        found = re.search(r'href="(/settings/audit\?[^"]*before=[^"]*)">Older', page.text)
        address = unescape(found[1]) if found else None
    assert seen == [str(number) for number in range(118, -1, -2)]


def test_an_act_that_the_pages_have_no_sentence_for_is_shown_without_its_detail(
    alice: Client, line: Leadline
) -> None:
    with line.database.write() as tx:
        audit.add(
            tx,
            actor="cli",
            action="team.paint_blue",
            subject="team:4",
            detail={"secret": "hunter2"},
            now=line.clock.now(),
        )
    log = words(alice.get("/settings/audit"))
    assert "Command line Paint blue: team 4" in log
    assert "hunter2" not in log


def test_the_connection_shows_what_is_set_without_a_secret(alice: Client, line: Leadline) -> None:
    page = alice.get("/settings")
    assert f"••••{cast.ACCOUNT_SID[-4:]}" in page.text
    assert cast.ACCOUNT_SID not in page.text
    assert cast.AUTH_TOKEN not in page.text
    assert "Last text from Twilio none yet" in words(page)


def test_the_connection_says_what_is_to_be_mended_and_what_went_wrong(
    alice: Client, line: Leadline, clock: Clock
) -> None:
    texts.settle(line, texts.claim_one(line), texts.answered(SendKind.REJECTED, code=30006))
    with line.database.write() as tx:
        sender = senders.by_address(tx, cast.OUR_NUMBER)
        senders.stop(tx, sender.id, because="Twilio did not accept our credentials.", now=clock.now())
    page = words(alice.get("/settings"))
    assert "Sending has stopped." in page
    assert "E015" in page
    assert "30006" in page
    clock.advance(timedelta(hours=25))
    assert "30006" not in words(alice.get("/settings"))

"""Writing on the page: notes, drafts, undo, texts that cross, templates, later, and what stands above it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.rules.template import Template
from leadline.settings import Settings
from leadline.store import drafts, messages, templates
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client, member, signed_in

PAGE = "/conversations/1"
SEND, NOTES, DRAFT = f"{PAGE}/messages", f"{PAGE}/notes", f"{PAGE}/draft"


@pytest.fixture
def lena(line: Leadline) -> Leadline:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Do you do metal roofs?"))
    return line


@pytest.fixture
def opened(
    settings: Callable[..., Settings], database_url: str, clock: Clock
) -> Iterator[Callable[..., Leadline]]:
    """Open a Leadline with other settings, to which Lena has written."""
    lines: list[Leadline] = []

    def make(**changes: Any) -> Leadline:
        made = settings(
            leadline_database_url=database_url, leadline_business_name="Harbor Roofing", **changes
        )
        lines.append(Leadline.open(made, clock=clock))
        texts.add_lena(lines[-1])
        texts.receive(lines[-1], texts.inbound(1, "Do you do metal roofs?"))
        return lines[-1]

    yield make
    for line in lines:
        line.close()


def composer(page: str) -> dict[str, str]:
    """What the composer holds, by name: its hidden fields and its words."""
    form = page[page.index('id="composer"') : page.index('id="picker"')]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))
    [fields["body"]] = re.findall(r'name="body"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return fields


def send(client: Client, body: str, **more: str) -> Answer:
    """Send what a page that was just loaded would send."""
    return client.post(SEND, composer(client.get(PAGE).text) | {"body": body} | more)


def text_of(page: str, message_id: int) -> str:
    """A text's item, as the words that are seen."""
    [item] = re.findall(rf'id="text-{message_id}".*?\n        </li>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", item.partition(">")[2]).split())


def due(line: Leadline, message_id: int) -> timedelta:
    """How long after now the text is due."""
    return line.message(message_id).due_at - line.clock.now()


# Notes.


def test_a_note_is_kept_and_shown_as_one(alice: Client, lena: Leadline) -> None:
    kept = alice.post(NOTES, {"body": "Call her tomorrow"})
    assert (kept.status, kept.header("location")) == (303, f"{PAGE}#end")
    page = alice.get(PAGE).text
    assert 'class="msg note" id="entry-1"' in page
    assert "only your team sees it" in page
    lena.clock.now()
    assert texts.claim(lena) == []


def test_what_is_wrong_with_a_note_is_said_beside_it(alice: Client, lena: Leadline) -> None:
    refused = alice.post(NOTES, {"body": "x" * 4001})
    assert refused.status == 422
    assert "The note is 1 characters too long." in refused.text
    assert 'value="note" aria-keyshortcuts="n" checked' in refused.text


def test_who_opted_out_can_still_be_noted_about(alice: Client, lena: Leadline) -> None:
    texts.receive(lena, texts.inbound(2, "stop"))
    page = alice.get(PAGE).text
    assert "Lena opted out today at 16:00" in page
    assert 'value="note" aria-keyshortcuts="n" checked' in page
    assert alice.post(NOTES, {"body": "Asked by phone to be left alone"}).status == 303


# Drafts.


def test_a_draft_is_there_in_another_browser_and_gone_when_it_was_sent(alice: Client, lena: Leadline) -> None:
    assert alice.post(DRAFT, {"body": "Hi Lena, w", "template": ""}).status == 204
    assert composer(alice.get(PAGE).text)["body"] == "Hi Lena, w"
    bob = signed_in(alice, lena, cast.BOB)
    assert composer(bob.get(PAGE).text)["body"] == ""
    assert send(alice, "Hi Lena, we do").status == 303
    assert composer(alice.get(PAGE).text)["body"] == ""


def test_an_empty_draft_is_none_and_a_long_one_is_cut(alice: Client, lena: Leadline) -> None:
    alice.post(DRAFT, {"body": "x" * 20_000})
    assert len(composer(alice.get(PAGE).text)["body"]) == 10_000
    alice.post(DRAFT, {"body": " \n"})
    with lena.database.read() as tx:
        assert drafts.of(tx, 1, 1) is None


# Undo.


def test_a_text_can_be_taken_back_for_some_seconds(alice: Client, lena: Leadline, clock: Clock) -> None:
    send(alice, "We do.")
    clock.advance(2)
    page = alice.get(PAGE).text
    assert 'data-state="queued" data-seconds="3"' in page
    assert "Sends in 3 s Undo" in text_of(page, 2)

    undone = alice.post("/messages/2/undo")
    assert (undone.status, undone.header("location")) == (303, f"{PAGE}?undone=2")
    page = alice.get(f"{PAGE}?undone=2").text
    assert composer(page)["body"] == "We do."
    assert "Taken back" in text_of(page, 2)
    clock.advance(60)
    assert texts.claim(lena) == []


def test_after_those_seconds_it_leaves_and_cannot_be_taken_back(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    send(alice, "We do.")
    clock.advance(5)
    assert "Undo" not in text_of(alice.get(PAGE).text, 2)
    assert [claimed.body for claimed in texts.claim(lena)] == ["We do."]
    late = alice.post("/messages/2/undo")
    assert late.status == 409
    assert "too late to take it back" in late.text


def test_only_its_writer_is_offered_undo_and_others_may_take_it_back(alice: Client, lena: Leadline) -> None:
    bob = signed_in(alice, lena, cast.BOB)
    send(alice, "We do.")
    assert text_of(bob.get(PAGE).text, 2).endswith("Sends in 5 s Change Take back")


def test_undo_can_be_switched_off(opened: Callable[..., Leadline], anyone_of: Callable[..., Client]) -> None:
    line = opened(leadline_undo_seconds=0)
    send(anyone_of(line, cast.ALICE), "We do.")
    assert [claimed.body for claimed in texts.claim(line)] == ["We do."]


# Texts that cross.


def test_who_writes_across_a_colleague_is_shown_their_text_and_keeps_their_own(
    alice: Client, lena: Leadline
) -> None:
    bob = signed_in(alice, lena, cast.BOB)
    bobs = composer(bob.get(PAGE).text)
    send(alice, "We do <b>metal</b>.")

    crossed = bob.post(SEND, bobs | {"body": "Yes we do"})
    assert crossed.status == 409
    assert "<bdi>Alice</bdi> answered first" in crossed.text
    assert "<q>We do &lt;b&gt;metal&lt;/b&gt;.</q>" in crossed.text
    assert composer(crossed.text)["body"] == "Yes we do"
    assert "Yes we do" not in crossed.text.partition('id="composer"')[0]

    assert bob.post(SEND, composer(crossed.text)).status == 303
    with lena.database.read() as tx:
        assert [text.body for text in messages.thread(tx, 1, limit=2)] == ["Yes we do", "We do <b>metal</b>."]


def test_two_who_begin_with_the_same_lead_cross_too(alice: Client, line: Leadline) -> None:
    lead = texts.add_lena(line)
    bob = signed_in(alice, line, cast.BOB)
    page = f"/leads/{lead.id}"
    alices, bobs = composer(alice.get(page).text), composer(bob.get(page).text)
    assert alice.post(f"{page}/messages", alices | {"body": "Hi Lena"}).status == 303
    crossed = bob.post(f"{page}/messages", bobs | {"body": "Hello Lena"})
    assert crossed.status == 409
    assert "<bdi>Alice</bdi> answered first" in crossed.text


# Templates.


def test_a_template_shows_what_was_filled_in_and_what_is_missing(alice: Client, lena: Leadline) -> None:
    page = alice.get(PAGE).text
    preview = page[page.index('name="template" value="callback_reminder">\n          <h3') :]
    assert '<span class="slot" data-slot="first_name">Lena</span>' in preview
    assert '<span class="slot missing" data-slot="callback_time">[callback time]</span>' in preview
    assert "Not known yet: callback time." in preview


def test_a_text_with_a_place_left_open_is_not_sent(alice: Client, lena: Leadline) -> None:
    begun = composer(alice.get(f"{PAGE}?template=callback_reminder").text)
    assert "will call you [callback time]." in begun["body"]
    refused = alice.post(SEND, begun)
    assert refused.status == 422
    assert "Fill in first: callback time." in refused.text
    assert alice.post(SEND, begun | {"body": begun["body"].replace("[callback time]", "at 3")}).status == 303
    assert "will call you at 3." in lena.message(2).body


def test_a_template_that_looks_into_its_values_is_shown_uncut(alice: Client, lena: Leadline) -> None:
    with lena.database.write() as tx:
        looks = '{% if first_name == "Lena" %}Dear Lena{% else %}Hello{% endif %} [ok]'
        templates.save(tx, Template("greeting", looks), now=lena.clock.now())
        upper = "HI {{ first_name | upcase }}, {{ first_name | size }}"
        templates.save(tx, Template("shout", upper), now=lena.clock.now())
    page = alice.get(PAGE).text
    assert '<p class="bubble" dir="auto">Dear Lena [ok]</p>' in page
    assert "HI LENA, 4</p>" in page


# Later.


def test_a_text_is_planned_by_the_leads_own_clock(alice: Client, lena: Leadline, clock: Clock) -> None:
    page = alice.get(PAGE).text
    assert "Send later · 10:00 now in Denver" in page
    offered = re.findall(r'name="at" value="([^"]+)">([^<]+)<span class="num">([^<]+)<', page)
    assert offered == [
        ("2026-03-18T11:00", "In one hour", "11:00"),
        ("2026-03-18T17:30", "This evening", "17:30"),
        ("2026-03-19T09:00", "Tomorrow morning", "Thu 09:00"),
        ("2026-03-23T09:00", "Monday morning", "Mon 09:00"),
    ]
    assert send(alice, "Good morning", at="2026-03-19T09:00").status == 303
    assert due(lena, 2) == timedelta(hours=23)
    shown = text_of(alice.get(PAGE).text, 2)
    assert shown.endswith("Sends Thu 19 Mar, 09:00 in Denver Change Take back Send now")


def test_a_moment_can_be_picked(alice: Client, lena: Leadline) -> None:
    assert send(alice, "Hi", at="pick", at_picked="2026-03-20T15:30").status == 303
    assert due(lena, 2) == timedelta(days=2, hours=5, minutes=30)


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("", "Pick a day and a time."),
        ("tomorrow", "Pick a day and a time."),
        ("2026-03-18T09:59", "That moment is over. Pick a later one."),
        ("2027-04-01T09:00", "That is more than a year ahead."),
        ("9999-12-31T23:59", "Pick a day and a time."),
        ("0001-01-01T00:00", "That moment is over. Pick a later one."),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    alice: Client, lena: Leadline, moment: str, sentence: str
) -> None:
    refused = send(alice, "Hi", at="pick", at_picked=moment)
    assert refused.status == 422
    assert sentence in refused.text
    assert composer(refused.text)["body"] == "Hi"


def test_where_a_lead_may_live_by_two_clocks_the_readers_counts(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hi", From="+18505550142"))
    page = alice.get(PAGE).text
    assert "Send later · 16:00 now by your clock" in page


def test_a_planned_text_is_sent_now_or_changed(alice: Client, lena: Leadline, clock: Clock) -> None:
    send(alice, "Good morning", at="2026-03-19T09:00")
    assert alice.post("/messages/2/send-now").status == 303
    assert [claimed.body for claimed in texts.claim(lena)] == ["Good morning"]
    send(alice, "Good evening", at="2026-03-19T18:00")
    alice.post("/messages/3/undo")
    assert composer(alice.get(PAGE).text)["body"] == "Good evening"


# What stands above it.


def test_in_quiet_hours_the_button_says_when_and_now_is_not_offered(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    send(alice, "Good evening", at="2026-03-19T12:00")
    clock.advance(timedelta(hours=11, minutes=40))
    page = alice.get(PAGE).text
    assert "It is 21:40 for Lena: send at Thu 08:0" in page
    [button] = re.findall(r'id="send">([^<]+)<', page)
    assert re.fullmatch(r"Send Thu 08:0\d", button)
    assert "Send now" not in text_of(page, 2)

    assert send(alice, "Are you awake?").status == 303
    assert "Waits until Thu 08:0" in text_of(alice.get(PAGE).text, 3)
    assert "in Denver: quiet hours" in text_of(alice.get(PAGE).text, 3)
    clock.advance(5)
    assert texts.claim(lena) == []


def test_who_wrote_a_moment_ago_may_be_answered_at_any_hour(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    clock.advance(timedelta(hours=12))
    texts.receive(lena, texts.inbound(2, "Are you there?"))
    page = alice.get(PAGE).text
    assert 'id="send">Send<' in page
    assert 'class="banner' not in page


def test_a_possible_opt_out_is_decided_above_the_composer(alice: Client, lena: Leadline) -> None:
    texts.receive(lena, texts.inbound(2, "ok but pls not so many texts"))
    page = alice.get(PAGE).text
    assert "Is this an opt-out? Please decide." in page
    assert "They wrote <q>ok but pls not so many texts</q>." in page
    assert alice.post(f"{PAGE}/keep-texting").status == 303
    assert "Is this an opt-out?" not in alice.get(PAGE).text

    texts.receive(lena, texts.inbound(3, "pls not so many texts"))
    assert alice.post(f"{PAGE}/opted-out").status == 303
    page = alice.get(PAGE).text
    assert "Lena opted out" in page
    assert "Alice</bdi> opted them out" in page
    too_late = alice.post(f"{PAGE}/keep-texting")
    assert too_late.status == 409
    assert "Only they can undo it" in too_late.text


def test_a_number_where_nothing_arrives_is_told_and_closed(alice: Client, lena: Leadline) -> None:
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="Hi"))
    texts.settle(lena, texts.claim(lena)[0], texts.accepted(5))
    texts.report(lena, (5, "undelivered", 30006))
    page = alice.get(PAGE).text
    assert "Texts do not arrive at this number" in page
    assert "data-closed" in page
    texts.receive(lena, texts.inbound(2, "Hello?"))
    assert "data-closed" not in alice.get(PAGE).text


def test_of_two_banners_the_one_that_matters_more_is_shown(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    texts.receive(lena, texts.inbound(2, "ok but pls not so many texts"))
    clock.advance(timedelta(hours=12))
    page = alice.get(PAGE).text
    assert page.count('class="banner') == 1
    assert "Is this an opt-out?" in page
    assert 'id="send">Send Thu 08:0' in page


def test_a_viewer_is_told_why_there_is_nothing_to_write_in(anyone: Client, lena: Leadline) -> None:
    vera = signed_in(anyone, lena, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    send_later = lena.clock.now() + timedelta(days=1)
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="Hi", due_at=send_later))
    page = vera.get(PAGE).text
    assert "You can read here" in page
    assert 'id="composer"' not in page
    assert "Take back" not in page


# What it costs.


@pytest.mark.parametrize(
    ("price", "currency", "cost"),
    [("0.0083", "USD", "2 texts</output>, about $0.017"), ("0.9", "CHF", "2 texts</output>, about CHF 1.80")],
)
def test_the_cost_is_estimated_where_the_price_is_known(
    opened: Callable[..., Leadline], anyone_of: Callable[..., Client], price: str, currency: str, cost: str
) -> None:
    line = opened(leadline_segment_price=price, leadline_currency=currency)
    alice = anyone_of(line, cast.ALICE)
    alice.post(DRAFT, {"body": "x" * 200})
    page = re.sub(r'<span class="cost" id="cost">', "", alice.get(PAGE).text)
    assert cost in page


def test_without_a_price_nothing_is_said_of_it(alice: Client, lena: Leadline) -> None:
    assert 'id="cost"' not in alice.get(PAGE).text


def test_who_may_not_write_is_refused_everywhere(anyone: Client, lena: Leadline) -> None:
    vera = signed_in(anyone, lena, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    member(lena, cast.BOB)
    for path in (SEND, NOTES, DRAFT, f"{PAGE}/opted-out", f"{PAGE}/keep-texting", "/files"):
        assert vera.post(path, {"body": "Hi"}).status == 403

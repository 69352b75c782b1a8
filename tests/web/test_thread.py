"""A thread as it is shown: one order, page by page, with everything that is known of each text."""

import re
from datetime import timedelta

import pytest

from leadline import consent, notes, numbers
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import entries
from leadline.twilio.client import SendKind
from leadline.web.pages.thread import Place
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, questions

PAGE = "/conversations/1"


def words(page: str) -> list[str]:
    """The thread, each item as the words that are seen."""
    [texts_part] = re.findall(r'<ol class="msgs".*?>\n(.*?)\n      </ol>\n', page, re.DOTALL)
    items = ["<li " + item for item in re.split(r"(?:^|\n) {8}<li ", texts_part)[1:]]
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in items]


def keys(page: str) -> list[str]:
    """The ids of the thread's items."""
    return re.findall(r'<li class="[a-z ]+" id="([a-z]+-[\d-]+)"', page)


def link(page: str, words: str) -> str | None:
    """The address behind these words, unless it is hidden."""
    found = re.search(rf'<p class="more-rows"[^>]*?( hidden)?><a href="([^"]+)">{words}</a>', page)
    return found[2].replace("&amp;", "&") if found and not found[1] else None


@pytest.fixture
def lena(line: Leadline) -> Leadline:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Do you do metal roofs?"))
    return line


def note(line: Leadline, body: str, *, author: int = 1) -> None:
    with line.database.write() as tx:
        notes.add(tx, 1, body, user_id=author, now=line.clock.now())


def enter(line: Leadline, kind: str, *, author: str = "user:1", **detail: object) -> None:
    with line.database.write() as tx:
        entries.add(tx, 1, kind, author=author, detail=detail, now=line.clock.now())


def test_texts_notes_and_what_was_done_stand_in_one_order(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    bob = member(lena, cast.BOB)
    clock.advance(60)
    note(lena, "Metal roof: the clamp list")
    clock.advance(60)
    enter(lena, "assigned", user=1)
    enter(lena, "assigned", user=bob.id)
    enter(lena, "assigned")
    clock.advance(60)
    enter(lena, "stage", lead=1, was="new", **{"is": "qualified"})
    enter(lena, "closed")
    clock.advance(timedelta(days=1))
    texts.receive(lena, texts.inbound(2, "STOP"))
    enter(lena, "opened", author="lead")
    assert words(alice.get(PAGE).text) == [
        "Wednesday 18 March",
        "Lena wrote Do you do metal roofs? 16:00",
        "Note by Alice Metal roof: the clamp list Note by Alice · only your team sees it 16:01",
        "Alice claimed the conversation 16:02",
        "Alice gave the conversation to Bob 16:02",
        "Alice made the conversation free for anybody 16:02",
        "Alice moved the stage from New to Qualified 16:03",
        "Alice closed the conversation 16:03",
        "Today, Thursday 19 March",
        "Lena wrote STOP 16:03",
        "Opted out by text: STOP 16:03",
        "Their text opened the conversation again 16:03",
    ]


def test_what_a_person_judged_is_told_with_who_that_was(alice: Client, lena: Leadline, clock: Clock) -> None:
    texts.receive(lena, texts.inbound(2, "ok but pls not so many texts"))
    with lena.database.write() as tx:
        consent.judge(tx, cast.LENA.phone, is_opt_out=False, actor="user:1", now=clock.now())
    assert "Alice read: no opt-out 16:00" in words(alice.get(PAGE).text)


def test_times_are_exact_for_whoever_asks(alice: Client, lena: Leadline) -> None:
    page = alice.get(PAGE).text
    assert '<time datetime="2026-03-18T16:00:00+00:00" title="Wednesday 18 March 2026, 16:00:00 UTC">' in page
    assert '<time datetime="2026-03-18">Today' in page


def test_a_long_thread_is_read_in_pages_that_miss_nothing_and_repeat_nothing(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    for number in range(2, 92):
        clock.advance(60)
        texts.receive(lena, texts.inbound(number, f"Text {number}"))
        if number % 3 == 0:
            note(lena, f"Note {number}")
        if number % 20 == 0:
            texts.receive(lena, texts.inbound(1000 + number, "STOP" if number % 40 else "START"))
    backwards = pages(alice, PAGE, "Earlier texts")
    seen = [key for page in reversed(backwards) for key in page]
    assert len(seen) == len(set(seen)) == 91 + 4 + 30 + 4
    assert [len(page) for page in backwards] == [50, 50, 29]

    forwards = pages(alice, f"{PAGE}?around=1", "Later texts")
    assert [key for page in forwards for key in page] == seen


def pages(client: Client, address: str | None, next_: str) -> list[list[str]]:
    """The keys of one page after the other, without the days."""
    found = []
    while address:
        page = client.get(address).text
        found.append([key for key in keys(page) if not key.startswith("day-")])
        address = link(page, next_)
    return found


def test_a_search_hit_is_shown_with_what_is_around_it(alice: Client, lena: Leadline, clock: Clock) -> None:
    for number in range(2, 120):
        clock.advance(60)
        texts.receive(lena, texts.inbound(number, f"Text {number}."))
    page = alice.get(f"{PAGE}?around=60").text
    assert 'class="msg in found" id="text-60"' in page
    assert [key for key in keys(page) if key.startswith("text")] == [f"text-{n}" for n in range(35, 85)]
    assert link(page, "Back to the newest texts") == PAGE
    assert "data-live" not in page
    assert link(page, "Earlier texts")
    assert link(page, "Later texts")
    assert alice.get(f"{PAGE}?around=999").status == 404


def test_a_text_of_another_conversation_is_not_found_around(alice: Client, lena: Leadline) -> None:
    texts.receive(lena, texts.inbound(2, "Hi", From="+13035550199"))
    assert alice.get("/conversations/2?around=1").status == 404


@pytest.mark.parametrize(
    "place", ["before=x", "before=1-2", "since=-1-0-0", f"before={'9' * 40}-0-0", "around=x"]
)
def test_what_is_no_place_in_a_thread_is_its_end(alice: Client, lena: Leadline, place: str) -> None:
    assert "Do you do metal roofs?" in alice.get(f"{PAGE}?{place}").text


def test_a_place_is_written_and_read() -> None:
    assert Place.of(Place(12, 3).word) == Place(12, 3, 0)
    assert Place.of("\u0661-2-3") is None


def test_every_text_of_ours_has_its_evidence_behind_its_mark(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="We do."))
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="Slate too."))
    for sid in (5, 6):
        [claimed] = texts.claim(lena, limit=1)
        clock.advance(2)
        texts.settle(lena, claimed, texts.accepted(sid))
    texts.report(lena, (5, "sent", 0), (6, "delivered", 0))
    proofs = re.findall(r'<details class="proof">(.*?)</details>', alice.get(PAGE).text, re.DOTALL)
    told = [" ".join(re.sub(r"<[^>]+>", " ", proof).split()) for proof in proofs]
    assert told == [
        "Sent 16:00:00 Handed to Twilio 16:00:02 Accepted by Twilio 16:00:04 Sent to the carrier",
        "Delivered 16:00:02 Handed to Twilio 16:00:04 Accepted by Twilio 16:00:04 Delivered, says the carrier",  # noqa: E501  As it is read.
    ]


def test_an_error_is_told_in_plain_words_with_what_to_do(alice: Client, lena: Leadline) -> None:
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="We do."))
    texts.settle(lena, texts.claim(lena)[0], texts.accepted(5))
    texts.report(lena, (5, "undelivered", 30007))
    page = alice.get(PAGE).text
    assert "(error 30007)" in page
    assert 'data-state="failed"' in page
    assert "<summary>What we know" in page


def test_the_sender_is_shown_once_there_is_more_than_one(alice: Client, lena: Leadline, clock: Clock) -> None:
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="We do."))
    assert "(500) 555-0006</span>" not in alice.get(PAGE).text
    other = lena.settings.model_copy(update={"twilio_phone_number": "+17205550100"})
    with lena.database.write() as tx:
        numbers.note_sender(tx, other, now=clock.now())
    page = alice.get(PAGE).text
    assert "<span>from (500) 555-0006</span>" in page
    assert "<span>to (500) 555-0006</span>" in page


def test_links_lead_where_they_say_and_nothing_else_is_markup(alice: Client, lena: Leadline) -> None:
    body = 'see <a href="https://evil.example">https://example.com/a?b=1&c="2"</a> javascript:alert(1)'
    texts.receive(lena, texts.inbound(2, body))
    note(lena, "http://example.org/x.")
    page = alice.get(PAGE).text
    rel = 'rel="noopener noreferrer nofollow" target="_blank"'
    links = re.findall(r'<a href="(http[^"]*)" ([^>]*)>([^<]*)</a>', page)
    assert links == [
        ("https://evil.example", rel, "https://evil.example"),
        ("https://example.com/a?b=1&amp;c=", rel, "https://example.com/a?b=1&amp;c="),
        ("http://example.org/x", rel, "http://example.org/x"),
    ]
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("body", "is_jumbo"), [("🙏🌞", True), ("👍🏽", True), ("👍 ok", False), ("🙏🙏🙏🙏", False)]
)
def test_a_few_emoji_alone_are_shown_large(alice: Client, lena: Leadline, body: str, is_jumbo: bool) -> None:
    texts.receive(lena, texts.inbound(2, body))
    assert ('class="msg in jumbo" id="text-2"' in alice.get(PAGE).text) == is_jumbo


def test_a_page_costs_as_many_questions_in_a_long_thread_as_in_a_short_one(
    alice: Client, lena: Leadline, clock: Clock
) -> None:
    def asked() -> int:
        with questions(lena.database) as found:
            assert alice.get(PAGE).status == 200
        return len(found)

    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="Answer 1"))
    few = asked()
    for number in range(2, 80):
        texts.receive(lena, texts.inbound(number, f"Text {number}"))
        texts.queue(lena, SendRequest(number=cast.LENA.phone, body=f"Answer {number}"))
    for sid in range(1000, 1020):
        [claimed] = texts.claim(lena, limit=1)
        texts.settle(lena, claimed, texts.accepted(sid))
        clock.advance(1)
    asked()
    assert asked() <= few + 1


def test_in_doubt_the_banner_warns_of_writing_it_again(alice: Client, lena: Leadline) -> None:
    texts.queue(lena, SendRequest(number=cast.LENA.phone, body="We do."))
    texts.settle(lena, texts.claim(lena)[0], texts.answered(SendKind.IN_DOUBT))
    enter(lena, "closed")
    page = alice.get(PAGE).text
    assert "The text above may already have arrived" in page
    assert "If you write the same again now, Lena may get it twice." in page

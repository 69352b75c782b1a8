import re
from datetime import timedelta
from pathlib import Path

import pytest

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import media
from leadline.twilio.client import SendKind
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Client, member, signed_in

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def key_of(page: str) -> str:
    """The hidden key of a page's composer."""
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def bodies(line: Leadline) -> list[str]:
    """What a worker would send once nobody can take it back any more."""
    assert isinstance(line.clock, Clock)
    line.clock.advance(timedelta(seconds=line.settings.leadline_undo_seconds))
    return [claimed.body for claimed in texts.claim(line)]


def test_an_empty_inbox_says_what_will_be_here(alice: Client) -> None:
    assert "No texts yet" in alice.get("/").text


def test_the_list_shows_who_wrote_what_and_who_waits(alice: Client, line: Leadline, clock: Clock) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"), texts.inbound(2, "Who is this?", From="+13035550199"))
    clock.advance(timedelta(minutes=18))
    page = alice.get("/").text
    assert "Lena" in page
    assert "(303) 555-0199" in page
    assert "waits 18 min" in page
    assert page.count("Unread. ") == 2


def test_opening_a_conversation_marks_it_as_read(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    assert "Hello" in alice.get("/conversations/1").text
    assert "Unread. " not in alice.get("/").text


def test_a_viewer_looks_and_leaves_it_unread(anyone: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    vera = signed_in(anyone, line, cast.Member("Vera", "vera@example.com", role="viewer", team="North"))
    page = vera.get("/conversations/1").text
    assert "Hello" in page
    assert "You can read here" in page
    assert 'id="composer"' not in page
    assert vera.post("/conversations/1/read").status == 204
    assert "Unread. " in vera.get("/").text


def test_a_text_is_sent_and_stands_in_the_thread_with_its_writer(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    key = key_of(alice.get("/conversations/1").text)
    sent = alice.post("/conversations/1/messages", {"body": "Hi Lena\r\nHow are you?", "key": key})
    assert (sent.status, sent.header("location")) == (303, "/conversations/1#end")
    page = alice.get("/conversations/1").text
    assert "Hi Lena\nHow are you?" in page
    assert "<bdi>Alice</bdi> wrote" in page
    assert "Sends in 5 s" in page
    assert bodies(line) == ["Hi Lena\nHow are you?"]


def test_the_same_form_sent_twice_is_one_text(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    form = {"body": "Hi", "key": key_of(alice.get("/conversations/1").text)}
    assert [alice.post("/conversations/1/messages", form).status for _ in range(2)] == [303, 303]
    assert bodies(line) == ["Hi"]

    changed = alice.post("/conversations/1/messages", form | {"body": "Hello"})
    assert changed.status == 409
    assert key_of(changed.text) != form["key"]
    assert (
        alice.post("/conversations/1/messages", {"body": "Hello", "key": key_of(changed.text)}).status == 303
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    [("", "The text is empty"), ("x" * 1601, "1 characters too long"), ("\0", "The text is empty")],
)
def test_what_is_wrong_is_said_beside_the_composer_and_the_text_kept(
    alice: Client, line: Leadline, body: str, sentence: str
) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    answer = alice.post("/conversations/1/messages", {"body": body, "key": "k"})
    assert answer.status == 422
    assert sentence in answer.text
    assert f">\n{body}</textarea>" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_who_opted_out_cannot_be_written_to_and_the_reason_is_there(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "stop"))
    page = alice.get("/conversations/1").text
    assert 'name="mode" value="note" aria-keyshortcuts="n" checked' in page
    assert "Lena opted out today at 16:00" in page
    assert "They wrote <q>stop</q>. This person asked for no more texts." in page

    refused = alice.post("/conversations/1/messages", {"body": "Hi", "key": "k"})
    assert refused.status == 409
    assert "This person asked for no more texts." in refused.text
    assert bodies(line) == []


@pytest.mark.parametrize("sender", ["72345", "MYBANK"])
def test_a_sender_that_is_no_phone_cannot_be_answered(alice: Client, line: Leadline, sender: str) -> None:
    texts.receive(line, texts.inbound(1, "Your parcel", From=sender))
    page = alice.get("/conversations/1").text
    assert sender in page
    assert "This sender cannot be answered" in page


def test_a_lead_without_texts_has_a_page_to_begin_on(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    page = alice.get(f"/leads/{lena.id}").text
    assert "No texts with <bdi>Lena</bdi> yet" in page

    sent = alice.post(f"/leads/{lena.id}/messages", {"body": "Hi", "key": key_of(page)})
    assert sent.status == 303
    begun = alice.get(f"/leads/{lena.id}")
    assert (begun.status, begun.header("location")) == (303, "/conversations/1")
    assert bodies(line) == ["Hi"]


def test_a_lead_without_a_number_says_so(alice: Client, line: Leadline) -> None:
    lead = line.add_lead("Nora")
    assert "Nora has no phone number" in alice.get(f"/leads/{lead.id}").text
    assert alice.post(f"/leads/{lead.id}/messages", {"body": "Hi", "key": "k"}).status == 422


def test_leads_are_found_by_name_whether_texted_or_not(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    assert f'href="/leads/{lena.id}' in alice.get("/?search=len").text
    assert "Nothing matches" in alice.get("/?search=%00zebra").text


def test_where_leads_share_a_number_nobody_is_guessed(alice: Client, line: Leadline) -> None:
    lena, daniel = texts.add_lena(line), line.add_lead("Daniel", cast.LENA.phone)
    texts.receive(line, texts.inbound(1, "Hello"))
    page = alice.get("/conversations/1").text
    assert "Lena &amp; Daniel" in page
    assert "2 leads share this number" in page
    assert alice.get(f"/leads/{daniel.id}").header("location") == f"/conversations/1?lead={daniel.id}"

    to_nobody = alice.post("/conversations/1/messages", {"body": "Hi both", "key": "a"})
    to_daniel = alice.post(
        "/conversations/1/messages", {"body": "Hi Daniel", "key": "b", "lead": str(daniel.id)}
    )
    assert to_nobody.header("location") == "/conversations/1#end"
    assert to_daniel.header("location") == f"/conversations/1?lead={daniel.id}#end"
    assert [line.message(number).lead_id for number in (2, 3)] == [None, daniel.id]
    assert alice.get(f"/conversations/1?lead={lena.id}").status == 200
    assert alice.get("/conversations/1?lead=99").status == 404


def test_a_template_is_filled_by_the_server_and_sent_as_that_template(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    address = "/conversations/1?template=callback_reminder&v.callback_time=at+3"
    page = alice.get(address).text
    drafted = re.search(r">\n(Hi Lena[^<]+)</textarea>", page)
    assert drafted
    assert "Alice from Harbor Roofing will call you at 3" in drafted[1]

    form = {"template": "callback_reminder", "v.callback_time": "at 3"}
    alice.post("/conversations/1/messages", form | {"body": drafted[1], "key": "a"})
    alice.post("/conversations/1/messages", form | {"body": drafted[1] + " OK?", "key": "b"})
    assert [line.message(number).template for number in (2, 3)] == ["callback_reminder", None]
    assert line.message(3).body == drafted[1] + " OK?"


def test_a_template_asks_for_what_it_lacks(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    page = alice.get("/conversations/1").text
    assert 'name="v.callback_time" required' in page
    begun = alice.get("/conversations/1?template=callback_reminder").text
    assert "Fill in first: callback time" in begun
    assert "will call you [callback time]." in begun
    assert "There is no template named" in alice.get("/conversations/1?template=%00nothing").text


def test_every_status_is_an_icon_and_words(alice: Client, line: Leadline, clock: Clock) -> None:
    lena = texts.add_lena(line)

    def send(body: str) -> None:
        clock.advance(timedelta(minutes=1))
        texts.queue(line, SendRequest(lead_id=lena.id, body=body))

    send("one")
    texts.settle(line, texts.claim(line)[0], texts.accepted(1))
    texts.report(line, (1, "delivered", 0))
    send("two")
    texts.settle(line, texts.claim(line)[0], texts.accepted(2))
    texts.report(line, (2, "undelivered", 30003))
    send("three")
    texts.settle(line, texts.claim(line)[0], texts.answered(SendKind.IN_DOUBT))
    send("four")
    texts.queue(line, SendRequest(lead_id=lena.id, body="five", due_at=clock.now() + timedelta(days=1)))

    page = alice.get("/conversations/1").text
    marks = re.findall(r'data-state="(\w+)".*?icons\.svg#(\w+)"/></svg><span>([^<]+)</span>', page, re.DOTALL)
    assert marks == [
        ("delivered", "ticks", "Delivered"),
        ("failed", "alert", "Not delivered"),
        ("doubt", "doubt", "Not known yet"),
        ("queued", "clock", "Queued"),
        ("scheduled", "clock", "Sends Thu 19 Mar, 10:04 in Denver"),
    ]
    assert "(error 30003)" in page
    assert "We do not know yet whether this text left." in page
    assert "No answer that says whether it was sent" in page


def test_a_text_that_waits_can_be_taken_back(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lena.id, body="Hi"))
    back = alice.post("/messages/1/cancel")
    assert (back.status, back.header("location")) == (303, "/conversations/1")
    assert "Taken back" in alice.get("/conversations/1").text
    late = alice.post("/messages/1/cancel")
    assert late.status == 409
    assert "too late" in late.text


def test_nothing_that_people_write_is_markup(alice: Client, line: Leadline) -> None:
    lead = line.add_lead(EVIL, cast.LENA.phone, company=EVIL, fields={EVIL: EVIL})
    texts.receive(line, texts.inbound(1, EVIL), texts.inbound(2, "STOP <b>"))
    texts.queue(line, SendRequest(number="+13035550143", body=EVIL))
    alice.post("/conversations/2/messages", {"body": EVIL * 40, "key": EVIL, "v.x": EVIL})
    for address in ("/", "/conversations/1", "/conversations/2", f"/leads/{lead.id}", "/?search=<script>"):
        page = alice.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'onerror=alert(2)>"' not in page
    refused = alice.post("/conversations/2/messages", {"body": EVIL * 40, "key": EVIL, "v.x": EVIL})
    assert refused.status == 422
    assert "<script>alert" not in refused.text


def test_a_picture_is_shown_and_another_file_only_offered(alice: Client, line: Leadline) -> None:
    folder = Path(line.settings.leadline_media_dir)
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"\xff\xd8picture")
    (folder / "b.svg").write_bytes(b"<svg onload='alert(1)'/>")
    (folder.parent / "secret").write_bytes(b"secret")
    address = "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME"
    parts = {f"MediaUrl{n}": f"{address}{n}" for n in range(4)} | {
        f"MediaContentType{n}": "image/jpeg" for n in range(4)
    }
    texts.receive(line, texts.inbound(1, "", NumMedia="4", **parts))
    with line.database.write() as tx:
        media.stored(tx, 1, content_type="image/jpeg", file="a.jpg", size=9000)
        media.stored(tx, 2, content_type="image/svg+xml", file="b.svg", size=24)
        media.stored(tx, 3, content_type="image/jpeg", file="../secret", size=6)

    page = alice.get("/conversations/1").text
    assert '<img src="/media/1"' in page
    assert '<img src="/media/2"' not in page
    assert "being fetched" in page

    picture, file = alice.get("/media/1"), alice.get("/media/2")
    assert (picture.body, picture.header("content-type")) == (b"\xff\xd8picture", "image/jpeg")
    assert (file.status, file.header("content-type")) == (200, "application/octet-stream")
    assert (file.header("content-disposition") or "").startswith("attachment")
    for answer in (picture, file):
        assert answer.header("x-content-type-options") == "nosniff"
        assert "sandbox" in (answer.header("content-security-policy") or "")
    assert [alice.get(f"/media/{n}").status for n in (3, 4, 5, 10**30)] == [404] * 4


def test_a_long_thread_and_a_long_list_are_read_page_by_page(alice: Client, line: Leadline) -> None:
    texts.receive(line, *(texts.inbound(n, f"Text {n}.") for n in range(60)))
    page = alice.get("/conversations/1").text
    assert "Text 59." in page
    assert "Text 9." not in page
    earlier = re.search(r'href="(/conversations/1\?before=[\d-]+)"', page)
    assert earlier
    assert "Text 9." in alice.get(earlier[1]).text

    texts.receive(line, *(texts.inbound(n, "Hi", From=f"+13035552{n}") for n in range(100, 160)))
    first = alice.get("/").text
    older = re.search(r'href="(/\?older=[\d-]+)"', first)
    assert older
    names = [set(re.findall(r"\(303\) 555-2\d{3}", text)) for text in (first, alice.get(older[1]).text)]
    assert names[0].isdisjoint(names[1])
    assert sum(map(len, names)) == 60


@pytest.mark.parametrize("older", ["x", "1-x", "9" * 30 + "-1", "-", "\u0661-\u0662"])
def test_a_place_in_the_list_that_cannot_be_is_the_top(alice: Client, older: str) -> None:
    assert alice.get(f"/?older={older.encode().hex() if not older.isascii() else older}").status == 200


def test_the_simulator_is_named_where_texts_go_to_it(alice: Client, line: Leadline) -> None:
    assert "Texts go to the simulator" not in alice.get("/").text
    settings = line.settings.model_copy(update={"twilio_api_base_url": "http://127.0.0.1:8899"})
    object.__setattr__(line, "settings", settings)
    page = alice.get("/").text
    assert "Texts go to the simulator" in page
    assert 'href="http://127.0.0.1:8899"' in page


def test_times_are_told_as_the_readers_clock_shows_them(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    cookie = alice.headers["cookie"]
    assert "16:00</time>" in alice.get("/conversations/1").text
    assert "10:00</time>" in alice.get("/conversations/1", cookie=f"{cookie}; zone=America%2FDenver").text
    assert "16:00</time>" in alice.get("/conversations/1", cookie=f"{cookie}; zone=../../etc").text


def test_a_theme_that_was_chosen_is_on_the_page(alice: Client) -> None:
    cookie = alice.headers["cookie"]
    assert 'data-theme="dark"' in alice.get("/", cookie=f"{cookie}; theme=dark").text
    assert (
        "data-theme=" not in alice.get("/", cookie=f'{cookie}; theme="><script>').text.partition("<head>")[0]
    )


def test_an_owner_is_named(alice: Client, line: Leadline) -> None:
    bob = member(line, cast.BOB)
    lead = line.add_lead("Lena", cast.LENA.phone, owner_id=bob.id, time_zone="America/Denver")
    page = alice.get(f"/leads/{lead.id}").text
    assert f'<option value="{bob.id}" selected>Bob</option>' in page
    assert "10:00 in Denver" in page

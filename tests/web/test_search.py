"""The search as a page, and a new conversation: what is found, where it leads, and for whom."""

import re

import pytest
from sqlalchemy import insert, update

from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import leads, schema, search, users
from leadline.web.pages import searching
from tests import cast, texts
from tests.web.conftest import Client, signed_in

EVIL = "<script>alert(1)</script> & <b>hum</b>"
SOMEBODY = "+13035550199"


def index(line: Leadline) -> None:
    with line.database.write() as tx:
        search.index_more(tx, 100)


def links(page: str) -> list[str]:
    """Where the lines of what was found lead."""
    return [each.replace("&amp;", "&") for each in re.findall(r'<a class="row found" href="([^"]+)"', page)]


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_text_is_found_and_leads_to_its_place_in_the_thread(
    alice: Client, line: Leadline, is_indexed: bool
) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Does the inverter hum at night?"))
    texts.queue(line, SendRequest(number=cast.LENA.phone, body="No humming", created_by="user:1"))
    if is_indexed:
        index(line)
    page = alice.get("/?search=HUM").text
    assert links(page) == [
        "/conversations/1?around=2&search=HUM#text-2",
        "/conversations/1?around=1&search=HUM#text-1",
    ]
    assert "Does the inverter <mark>hum</mark> at night?" in page
    assert "You: <bdi>No <mark>humming</mark></bdi>" in page
    assert alice.get("/conversations/1?around=1&search=HUM").status == 200


def test_what_was_found_stays_beside_the_conversation_that_is_opened(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Does it hum?"))
    page = alice.get("/conversations/1?search=hum").text
    assert "<mark>hum</mark>" in page
    assert 'value="hum"' in page


def test_nothing_of_a_text_is_markup(alice: Client, line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, EVIL))
    index(line)
    page = alice.get("/?search=hum").text
    assert "<script>alert" not in page
    assert "&lt;b&gt;<mark>hum</mark>&lt;/b&gt;" in page


def test_people_come_before_texts_and_say_what_they_were_found_by(alice: Client, line: Leadline) -> None:
    line.add_lead("Lena Park", cast.LENA.phone, company="Park Bakery", email="lena@example.org")
    texts.receive(line, texts.inbound(1, "This is about the bakery", From=SOMEBODY))
    index(line)
    page = alice.get("/?search=bakery").text
    assert links(page) == ["/leads/1?search=bakery", "/conversations/1?around=1&search=bakery#text-1"]
    assert "Park <mark>Bakery</mark> · lena@example.org · (303) 555-0142" in page
    assert page.index(">People<") < page.index(">Texts<")


def test_a_number_is_found_by_its_digits_with_a_lead_or_without(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"), texts.inbound(2, "Who is this?", From=SOMEBODY))
    index(line)
    assert links(alice.get("/?search=5550").text) == ["/leads/1?search=5550", "/conversations/2?search=5550"]
    assert links(alice.get("/?search=%28303%29+555-0199").text)[0].startswith("/conversations/2?")


def test_a_lead_that_was_found_leads_to_the_conversation_beside_the_same_search(
    alice: Client, line: Leadline
) -> None:
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "Hello"))
    answer = alice.get("/leads/1?search=len")
    assert (answer.status, answer.header("location")) == (303, "/conversations/1?search=len")


def test_older_texts_follow_page_by_page(
    alice: Client, line: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "TEXTS", 2)
    texts.receive(line, *(texts.inbound(number, f"hum {number}") for number in range(1, 6)))
    index(line)
    address: str | None = "/?search=hum"
    found = []
    while address:
        page = alice.get(address).text
        found += re.findall(r"#text-(\d+)", page)
        older = re.search(r'href="([^"]+)">Older texts', page)
        address = older[1].replace("&amp;", "&") if older else None
    assert found == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize(
    "what", ["%25", "%00", "%27%22*", "AND", "%F0%9F%91%8D", "x" * 500, "(", "NEAR(a b)"]
)
def test_whatever_is_searched_for_is_no_fault(alice: Client, line: Leadline, what: str) -> None:
    texts.receive(line, texts.inbound(1, "Hello"))
    index(line)
    assert alice.get(f"/?search={what}").status == 200


def test_another_team_s_leads_and_texts_are_not_found(anyone: Client, line: Leadline) -> None:
    charlie = signed_in(anyone, line, cast.CHARLIE)
    texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "the hum"), texts.inbound(2, "the hum", From=SOMEBODY))
    index(line)
    with line.database.write() as tx:
        for name in ("North", "West"):
            tx.execute(insert(schema.teams).values(name=name, created_at=line.clock.now()))
        of_north = {"email": "n@example.com", "role": "agent", "team_id": 1, "created_at": line.clock.now()}
        tx.execute(insert(schema.users).values(id=50, name="Nora", **of_north))
        tx.execute(update(schema.users).where(schema.users.c.name == "Charlie").values(team_id=2))
        tx.execute(update(schema.conversations).values(team_id=1, assignee_id=50))
        tx.execute(update(schema.leads).values(owner_id=50))
    for what in ("hum", "lena", "5550142", "5550199", "555"):
        page = charlie.get(f"/?search={what}").text
        assert links(page) == [], what
        assert "Lena" not in page
        assert "hum</mark>" not in page


def test_a_new_conversation_begins_with_a_lead_who_is_found(alice: Client, line: Leadline) -> None:
    assert 'href="/new"' in alice.get("/").text
    texts.add_lena(line)
    assert 'name="to"' in alice.get("/new").text
    page = alice.post("/new", {"to": "len"}).text
    assert 'href="/leads/1"' in page
    assert "No lead is called so" in alice.post("/new", {"to": "zebra"}).text


@pytest.mark.parametrize("typed", ["(303) 555-0142", "+13035550142"])
def test_a_number_that_is_known_leads_to_who_has_it(alice: Client, line: Leadline, typed: str) -> None:
    texts.add_lena(line)
    assert alice.post("/new", {"to": typed}).header("location") == "/leads/1"
    texts.receive(line, texts.inbound(1, "Hello"))
    assert alice.post("/new", {"to": typed}).header("location") == "/conversations/1"


@pytest.mark.parametrize(("typed", "name"), [("Lena Park", "Lena Park"), ("  ", "(303) 555-0199")])
def test_a_number_nobody_knows_becomes_a_lead_of_who_asks(
    alice: Client, line: Leadline, typed: str, name: str
) -> None:
    page = alice.post("/new", {"to": "(303) 555-0199"}).text
    assert "Nobody has written with (303) 555-0199 yet" in page
    with line.database.read() as tx:
        assert leads.with_phone(tx, SOMEBODY) == []

    # A second click adds no second lead.
    places = [alice.post("/new/lead", {"to": SOMEBODY, "name": typed}).header("location") for _ in range(2)]
    assert places == ["/leads/1", "/leads/1"]
    with line.database.read() as tx:
        [lead] = leads.with_phone(tx, SOMEBODY)
        asks = users.by_email(tx, cast.ALICE.email)
    assert lead.name == name
    assert asks is not None
    assert lead.owner_id == asks.id
    assert "Write a text" in alice.get("/leads/1").text


def test_a_name_that_cannot_be_is_said_beside_it(alice: Client, line: Leadline) -> None:
    wrong = alice.post("/new/lead", {"to": SOMEBODY, "name": "x" * 300})
    assert wrong.status == 422
    assert 'aria-invalid="true"' in wrong.text
    assert "This is no phone number" in alice.post("/new/lead", {"to": "zebra", "name": "Zoe"}).text
    with line.database.read() as tx:
        assert leads.with_phone(tx, SOMEBODY) == []


def test_nobody_writes_to_a_number_that_another_team_talks_to(anyone: Client, line: Leadline) -> None:
    charlie = signed_in(anyone, line, cast.CHARLIE)
    texts.receive(line, texts.inbound(1, "Hello", From=SOMEBODY))
    with line.database.write() as tx:
        for name in ("North", "West"):
            tx.execute(insert(schema.teams).values(name=name, created_at=line.clock.now()))
        tx.execute(update(schema.users).where(schema.users.c.name == "Charlie").values(team_id=2))
        tx.execute(update(schema.conversations).values(team_id=1))
    page = charlie.post("/new", {"to": SOMEBODY}).text
    assert "Somebody else writes with this number" in page
    page = charlie.post("/new/lead", {"to": SOMEBODY, "name": "Zoe"}).text
    assert "Somebody else writes with this number" in page
    with line.database.read() as tx:
        assert leads.with_phone(tx, SOMEBODY) == []

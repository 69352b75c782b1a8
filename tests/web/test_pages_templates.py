"""Templates: their pages, the preview on a lead, and changing them over the API."""

import re
from html import unescape

import pytest

from leadline.app import Leadline
from leadline.errors import UnknownTemplate
from leadline.queueing import SendRequest
from leadline.rules.template import BUILT_IN, Template
from leadline.store import templates
from leadline.web.pages.preview import Piece, preview
from tests import cast, texts
from tests.web.conftest import Answer, Client, member, signed_in, token

QUOTE = {
    "title": "Spring price",
    "category": "marketing",
    "body": "Hi {{ first_name }}, {{ business_name }} here: {{ price }} until Friday. Reply STOP to opt out.",
    "description": "The spring offer.",
}
POSTS = ["/templates", "/templates/follow_up", "/templates/follow_up/delete", "/templates/follow_up/restore"]
API = "/api/admin/templates"


def stored(line: Leadline, name: str) -> Template:
    with line.database.read() as tx:
        return templates.by_name(tx, name)


def words(answer: Answer) -> str:
    """The page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def bubble(answer: Answer) -> str:
    """What the preview shows."""
    found = re.search(r'<p class="bubble" dir="auto">(.*?)</p>', answer.text, re.DOTALL)
    assert found, "There is no preview."
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


def test_the_first_template_is_shown_first(alice: Client) -> None:
    answer = alice.get("/templates")
    assert (answer.status, answer.header("location")) == (303, "/templates/callback_reminder")
    assert 'href="/templates/follow_up" aria-current="page"' in alice.get("/templates/follow_up").text


def test_an_agent_reads_templates_and_is_offered_nothing_to_change(anyone: Client, line: Leadline) -> None:
    page = signed_in(anyone, line, cast.BOB).get("/templates/follow_up")
    assert page.status == 200
    assert "Admins write templates." in page.text
    assert "New template" not in page.text
    assert "readonly" in page.text


@pytest.mark.parametrize("path", POSTS)
def test_only_an_admin_changes_templates(anyone: Client, line: Leadline, path: str) -> None:
    assert signed_in(anyone, line, cast.BOB).post(path, QUOTE).status == 403
    assert signed_in(anyone, line, cast.ALICE).post(path, QUOTE, sec_fetch_site="cross-site").status == 403
    assert stored(line, "follow_up") == BUILT_IN["follow_up"]


def test_a_new_template_is_named_after_what_it_is_called(alice: Client, line: Leadline) -> None:
    answer = alice.post("/templates", QUOTE)
    assert (answer.status, answer.header("location")) == (303, "/templates/spring_price")
    kept = stored(line, "spring_price")
    assert (kept.body, kept.category, kept.description) == (QUOTE["body"], "marketing", "The spring offer.")
    assert "Spring price" in words(alice.get("/templates/spring_price"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": "Follow up"}, "There is a template of this name."),
        ({"title": "…"}, "A name has letters, digits"),
        ({"body": "  \r\n "}, "The template is empty."),
        ({"body": "Hi {{ name"}, "line 1, column 4"),
        ({"body": "Hi\n{% foo %}"}, "line 2, column 4"),
        (
            {"body": "Hi {{ name }},\n{{ price | replace: 1, 2 }}"},
            "no filter 'replace' in templates (line 2)",
        ),
        ({"description": "x" * 201}, "At most 200 characters."),
    ],
)
def test_what_is_wrong_with_a_template_is_said_and_nothing_is_lost(
    alice: Client, line: Leadline, changes: dict[str, str], says: str
) -> None:
    answer = alice.post("/templates", QUOTE | changes)
    assert answer.status == 422
    assert says in words(answer)
    assert 'aria-invalid="true"' in answer.text
    assert stored(line, "follow_up") == BUILT_IN["follow_up"]
    with pytest.raises(UnknownTemplate):
        stored(line, "spring_price")
    assert "until Friday" in answer.text or "body" in changes


def test_a_built_in_template_can_be_changed_and_put_back_and_stays(alice: Client, line: Leadline) -> None:
    changed = {"category": "conversational", "body": "Hi {{ first_name }}, any news?", "description": ""}
    assert alice.post("/templates/follow_up", changed).status == 303
    assert stored(line, "follow_up").body == "Hi {{ first_name }}, any news?"
    assert "Put back its words" in alice.get("/templates/follow_up").text
    assert alice.post("/templates/follow_up/delete").status == 422
    assert alice.post("/templates/follow_up/restore").status == 303
    assert stored(line, "follow_up") == BUILT_IN["follow_up"]
    assert "Put back its words" not in alice.get("/templates/follow_up").text


def test_a_deleted_template_leaves_the_texts_that_used_it_alone(alice: Client, line: Leadline) -> None:
    lena = texts.add_lena(line)
    alice.post("/templates", QUOTE | {"title": "Hello", "body": "Hello", "category": "conversational"})
    [queued] = texts.queue(line, SendRequest(lead_id=lena.id, template="hello"))
    assert alice.post("/templates/hello/delete").status == 303
    assert alice.get("/templates/hello").status == 404
    assert texts.now(line, queued).template == "hello"
    assert texts.now(line, queued).body == "Hello"


def test_the_template_that_answers_by_itself_is_kept(alice: Client, line: Leadline) -> None:
    alice.post("/templates", QUOTE | {"title": "Hello", "body": "Hello"})
    line.choose({"leadline_auto_reply_template": "hello"}, actor="user:1")
    answer = alice.post("/templates/hello/delete")
    assert answer.status == 422
    assert "answers a lead’s first text" in answer.text


def test_changes_of_templates_are_in_the_audit_log(alice: Client) -> None:
    alice.post("/templates", QUOTE)
    alice.post("/templates/spring_price/delete")
    alice.post("/templates/follow_up/restore")
    log = words(alice.get("/settings/audit?what=templates"))
    assert "Saved the template “Spring price”" in log
    assert "Deleted the template “Spring price”" in log
    assert "Put the words of the template “Follow up” back" in log


@pytest.mark.parametrize(
    "path", ["/templates/no_such", "/templates/no_such/delete", "/templates/no_such/restore"]
)
def test_a_template_that_does_not_exist_is_not_there(alice: Client, path: str) -> None:
    answer = alice.get(path) if path == "/templates/no_such" else alice.post(path)
    assert answer.status == 404


def test_a_template_is_previewed_on_a_lead_as_they_would_read_it(alice: Client, line: Leadline) -> None:
    line.add_lead(name="Lena Park", phone=cast.LENA.phone, fields={"price": "$14,200"})
    answer = alice.post("/templates/preview", QUOTE)
    assert bubble(answer) == "Hi Lena, Harbor Roofing here: $14,200 until Friday. Reply STOP to opt out."
    assert '<span class="slot">$14,200</span>' in answer.text
    assert f"{len(bubble(answer))}/160 · 1 text" in answer.text
    assert answer.text.count("<body") == 0


def test_what_a_lead_lacks_is_named_and_shown_in_its_place(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    answer = alice.post("/templates/preview", QUOTE)
    assert '<span class="slot missing">price</span>' in answer.text
    assert "Lena has no price." in words(answer)


def test_without_leads_the_preview_shows_the_names_of_values(alice: Client) -> None:
    answer = alice.post("/templates/preview", QUOTE)
    assert bubble(answer).startswith("Hi first name, Harbor Roofing here: price")
    assert "There are no leads yet" in answer.text


def test_the_lead_of_the_preview_is_chosen_by_a_search(alice: Client, line: Leadline) -> None:
    texts.add_lena(line)
    jo = line.add_lead(name="Jo Adeyemi", phone="+13035550143")
    body = {"body": "Hi {{ first_name }}"}
    assert bubble(alice.post("/templates/preview", body | {"find": "adey"})) == "Hi Jo"
    assert bubble(alice.post("/templates/preview", body | {"lead": str(jo.id)})) == "Hi Jo"
    assert bubble(alice.post("/templates/preview", body)) == "Hi Lena"
    assert bubble(alice.get("/templates/follow_up?find=adey")).startswith("Hi Jo")
    nobody = words(alice.post("/templates/preview", body | {"find": "Zoe"}))
    assert "No lead you see has “Zoe” in name or number." in nobody


def test_the_preview_shows_no_lead_of_another_team(anyone: Client, line: Leadline) -> None:
    line.choose({"leadline_agents_see": "own"}, actor="user:1")
    alice = member(line, cast.ALICE)
    hers = line.add_lead(name="Zelda Secret", phone=cast.LENA.phone, owner_id=alice.id)
    answer = signed_in(anyone, line, cast.CHARLIE).post(
        "/templates/preview", {"body": "Hi {{ name }}", "lead": str(hers.id)}
    )
    assert answer.status == 200
    assert "Zelda" not in answer.text


def test_a_fault_is_said_in_the_preview_with_its_line(alice: Client) -> None:
    answer = alice.post("/templates/preview", {"body": "Hi\n{% foo %}"})
    assert "line 2, column 4" in words(answer)
    assert "bubble" not in answer.text


def test_the_characters_that_make_a_text_dearer_are_named(alice: Client) -> None:
    answer = alice.post("/templates/preview", {"body": "It’s “on” " + "x" * 90})
    said = words(answer)
    assert "100/134 · 2 texts" in said
    assert "“’ “ ”” makes this 2 texts instead of 1." in said


@pytest.mark.parametrize(
    ("body", "category", "says"),
    [
        ("Hi {{ first_name }}", "conversational", "Does not say who is writing"),
        ("{{ business_name }} here", "conversational", "Says who is writing"),
        ("{{ business_name }} here", "marketing", "Does not say how to stop"),
        ("{{ business_name }}: reply STOP to opt out", "marketing", "Says how to stop"),
        ("See https://bit.ly/roof", "conversational", "Has a shortened link"),
        ("See https://example.com/roof", "conversational", "No shortened link"),
    ],
)
def test_a_text_is_checked_for_what_carriers_look_for(
    alice: Client, body: str, category: str, says: str
) -> None:
    assert says in words(alice.post("/templates/preview", {"body": body, "category": category}))


def test_nothing_that_is_typed_runs_in_the_preview(alice: Client, line: Leadline) -> None:
    line.add_lead(name="<script>alert(1)</script>", phone=cast.LENA.phone)
    answer = alice.post("/templates/preview", {"body": "<img src=x onerror=alert(2)> {{ name }}"})
    assert "<script>" not in answer.text
    assert "<img" not in answer.text
    assert bubble(answer) == "<img src=x onerror=alert(2)> <script>alert(1)</script>"


def test_where_a_filter_minds_the_marks_the_text_is_shown_without() -> None:
    cut = Template("cut", "{{ name | truncate: 6, '' }}!")
    assert preview(cut, {"name": "Maximiliane"}).pieces == (Piece("Maximi!"),)
    assert preview(Template("name", "{{ name | upcase }}!"), {"name": "Lena"}).pieces == (
        Piece("LENA", "slot"),
        Piece("!"),
    )


def test_marks_of_ours_in_what_is_typed_do_no_harm() -> None:
    seen = preview(Template("odd", "a\ue000b\ue001 {{ name }}"), {"name": "L\ue002ena\ue001"})
    assert "".join(piece.text for piece in seen.pieces) == "ab Lena"


def test_the_api_changes_and_deletes_and_puts_back(api: Client, line: Leadline) -> None:
    assert api.send("PUT", f"{API}/hello", {"body": "Hello"}).status == 200
    assert api.call("DELETE", f"{API}/hello").status == 204
    assert api.call("DELETE", f"{API}/hello").status == 404
    assert api.send("PUT", f"{API}/follow_up", {"body": "Hello"}).status == 200
    assert api.call("DELETE", f"{API}/follow_up").json["errors"][0]["code"] == "template_built_in"
    assert api.call("POST", f"{API}/follow_up/restore").json["body"] == BUILT_IN["follow_up"].body
    assert api.call("POST", f"{API}/hello/restore").status == 404
    assert stored(line, "follow_up") == BUILT_IN["follow_up"]


@pytest.mark.parametrize(("who", "status"), [(cast.BOB, 403), (cast.ALICE, 200)])
def test_the_token_of_an_agent_changes_no_template(
    anyone: Client, line: Leadline, who: cast.Member, status: int
) -> None:
    secret = token(line, "theirs", user=member(line, who))
    theirs = anyone.having(authorization=f"Bearer {secret}")
    assert theirs.send("PUT", f"{API}/hello", {"body": "Hello"}).status == status
    assert theirs.get(API).status == 200

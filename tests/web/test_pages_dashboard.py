"""The dashboard: what it shows, to whom, and that its charts say in words what they draw."""

import csv
import re
from datetime import date, timedelta
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from leadline import figures
from leadline.app import Leadline
from leadline.queueing import SendRequest
from leadline.store import schema
from leadline.store.figures import Kept
from leadline.twilio.client import SendKind
from leadline.web.pages import charts
from leadline.web.pages.dashboard import Sums, minutes_in_words, share
from tests import cast, texts
from tests.clock import Clock
from tests.web.conftest import Answer, Client, signed_in

JO = "+13035550143"


def words(answer: Answer) -> str:
    """The page without its tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def a_good_day(line: Leadline, clock: Clock) -> None:
    """Lena is texted with a template, answers, and is answered after four minutes; Jo's text fails."""
    lena = texts.add_lena(line)
    texts.queue(line, SendRequest(lead_id=lena.id, template="follow_up", created_by="user:1"))
    send(line, 1)
    texts.report(line, (1, "delivered", 0))
    clock.advance(20)
    texts.receive(line, texts.inbound(9, "How much?"))
    clock.advance(4 * 60 + 30)
    texts.queue(line, SendRequest(lead_id=lena.id, body="900", created_by="user:1"))
    send(line, 2)
    clock.advance(60)
    texts.queue(line, SendRequest(number=JO, body="Hi", created_by="user:1"))
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.answered(SendKind.REJECTED, code=21211))
    clock.advance(60)


def send(line: Leadline, number: int) -> None:
    """What waits is taken by Twilio."""
    [claimed] = texts.claim(line)
    texts.settle(line, claimed, texts.accepted(number))


def test_the_dashboard_tells_what_came_of_texts(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    page = words(alice.get("/dashboard?days=7"))
    assert "12 March to 18 March, all that you see" in page
    assert "Texts sent 3 in 7 days" in page
    assert "Delivered 33.3 % 1 not, 1 without a last word, 0 not known" in page
    assert "Texts from leads 1 33.3 % of texts were answered" in page
    assert "Median wait for an answer 4 min goal 10 min, met for 100 %" in page
    assert "Opt-outs 0 0 % of texts" in page
    assert "21211 1" in page
    assert "(500) 555-0006 3 33.3 % 33.3 % 0 %" in page
    assert "Follow up 1 100 % 100 % 0 %" in page
    assert "Written by hand 2 0 % 0 % 0 %" in page


def test_an_empty_dashboard_says_so(alice: Client) -> None:
    answer = alice.get("/dashboard")
    page = words(answer)
    assert "Texts sent 0 in 30 days" in page
    assert "Median wait for an answer none" in page
    assert "No texts in these days." in page
    assert 'aria-label="Texts by day: none in 30 days."' in answer.text


@pytest.mark.parametrize(
    ("query", "days"), [("", 30), ("?days=90", 90), ("?days=4000000", 30), ("?days=x", 30)]
)
def test_only_the_periods_that_are_offered_are_shown(alice: Client, query: str, days: int) -> None:
    assert (
        f'<option value="{days}" selected>Last {days} days</option>' in alice.get(f"/dashboard{query}").text
    )


def test_the_days_are_those_where_one_looks_from(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    clock.advance(timedelta(hours=12))
    at_home = alice.having(cookie=f"{alice.headers['cookie']}; zone=America%2FDenver")
    assert "most on 18 March with 3" in at_home.get("/dashboard?days=7").text
    assert "12 March to 18 March" in words(at_home.get("/dashboard?days=7"))
    assert "13 March to 19 March" in words(alice.get("/dashboard?days=7"))
    far = alice.having(cookie=f"{alice.headers['cookie']}; zone=Pacific%2FKiritimati")
    assert "most on 19 March with 3" in far.get("/dashboard?days=7").text


def test_a_visit_asks_for_its_zones_days_to_be_counted(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    alice.get("/dashboard")
    clock.advance(timedelta(days=4))
    assert figures.count_due(line.database, now=clock.now()) == 2
    assert "Texts sent 3" in words(alice.get("/dashboard?days=7"))
    with line.database.write() as tx:
        assert tx.execute(schema.figures.delete()).rowcount
    assert "Texts sent 0" in words(alice.get("/dashboard?days=7"))


def test_a_period_is_compared_with_the_one_before(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    alice.get("/dashboard")
    clock.advance(timedelta(days=8))
    figures.count_due(line.database, now=clock.now())
    for number in range(6):
        texts.queue(line, SendRequest(number=f"+1303555015{number}", body="Hi"))
        send(line, 10 + number)
        clock.advance(60)
    assert "Texts sent 6 +100 % on the 7 days before" in words(alice.get("/dashboard?days=7"))


def test_another_teams_texts_are_in_no_figure(anyone: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    bob = signed_in(anyone, line, cast.BOB)
    with line.database.write() as tx:
        for name in ("North", "South"):
            tx.execute(schema.teams.insert().values(name=name, created_at=clock.now()))
        tx.execute(schema.users.update().values(team_id=1))
        tx.execute(schema.conversations.update().values(team_id=2))
    page = words(bob.get("/dashboard"))
    assert "Texts sent 0" in page
    assert "Texts from leads 0" in page
    assert "Follow up" not in page
    assert ",3," not in bob.get("/dashboard.csv").text


def test_only_ones_own_are_shown_when_asked_for(anyone: Client, line: Leadline, clock: Clock) -> None:
    hers = signed_in(anyone, line, cast.ALICE)
    a_good_day(line, clock)
    with line.database.write() as tx:
        mine = schema.conversations.c.number == JO
        tx.execute(schema.conversations.update().where(mine).values(assignee_id=1))
    page = words(hers.get("/dashboard?whose=mine"))
    assert "what is yours" in page
    assert "Texts sent 1" in page


def test_the_numbers_can_be_had_as_a_table(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    answer = alice.get("/dashboard.csv?days=7")
    assert answer.header("content-type") == "text/csv; charset=utf-8"
    assert answer.header("content-disposition") == 'attachment; filename="leadline-2026-03-12-2026-03-18.csv"'
    rows = list(csv.DictReader(answer.text.splitlines()))
    assert len(rows) == 7
    assert (rows[-1]["day"], rows[-1]["delivered"], rows[-1]["failed"]) == ("2026-03-18", "1", "1")
    assert (rows[-1]["median_minutes"], rows[0]["median_minutes"]) == ("4", "")


def test_days_that_are_not_counted_yet_are_said_to_be_missing(
    alice: Client, line: Leadline, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_good_day(line, clock)
    clock.advance(timedelta(days=10))
    monkeypatch.setattr(figures, "LIVE_AT_MOST", 0)
    found = re.search(r"(\d+) days are not counted yet", words(alice.get("/dashboard")))
    assert found
    assert int(found[1]) == 6


def test_every_chart_is_well_formed_and_has_its_table(alice: Client, line: Leadline, clock: Clock) -> None:
    a_good_day(line, clock)
    page = alice.get("/dashboard?days=90").text
    charts_ = re.findall(r'<svg role="img".*?</svg>(?=\s*\n)', page, re.DOTALL)
    assert len(charts_) == 3
    for chart in charts_:
        assert ET.fromstring(chart).get("aria-label")
    assert page.count("Show the numbers") == 3
    assert "style=" not in page


def test_bars_stand_on_one_another_and_fill_the_plot() -> None:
    days = [date(2026, 3, day) for day in (1, 2)]
    chart = charts.bars("Texts", days, [("a", [10, 0]), ("b", [30, 0])])
    assert [(bar.look, bar.y, bar.height) for bar in chart.bars] == [
        ("a", "65.00%", "19.00%"),
        ("b", "8.00%", "57.00%"),
    ]
    assert [tick.words for tick in chart.ticks] == ["10", "20", "30", "40"]


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 9, 41, 99, 12345])
def test_ticks_are_few_round_and_above_what_is_shown(highest: int) -> None:
    chart = charts.bars("Texts", [date(2026, 3, 1)], [("a", [highest])])
    ticks = [int(tick.words.replace(",", "")) for tick in chart.ticks]
    assert 1 <= len(ticks) <= 4
    assert ticks[-1] >= highest
    assert all(float(bar.y.rstrip("%")) >= charts.TOP for bar in chart.bars)


def test_days_say_their_month_where_it_begins() -> None:
    days = [date(2026, 2, 25) + timedelta(days=number) for number in range(30)]
    words = [label.words for label in charts.bars("Texts", days, [("a", [0] * 30)]).labels]
    assert words[:4] == ["25 Feb", "27", "1 Mar", "3"]
    assert sum(not word.isdigit() for word in words) == 2


def test_a_line_leaves_out_days_without_a_value() -> None:
    days = [date(2026, 3, 1) + timedelta(days=place) for place in range(3)]
    chart = charts.line("Waits", days, [5, None, 10], goal=10)
    assert len(chart.points) == 2
    assert (chart.goal, chart.points[1][1]) == ("8.00%", "8.00%")


@pytest.mark.parametrize(
    ("waits", "median"),
    [({}, None), ({5: 1}, 5), ({1: 1, 9: 1}, 1), ({1: 1, 5: 1, 9: 1}, 5), ({0: 3, 7: 4}, 7)],
)
def test_the_median_is_that_of_the_waits_that_were_answered(
    waits: dict[int, int], median: int | None
) -> None:
    cells = [Kept("2026-03-18", None, None, "answered", minutes, count) for minutes, count in waits.items()]
    assert Sums([*cells, Kept("2026-03-18", None, None, "unanswered", 0, 50)]).median == median


def test_figures_are_told_in_words() -> None:
    assert [share(1, 3), share(2, 2), share(0, 5), share(0, 0)] == ["33.3 %", "100 %", "0 %", "none"]
    assert [minutes_in_words(each) for each in (0, 59, 60, 185)] == ["0 min", "59 min", "1 h", "3 h 5 min"]

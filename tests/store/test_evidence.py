"""Evidence: what is told again is kept once, and what is about a text is found by an index."""

from collections.abc import Callable, Sequence
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import event

from leadline.app import Leadline
from leadline.store import batch, evidence
from leadline.store.database import Database, Transaction
from leadline.store.evidence import Evidence
from tests import texts

SID = texts.sid(1)
ANSWER = Evidence("answer", 1, SID, "queued", 0, "{}")
REPORT = Evidence("report", None, SID, "queued", 0, "MessageStatus=queued")


@pytest.mark.parametrize("fact", [ANSWER, REPORT], ids=lambda fact: fact.kind)
def test_the_same_fact_told_again_is_kept_once(line: Leadline, fact: Evidence) -> None:
    for _ in range(2):
        with line.database.write() as tx:
            evidence.add(tx, [fact, fact], now=line.clock.now())

    with line.database.read() as tx:
        assert [found[:-1] for found in evidence.of_message(tx, [1], [SID])] == [fact]


def test_an_answer_that_is_written_twice_is_kept_once(line: Leadline) -> None:
    """As when the commit's own answer was lost."""
    claimed = texts.claim_one(line)
    for _ in range(2):
        texts.settle(line, claimed, texts.accepted(1))

    with line.database.read() as tx:
        assert [found.kind for found in evidence.of_message(tx, [1], [SID])] == ["answer"]


def test_two_looks_that_found_the_same_are_both_kept(line: Leadline) -> None:
    """They have no SID, and each is a fact of its own."""
    look = Evidence("list", 1, None, "nowhere", 0, "{}")
    with line.database.write() as tx:
        evidence.add(tx, [look, look], now=line.clock.now())
        assert len(evidence.of_message(tx, [1], [])) == 2


def test_an_answer_and_a_report_of_the_same_are_two_facts(line: Leadline) -> None:
    with line.database.write() as tx:
        evidence.add(tx, [ANSWER, REPORT], now=line.clock.now())
        assert [found.kind for found in evidence.of_message(tx, [1], [SID])] == ["answer", "report"]
        assert evidence.reports_about(tx, [SID]) == [[SID, "queued", 0]]


def test_what_is_about_a_text_is_found_by_an_index(database: Database) -> None:
    """A condition that no index names would read every report there is, for each page with a text on it."""
    with database.write() as tx:
        if not database.is_sqlite:
            # Small tables are read whole whatever there is; this leaves that for want of an index.
            tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = _asked(tx, lambda: evidence.of_message(tx, [1], [SID]))
        asked += _asked(tx, lambda: evidence.reports_about(tx, [SID]))
        word = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        plans = [str(tx.exec_driver_sql(f"{word} {sql}", values).all()) for sql, values in asked]

    assert len(plans) == 2
    for plan in plans:
        assert "uq_evidence_sid" in plan
    assert "uq_evidence_attempt" in plans[0]
    assert "SCAN evidence" not in "".join(plans)
    assert "Seq Scan on evidence" not in "".join(plans)


def _asked(tx: Transaction, question: Callable[[], object]) -> list[tuple[str, Any]]:
    """The statements it runs, each with its values."""
    asked: list[tuple[str, Any]] = []

    def note(_tx: object, cursor: Any, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    event.listen(tx, "before_cursor_execute", note)
    with mock.patch.object(batch, "_execute", _noting(asked)):
        question()
    event.remove(tx, "before_cursor_execute", note)
    return asked


def _noting(asked: list[tuple[str, Any]]) -> Callable[..., Any]:
    execute = batch._execute

    def noted(tx: Transaction, statement: str, values: Sequence[Any]) -> Any:
        asked.append((statement, tuple(values)))
        return execute(tx, statement, values)

    return noted

"""The oracle sees each kind of violation. One that cannot say no proves nothing."""

from dataclasses import replace

import pytest

from torture.oracle import QUESTIONS, Books, Text, asked
from torture.pretence import Entry

# Text 1 was sent; text 2 was refused for good.
SOUND = Books(
    texts={1: Text("accepted", "SM1"), 2: Text("rejected", None)},
    text_of={"token1": 1, "token2": 2},
    ledger=[Entry("SM1", "token1")],
    acknowledged=frozenset({1, 2}),
)

VIOLATED = {
    "accepted by Twilio more than once": replace(
        SOUND, text_of={**SOUND.text_of, "token3": 1}, ledger=[*SOUND.ledger, Entry("SM3", "token3")]
    ),
    "sent with no attempt on record": replace(SOUND, ledger=[*SOUND.ledger, Entry("SM4", "unknown")]),
    "acknowledged and not there": replace(SOUND, acknowledged=frozenset({1, 2, 3})),
    "still waiting or under way": replace(SOUND, texts={**SOUND.texts, 2: Text("posting", None)}),
    "sent, and shown as not sent": replace(SOUND, ledger=[*SOUND.ledger, Entry("SM2", "token2")]),
    "shown as accepted with no such SID at Twilio": replace(
        SOUND, texts={**SOUND.texts, 2: Text("accepted", "SM9")}
    ),
    "sent, and not found out in a day": replace(SOUND, texts={**SOUND.texts, 1: Text("unconfirmed", None)}),
}


def test_there_is_an_answer_to_every_question() -> None:
    assert VIOLATED.keys() == QUESTIONS.keys()


def test_nothing_is_wrong_with_sound_books() -> None:
    assert asked(SOUND) == []


@pytest.mark.parametrize("question", VIOLATED)
def test_a_violation_is_seen(question: str) -> None:
    assert question in dict(asked(VIOLATED[question]))

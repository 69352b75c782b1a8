"""The chain of hashes over the consent events."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.errors import InvalidInput
from leadline.rules.consent import ConsentEvent
from leadline.rules.ledger import BEGINNING, Entry, Head, check, seal
from tests import cast

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
Ledger = list[Entry]


def event(minute: int, **changes: object) -> ConsentEvent:
    said = ConsentEvent(
        number=cast.LENA.phone,
        kind="opt_out",
        source="keyword",
        words=f"STOP {minute}",
        message_id=minute,
        actor="lead",
        at=NOON + timedelta(minutes=minute),
    )
    return replace(said, **changes)  # type: ignore[arg-type]


def ledger(*events: ConsentEvent) -> Ledger:
    entries: Ledger = []
    for position, said in enumerate(events, 1):
        previous = entries[-1].hash if entries else BEGINNING
        entry = seal(said, position=position, previous=previous, recorded_at=NOON, salt=f"salt {position}")
        entries.append(entry)
    return entries


FIVE = ledger(*map(event, range(1, 6)))


def with_event(position: int, **changes: object) -> Ledger:
    """The ledger of five, one event of it changed by hand."""
    edited = FIVE[position - 1]
    edited = replace(edited, event=replace(edited.event, **changes))  # type: ignore[arg-type]
    return [*FIVE[: position - 1], edited, *FIVE[position:]]


def numbered(entries: Ledger) -> Ledger:
    """Positions without gaps, as somebody would leave them who covers their tracks."""
    return [replace(entry, position=position) for position, entry in enumerate(entries, 1)]


def test_an_untouched_ledger_has_no_fault() -> None:
    assert list(check(FIVE)) == []
    assert list(check([])) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "+13035550143"},
        {"kind": "opt_in"},
        {"source": "person"},
        {"words": "STOP 4"},
        {"disclosure": "You agree to texts."},
        {"reference": "https://example.com/form"},
        {"message_id": None},
        {"actor": "cli"},
        {"at": NOON},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_edit_of_any_field_is_found_where_it_is(changes: dict[str, object]) -> None:
    [fault] = check(with_event(3, **changes))
    assert (fault.position, fault.what) == (3, "edited")


@pytest.mark.parametrize("field", ["recorded_at", "salt", "personal_digest", "hash"])
def test_an_edit_of_what_seals_an_entry_is_found(field: str) -> None:
    other = {"recorded_at": NOON - timedelta(days=1), "salt": "another"}.get(field, "f" * 64)
    edited = replace(FIVE[2], **{field: other})  # type: ignore[arg-type]
    first = next(check([*FIVE[:2], edited, *FIVE[3:]]))
    assert (first.position, first.what) == (3, "edited")


def test_an_edit_whose_hash_was_made_anew_is_found_at_the_next_entry() -> None:
    forged = seal(event(9), position=3, previous=FIVE[1].hash, recorded_at=NOON, salt="new")
    first = next(check([*FIVE[:2], forged, *FIVE[3:]]))
    assert (first.position, first.what) == (4, "edited")


FORGED = seal(event(9), position=4, previous=FIVE[2].hash, recorded_at=NOON, salt="new")


@pytest.mark.parametrize(
    ("tampered", "position", "what"),
    [
        ([*FIVE[:2], *FIVE[3:]], 3, "removed"),
        (FIVE[1:], 1, "removed"),
        (numbered([*FIVE[:2], *FIVE[3:]]), 3, "edited"),
        (numbered([*FIVE[:3], FORGED, *FIVE[3:]]), 4, "inserted"),
        (numbered([FIVE[0], FIVE[2], FIVE[1], FIVE[3], FIVE[4]]), 2, "moved"),
        (numbered([*FIVE, FIVE[2]]), 6, "moved"),
        ([*FIVE[:3], replace(FIVE[3], salt=None), FIVE[4]], 4, "blanked"),
    ],
)
def test_other_tampering_is_named_at_the_first_entry_that_shows_it(
    tampered: Ledger, position: int, what: str
) -> None:
    first = next(check(tampered))
    assert (first.position, first.what) == (position, what)
    assert str(position) in first.sentence


def test_a_ledger_that_lost_its_end_or_was_written_anew_is_found_by_a_head_kept_elsewhere() -> None:
    head = Head.parse(str(Head(5, FIVE[-1].hash)))
    anew = ledger(*map(event, range(2, 7)))
    assert [fault.what for fault in check(FIVE, head=head)] == []
    assert [fault.what for fault in check(FIVE[:4])] == []
    assert [fault.what for fault in check(FIVE[:4], head=head)] == ["cut"]
    assert [fault.what for fault in check(anew, head=head)] == ["replaced"]
    assert [fault.what for fault in check([], head=head)] == ["cut"]
    assert [fault.what for fault in check(FIVE, head=Head(0, BEGINNING))] == []


@pytest.mark.parametrize("text", ["", "5", "5:abc", "x:" + "0" * 64, "-1:" + "0" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Head.parse(text)
    assert refused.value.code == "head_invalid"


def erased(positions: str, *, name: str = "erased:5e") -> ConsentEvent:
    return event(9, kind="erased", number=name, words="", reference=positions)


def blanked(entry: Entry, *, name: str = "erased:5e") -> Entry:
    nothing = {"number": name, "words": "", "disclosure": "", "reference": ""}
    return replace(entry, event=replace(entry.event, **nothing), salt=None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tamper", "whats"),
    [
        (lambda entries: entries, []),
        (lambda entries: [blanked(entries[0], name="erased:00"), *entries[1:]], ["blanked"]),
        (lambda entries: [entries[0], blanked(entries[1]), entries[2]], ["blanked"]),
        (lambda entries: [replace(entries[0], personal_digest="0" * 64), *entries[1:]], ["edited"]),
    ],
)
def test_a_recorded_erasure_keeps_the_chain_and_hides_no_other_blanking(
    tamper: Callable[[Ledger], Ledger], whats: list[str]
) -> None:
    entries = ledger(event(1), event(2), erased("1"))
    entries[0] = blanked(entries[0])
    assert [fault.what for fault in check(tamper(entries))] == whats


@given(st.data())
def test_any_change_of_one_entry_is_found(data: st.DataObject) -> None:
    position = data.draw(st.integers(1, 5))
    field = data.draw(
        st.sampled_from(["number", "kind", "source", "words", "disclosure", "reference", "actor"])
    )
    before = getattr(FIVE[position - 1].event, field)
    after = data.draw(st.text().filter(lambda text: text != before))
    assert next(check(with_event(position, **{field: after}))).position == position

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from leadline.app import Leadline
from leadline.errors import StoreUnavailable
from leadline.queueing import Refused
from leadline.store import consent, conversations, media, messages
from leadline.store.conversations import Conversation
from leadline.twilio.payloads import InboundSms
from tests import cast, texts
from tests.clock import Clock


def thread(line: Leadline, number: str = cast.LENA.phone) -> Conversation:
    with line.database.read() as tx:
        found = conversations.by_number(tx, number)
    assert found is not None
    return found


def test_a_reply_lands_in_the_leads_conversation(line: Leadline) -> None:
    lena = texts.add_lena(line)
    line.send(lena.id, "Hi Lena")

    texts.receive(line, texts.inbound(1, "Hi! Thursday works"))

    conversation = thread(line)
    assert (conversation.unread, conversation.last_text) == (1, "Hi! Thursday works")
    with line.database.read() as tx:
        [reply, ours] = messages.thread(tx, conversation.id)
    assert (reply.direction, reply.lead_id, reply.state) == ("inbound", lena.id, "received")
    assert ours.direction == "outbound"


def test_the_same_sid_again_changes_nothing(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "hello"), texts.inbound(1, "hello"))
    texts.receive(line, texts.inbound(1, "hello"))

    assert thread(line).unread == 1
    with line.database.read() as tx:
        assert len(messages.thread(tx, thread(line).id)) == 1


def test_an_unknown_number_is_kept_as_a_new_conversation(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "who is this?", From="+13035550199"))

    with line.database.read() as tx:
        [message] = messages.thread(tx, thread(line, "+13035550199").id)
    assert message.lead_id is None


@pytest.mark.parametrize("address", ["68849", "SUPPORT", "", "anonymous", "+1210"])
def test_a_sender_that_is_no_phone_number_is_kept_too(line: Leadline, address: str) -> None:
    texts.receive(line, texts.inbound(1, "code 1234", From=address))

    assert thread(line, address).unread == 1


def test_a_number_that_two_leads_share_is_nobodys(line: Leadline) -> None:
    texts.add_lena(line)
    line.add_lead("Leo", cast.LENA.phone)

    texts.receive(line, texts.inbound(1, "it's me"))

    with line.database.read() as tx:
        [message] = messages.thread(tx, thread(line).id)
    assert message.lead_id is None


@pytest.mark.parametrize(
    "words", ["STOP", "stop", "Stop.", " unsubscribe ", "ＳＴＯＰ", "STOP\u200b", "“stop”"]
)
def test_stop_is_recorded_with_the_exact_words(line: Leadline, words: str) -> None:
    texts.receive(line, texts.inbound(1, words))

    assert thread(line).consent == "opted_out"
    with line.database.read() as tx:
        [event] = consent.of_number(tx, cast.LENA.phone)
    assert (event.kind, event.source, event.words) == ("opt_out", "keyword", words)


def test_start_undoes_stop(line: Leadline) -> None:
    lena = texts.add_lena(line)
    texts.receive(line, texts.inbound(1, "STOP"), texts.inbound(2, "START"))

    assert thread(line).consent == "opted_in"
    line.send(lena.id, "Welcome back")


def test_yes_is_an_answer_unless_they_had_opted_out(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "Yes"))
    assert thread(line).consent == "none"

    texts.receive(line, texts.inbound(2, "STOP"), texts.inbound(3, "yes"))
    assert thread(line).consent == "opted_in"


def test_twilios_own_understanding_of_a_stop_counts(line: Leadline) -> None:
    texts.receive(line, texts.inbound(1, "BAJA", OptOutType="STOP"))

    with pytest.raises(Refused):
        line.send(cast.LENA.phone, "hola")


def test_stop_to_one_number_stops_them_all(line: Leadline) -> None:
    """Consent belongs to the person's number, whichever of ours they wrote to."""
    texts.receive(line, texts.inbound(1, "STOP", To="+15005550099"))

    with pytest.raises(Refused):
        line.send(cast.LENA.phone, "hi")


def test_pictures_are_noted_to_be_fetched(line: Leadline, clock: Clock) -> None:
    pictures = {
        "NumMedia": "2",
        "MediaUrl0": "https://api.twilio.com/a",
        "MediaContentType0": "image/jpeg",
        "MediaUrl1": "https://api.twilio.com/b",
        "MediaContentType1": "image/png",
    }
    texts.receive(line, texts.inbound(1, "", **pictures))

    with line.database.read() as tx:
        waiting = media.due(tx, now=clock.now(), limit=10)
    assert [item.url for item in waiting] == ["https://api.twilio.com/a", "https://api.twilio.com/b"]
    assert thread(line).last_text == "Sent a picture"


@pytest.fixture
def answering(line: Leadline, database_url: str, clock: Clock) -> Leadline:
    """The same Leadline with an automatic reply."""
    settings = line.settings.model_copy(update={"leadline_auto_reply_template": "thank_you"})
    answering = Leadline(settings=settings, clock=clock, database=line.database)
    lena = answering.add_lead("Lena", cast.LENA.phone, fields={"agent_name": "Bob"})
    assert lena.fields
    return answering


def test_the_first_text_of_the_day_gets_one_automatic_reply_through_the_queue(
    answering: Leadline, clock: Clock
) -> None:
    texts.receive(answering, texts.inbound(1, "hello"))
    texts.receive(answering, texts.inbound(2, "anyone there?"))

    [reply] = texts.claim(answering)
    assert "Harbor Roofing" in reply.body

    texts.settle(answering, reply, texts.accepted(9))
    clock.advance(timedelta(hours=25))
    texts.receive(answering, texts.inbound(3, "hello again"))
    assert len(texts.claim(answering)) == 1


def test_two_texts_in_one_batch_get_one_automatic_reply(answering: Leadline) -> None:
    texts.receive(answering, texts.inbound(1, "hello"), texts.inbound(2, "anyone there?"))

    with answering.database.read() as tx:
        written = [message for message in messages.recent(tx) if message.direction == "outbound"]
    assert len(written) == 1


@pytest.mark.parametrize("words", ["STOP", "HELP", "START"])
def test_a_keyword_gets_no_automatic_reply_since_twilio_answers_it(answering: Leadline, words: str) -> None:
    texts.receive(answering, texts.inbound(1, words))

    assert texts.claim(answering) == []


@pytest.mark.parametrize("address", ["68849", "SUPPORT", cast.OUR_NUMBER])
def test_machines_and_ourselves_get_no_automatic_reply(answering: Leadline, address: str) -> None:
    texts.receive(answering, texts.inbound(1, "hello", From=address))

    assert texts.claim(answering) == []


def test_an_automatic_reply_at_fault_does_not_cost_us_the_text(answering: Leadline) -> None:
    """This number has no lead, so the template lacks a name."""
    texts.receive(answering, texts.inbound(1, "hello", From="+13035550199"))

    assert thread(answering, "+13035550199").unread == 1
    assert texts.claim(answering) == []


def test_a_stop_counts_although_our_clock_was_set_back(line: Leadline, clock: Clock) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    texts.receive(line, texts.inbound(2, "START"))
    clock.set(clock.now() - timedelta(hours=1))
    texts.receive(line, texts.inbound(3, "STOP"))
    assert thread(line).consent == "opted_out"


@pytest.mark.parametrize(
    ("sent", "consent"),
    [
        (timedelta(minutes=-5), "opted_out"),
        (timedelta(minutes=59), "opted_out"),  # Our clock may have been an hour late at the STOP.
        (timedelta(minutes=61), "opted_in"),
    ],
)
def test_a_start_from_the_list_undoes_a_stop_only_if_it_is_surely_newer(
    sent: timedelta, consent: str, line: Leadline, clock: Clock
) -> None:
    texts.receive(line, texts.inbound(1, "STOP"))
    start = replace(texts.inbound(2, "START"), date_sent=clock.now() + sent)
    clock.advance(timedelta(hours=3))
    texts.receive(line, start)
    assert thread(line).consent == consent


@pytest.mark.parametrize("words", ["hello", "STOP"])
def test_the_same_sid_in_two_transactions_at_once_is_one_text(
    answering: Leadline, database_kind: str, words: str
) -> None:
    """Two processes get the webhook at one moment; each sees the number for the first time."""
    together = threading.Barrier(2)

    def deliver() -> None:
        together.wait(10)
        texts.receive(answering, *[texts.inbound(1, words)] * 3)

    with ThreadPoolExecutor() as pool:
        for delivery in [pool.submit(deliver) for _ in range(2)]:
            delivery.result(30)

    conversation = thread(answering)
    assert conversation.unread == 1
    with answering.database.read() as tx:
        written = [message.direction for message in messages.thread(tx, conversation.id)]
        stops = len(consent.of_number(tx, cast.LENA.phone))
    assert (written.count("inbound"), stops) == (1, words == "STOP")
    assert written.count("outbound") == (words == "hello")


def _until_stored(line: Leadline, batch: list[InboundSms]) -> None:
    """As Twilio does when told that the database did not answer, as it does not to one of a deadlock."""
    for _ in range(10):
        with suppress(StoreUnavailable):
            return texts.receive(line, *batch)
    raise AssertionError("the database never answered")


@pytest.mark.parametrize("seed", range(5))
def test_however_often_each_is_delivered_each_text_is_stored_once(line: Leadline, seed: int) -> None:
    """Forty texts, each one to twenty times, in any order and batches, by four threads."""
    dice = random.Random(seed)
    deliveries = [n for n in range(40) for _ in range(dice.randint(1, 20))]
    dice.shuffle(deliveries)
    batches = []
    while deliveries:
        size = dice.randint(1, 30)
        batches.append([texts.inbound(n, str(n), From=f"+1303555{n % 7:04}") for n in deliveries[:size]])
        del deliveries[:size]

    with ThreadPoolExecutor(4) as pool:
        for delivery in [pool.submit(_until_stored, line, batch) for batch in batches]:
            delivery.result(60)

    with line.database.read() as tx:
        assert sorted(int(text.body) for text in messages.recent(tx, limit=1000)) == list(range(40))
        assert sum(thread.unread for thread in conversations.newest(tx)) == 40

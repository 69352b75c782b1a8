"""Ways in which sending, reconciling and polling, as they are written here, could break."""

from mutations.mutation import Mutation

SENDING = (
    Mutation(
        "A machine that slept sends in the night what it had claimed by day",
        "last_look.py",
        (("self.looks.clock.monotonic() <= self.until", "True"),),
        ("tests/test_stop_race.py",),
        "slept_into_the_night",
    ),
    Mutation(
        "An opt-in is believed, however long its webhook has lain unread",
        "web/webhooks.py",
        (("if form.waited() > FRESH_SECONDS and", "if False and"),),
        ("tests/web/test_webhooks.py",),
        "has_lain_unread",
    ),
    Mutation(
        "A restored database goes on sending before anybody has looked",
        "sending.py",
        (("    if installation.is_held(tx):\n", "    if False:\n"),),
        ("tests/test_restoring.py",),
        "while_sending_is_held",
    ),
    Mutation(
        "A second attempt's answer settles a text whose first was found to be accepted",
        "store/outbox.py",
        (("WHERE messages.id = v.id AND messages.state IN ('posting', 'in_doubt', 'unconfirmed')",
          "WHERE messages.id = v.id"),),
        ("tests/test_late_evidence.py",),
        "no_answer_to_a_second",
    ),
    Mutation(
        "The answer of a worker that had been given up is thrown away",
        "sending.py",
        (("late = [o for o in outcomes if o.result.sid and not", "late = [o for o in [] if not"),),
        ("tests/test_late_evidence.py",),
        "evidence_is_stronger",
    ),
    Mutation(
        "Evidence does not change what a person has decided",
        "store/outbox.py",
        (("AND messages.state <> 'accepted'", "AND messages.state IN ('posting', 'in_doubt')"),),
        ("tests/test_late_evidence.py",),
        "evidence_is_stronger",
    ),
    Mutation(
        "A text that was sent twice is not recorded as such",
        "sending.py",
        (("    if attempt_ids:\n        for attempt_id in attempts.mark_doubles",
          "    if not attempt_ids:\n        for attempt_id in attempts.mark_doubles"),),
        ("tests/test_late_evidence.py",),
        "recorded_double",
    ),
    Mutation(
        "A second SID for one call is not noticed",
        "sending.py",
        (("if proof.sid not in taken:", "if False:"),),
        ("tests/test_late_evidence.py",),
        "two_texts_of_twilio",
    ),
    Mutation(
        "Like texts that the list bound the other way round count as doubles",
        "sending.py",
        (("if proof.sid not in taken:", "if True:"),),
        ("tests/test_late_evidence.py",),
        "other_way_round",
    ),
    Mutation(
        "Reports that overtook the answer are forgotten",
        "sending.py",
        (("    apply_early_reports(tx, [o.result.sid for o in effective if o.result.sid])\n", ""),),
        ("tests/test_sending.py",),
        "overtook_the_answer",
    ),
    Mutation(
        "A report's error is overwritten by a later report without one",
        "store/outbox.py",
        (("WHEN v.error_code > messages.error_code THEN v.error_code ELSE messages.error_code END",
          "WHEN true THEN v.error_code END"),),
        ("tests/test_report_orders.py",),
        "any_set",
    ),
)  # fmt: skip

MATCHING = (
    Mutation(
        "Some of several like texts are bound when fewer are found",
        "rules/matching.py",
        (("elif len(found) < len(tried):", "elif False:"),),
        ("tests/rules/test_matching.py",),
        "fewer_messages",
    ),
    Mutation(
        "Somebody else's like texts are bound when more are found",
        "rules/matching.py",
        (("elif len(found) > len(tried) or not all(", "elif not all("),),
        ("tests/rules/test_matching.py",),
        "more_messages",
    ),
    Mutation(
        "A message is bound to an attempt that began after it",
        "rules/matching.py",
        ((" or not all(_fits(one, each) for one, each in pairs)", ""),),
        ("tests/rules/test_matching.py",),
        "cannot_all_be_ours",
    ),
    Mutation(
        "The message of a text under way is bound to a like one in doubt",
        "rules/matching.py",
        (("elif any(each.is_under_way for each in tried):", "elif False:"),),
        ("tests/rules/test_matching.py",),
        "under_way",
    ),
    Mutation(
        "Whose number it was sent from is not compared",
        "rules/matching.py",
        (("is_then and tried.sender in listed.senders and", "is_then and"),),
        ("tests/rules/test_matching.py",),
        "unlike_texts",
    ),
    Mutation(
        "What Twilio changes in a text hides it",
        "rules/matching.py",
        (("plain(tried.body) == plain(listed.body)", "tried.body == listed.body"),),
        ("tests/rules/test_matching.py",),
        "on_its_way",
    ),
)  # fmt: skip

RECONCILING = (
    Mutation(
        "A look that could not be finished counts",
        "reconciling.py",
        (("at=later, counts=False)", "at=later, counts=True)"),),
        ("tests/test_reconciling.py",),
        "could_not_be_read_says_nothing",
    ),
    Mutation(
        "What was read before a page failed is taken for the whole list",
        "reconciling.py",
        (('        log.warning("list_not_read", reason=str(error))\n        return None\n',
          '        log.warning("list_not_read", reason=str(error))\n'),),
        ("tests/test_unreported.py",),
        "any_page_is_missing",
    ),
    Mutation(
        "A message that is known to be another text is bound",
        "reconciling.py",
        ((" for sid, resource in ours.items() if sid not in known]", " for sid, resource in ours.items()]"),),
        ("tests/test_reconciling.py",),
        "known_to_be_another",
    ),
    Mutation(
        "A like text that was given up is forgotten",
        "reconciling.py",
        (("NEARBY = timedelta(hours=1)", "NEARBY = timedelta(0)"),),
        ("tests/test_reconciling.py",),
        "given_up_is_not_forgotten",
    ),
    Mutation(
        "A policy sends again though the lead has written since",
        "reconciling.py",
        (("if last is not None and last > attempt.started_at:", "if False:"),),
        ("tests/test_reconciling.py",),
        "lead_has_written",
    ),
    Mutation(
        "A policy sends again and again",
        "reconciling.py",
        (('any(each.resolved_by == "policy" for', "any(False for"),),
        ("tests/test_reconciling.py",),
        "sends_again_once",
    ),
    Mutation(
        "A policy sends again while the text may be in the list",
        "reconciling.py",
        (("if resend_at is not None and match.finding is Finding.NOTHING and",
          "if resend_at is not None and"),),
        ("tests/test_reconciling.py",),
        "may_be_there",
    ),
    Mutation(
        "A person may send again what is still looked for",
        "reconciling.py",
        (("    if message.state == state.IN_DOUBT:\n        raise", "    if False:\n        raise"),
         ("    if message.state != state.UNCONFIRMED:\n",
          "    if message.state not in (state.UNCONFIRMED, state.IN_DOUBT):\n")),
        ("tests/test_reconciling.py",),
        "still_looked_for",
    ),
    Mutation(
        "One text that Twilio cannot speak of holds up all others",
        "reconciling.py",
        (("                return\n            continue\n", "                return\n            return\n"),),
        ("tests/test_unreported.py",),
        "cannot_speak_of",
    ),
    Mutation(
        "A status is asked for without end",
        "reconciling.py",
        (("looked = each.looked + 1", "looked = max(each.looked, 1)"),),
        ("tests/test_unreported.py",),
        "until_no_report",
    ),
)  # fmt: skip

POLLING = (
    Mutation(
        "What the list shows late is never read",
        "polling.py",
        (("Poll(chore.through - OVERLAP,", "Poll(chore.through,"),),
        ("tests/test_polling.py",),
        "shows_late",
    ),
    Mutation(
        "A poll that failed counts as done",
        "polling.py",
        (("        await line.writer.write(put_off, None)\n        return 0\n",
          "        missed = 0\n"),),
        ("tests/test_polling.py",),
        "put_off",
    ),
    Mutation(
        "Texts whose files could not be listed are passed over for ever",
        "polling.py",
        (("    if unread:\n        raise unread[0]\n", ""),),
        ("tests/test_polling.py",),
        "files_cannot_be_listed",
    ),
    Mutation(
        "The newest text is stored first",
        "polling.py",
        (("for message in reversed(found) if", "for message in found if"),),
        ("tests/test_polling.py",),
        "order_they_were_written",
    ),
    Mutation(
        "Texts to somebody else's numbers are stored",
        "polling.py",
        (('== "inbound" and is_ours:', '== "inbound":'),),
        ("tests/test_polling.py",),
        "whole_account",
    ),
    Mutation(
        "Two workers make one poll",
        "store/chores.py",
        ((".where(chores.c.name == name, chores.c.next_at <= now)", ".where(chores.c.name == name)"),),
        ("tests/test_polling.py",),
        "two_workers",
    ),
)  # fmt: skip

RECEIVING = (
    Mutation(
        "A text is of the time it was heard of, not of the time it was sent",
        "receiving.py",
        (("return min(text.date_sent or now, now)", "return now"),),
        ("tests/test_polling.py",),
        "time_it_was_sent",
    ),
    Mutation(
        "A conversation that a late text opens does not show it",
        "receiving.py",
        (("now=opened)", "now=now)"),),
        ("tests/test_polling.py",),
        "time_it_was_sent",
    ),
    Mutation(
        "A start that is heard late undoes a stop that may be newer",
        "rules/consent.py",
        (("is_late = opt_in.at < recorded_at", "is_late = False"),),
        ("tests/test_polling.py",),
        "said_stop_last",
    ),
    Mutation(
        "A stop that is heard late counts for nothing",
        "rules/consent.py",
        (("if event.kind == Kind.OPT_OUT:", "if event.kind == Kind.OPT_OUT and event.at == recorded_at:"),),
        ("tests/test_polling.py",),
        "said_stop_last",
    ),
    Mutation(
        "An automatic reply is sent hours late",
        "answering.py",
        (("is_late = now - (text.date_sent or now) > LATEST_ANSWER", "is_late = False"),),
        ("tests/test_polling.py",),
        "hours_late",
    ),
)  # fmt: skip

OURS = (*SENDING, *MATCHING, *RECONCILING, *POLLING, *RECEIVING)

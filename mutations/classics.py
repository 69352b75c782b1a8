"""The twelve ways in which systems that send texts have broken before: doubled, lost, or sent after STOP."""

from mutations.mutation import Mutation

# Twilio's words about an attempt count only while it is open, and of its text only while it is under way.
FENCE = Mutation(
    "A late answer overwrites what was decided meanwhile",
    "sending.py",
    (("effective = [outcome for outcome in outcomes if standing[outcome.claimed.token].is_open]",
      "effective = list(outcomes)"),),
    ("tests/test_sending.py", "tests/test_late_evidence.py"),
    "answer_after_the_report or evidence_is_stronger",
)  # fmt: skip
LEASE = Mutation(
    "What a dead worker left goes back to the queue",
    "store/outbox.py",
    (("messages.c.state == state.POSTING)\n        .values(state=state.IN_DOUBT)",
      "messages.c.state == state.POSTING)\n        .values(state=state.QUEUED)"),),
    ("tests/test_sending.py",),
    "dead_worker",
)  # fmt: skip
RETRY = Mutation(
    "A 5xx is taken for a proof that nothing was sent",
    "twilio/outcome.py",
    (("or http_status == 408:\n        return SendKind.IN_DOUBT",
      "or http_status == 408:\n        return SendKind.THROTTLED"),),
    ("tests/twilio/test_outcome.py",),
    "one_meaning",
)  # fmt: skip
LAST_WRITER = Mutation(
    "The last report that came is shown, not the highest",
    "store/outbox.py",
    (("status = CASE WHEN v.rank > messages.rank THEN v.status ELSE messages.status END",
      "status = v.status"),
     ("AND (v.rank > messages.rank OR v.error_code > messages.error_code)", "")),
    ("tests/test_reports.py",),
    "late_sent_report",
)  # fmt: skip
CONSENT = Mutation(
    "Consent is asked for when a text is queued, and not when it is claimed",
    "sending.py",
    (
        ("in answered if decision.is_refused]", "in answered if False]"),
        ("in answered if decision.is_allowed]", "in answered]"),
    ),
    ("tests/test_sending.py",),
    "stop_after_queueing",
)
DEFERRED = Mutation(
    "A transaction that writes takes the lock only when it does",
    "store/database.py",
    (('_execute(connection, "BEGIN IMMEDIATE")', '_execute(connection, "BEGIN")'),),
    ("tests/store/test_database.py",),
    "first_moment",
)
BLANKS = Mutation(
    "Blank fields of a webhook are dropped before its signature is checked",
    "twilio/signature.py",
    (("        elif part:\n", '        elif part and not part.endswith("="):\n'),),
    ("tests/twilio/test_signature.py", "tests/web/test_webhooks.py"),
    "keeps_blanks or signed_text_is_stored",
)
SID_ALONE = Mutation(
    "Of all reports about a text only the first is kept",
    "store/migrations/versions/0005_sids.py",
    (('_unique("sid", ("twilio_sid", *said)', '_unique("sid", ("twilio_sid", "kind")'),),
    ("tests/test_sending.py",),
    "overtook_the_answer",
)
HOST = Mutation(
    "Whoever calls says which host was called",
    "web/webhooks.py",
    (('url = f"{self._public_url}{visit.call.target}"',
      'url = f"https://{dict(visit.call.headers)[b\'x-forwarded-host\'].decode()}{visit.call.target}"'),),
    ("tests/web/test_webhooks.py",),
    "nobody_but_the_settings",
)  # fmt: skip
FORMAT = Mutation(
    "A template is a format string, which reaches whatever its values reach",
    "rules/template.py",
    (("text = render_compiled(compiled, values)", "text = template.body.format(**values)"),),
    ("tests/rules/test_template_rendering.py",),
    "becomes_a_text or reaches_nothing",
)
EARLY_YES = Mutation(
    "A webhook is answered before its text is committed",
    "web/webhooks.py",
    (("items, self._stored, together)\n",
      "items, lambda *_: None, together)\n            [v.reply(f.answer) for v, f in together]\n"),),
    ("tests/web/test_webhooks.py",),
    "never_a_2xx",
)  # fmt: skip
COPY = Mutation(
    "A backup is a copy of the file, without what the log still holds",
    "store/copies.py",
    (("        ours.backup(theirs)\n", "        shutil.copyfile(source, target)\n"),),
    ("tests/test_backups.py",),
    "under_load",
)

CLASSICS = (
    FENCE,
    LEASE,
    RETRY,
    LAST_WRITER,
    CONSENT,
    DEFERRED,
    BLANKS,
    SID_ALONE,
    HOST,
    FORMAT,
    COPY,
    EARLY_YES,
)

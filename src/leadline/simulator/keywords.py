"""What Twilio itself does with STOP, START and HELP, before and beside calling the webhook.

https://help.twilio.com/articles/223134027 and, for toll-free numbers,
https://support.twilio.com/hc/en-us/articles/360058144374. The answers have the shape of Twilio's, in
our own words.
"""

from leadline.simulator.account import Account
from leadline.simulator.records import Number, Service

# Twilio's own words. They count when they are the whole message, whatever their case. Our classifier in
# ``rules.keywords`` knows many more, and whoever stands in for Twilio must not.
WORDS = {
    "stop": frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}),
    "start": frozenset({"start", "yes", "unstop"}),
    "help": frozenset({"help", "info"}),
}

ANSWERS = {
    "stop": "You are unsubscribed and will get no more messages from this number. Text START to return.",
    "start": "You are subscribed to this number again. Text HELP for help or STOP to end. "
    "Message and data rates may apply.",
    "help": "Text STOP to end these messages. Message and data rates may apply.",
}

# On toll-free numbers the network listens, and to fewer words than Twilio.
_NOT_TOLL_FREE = frozenset({"yes"})


def obey(account: Account, *, phone: str, number: Number, service: Service | None, body: str) -> str | None:
    """Block, unblock and answer as the keyword says.

    Answers with ``OptOutType``, which only a service with Advanced Opt-Out tells the webhook. A
    short code without it is left to the application.
    """
    said = _said(body, number)
    advanced = service is not None and service.advanced_opt_out
    if said is None or (number.is_short_code and not advanced):
        return None
    _apply(account, said, phone=phone, number=number)
    return said.upper() if advanced else None


def _said(body: str, number: Number) -> str | None:
    word = body.strip().lower()
    if number.is_toll_free and word in _NOT_TOLL_FREE:
        return None
    return next((kind for kind, words in WORDS.items() if word in words), None)


def _apply(account: Account, said: str, *, phone: str, number: Number) -> None:
    was_blocked = account.is_blocked(phone, number.number)
    if said == "stop":
        account.block(phone, number.number)
    elif said == "start":
        account.unblock(phone, number.number)
    # Who is out already gets no second confirmation, and HELP stays silent to them on toll-free.
    is_silent = was_blocked and (said == "stop" or (said == "help" and number.is_toll_free))
    if not is_silent:
        account.notice(phone, number.number, ANSWERS[said])

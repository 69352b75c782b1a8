"""Twilio's error codes as a table: whose matter each is, what it means, what to do, whether to try again.

Texts that share a cause share a row. Sources: https://www.twilio.com/docs/api/errors/{code}.
"""

from enum import StrEnum
from typing import NamedTuple


class CodeKind(StrEnum):
    """Whose matter an error is, and so who has to do something about it."""

    ACCOUNT = "account"
    BAD_NUMBER = "bad_number"
    BLOCKED = "blocked"
    CARRIER = "carrier"
    CONTENT = "content"
    COUNTRY = "country"
    EXPIRED = "expired"
    INBOUND = "inbound"
    NOT_FOUND = "not_found"
    OPTED_OUT = "opted_out"
    OUR_BUG = "our_bug"
    REGISTRATION = "registration"
    SCHEDULING = "scheduling"
    SENDER = "sender"
    THROTTLED = "throttled"
    TRIAL = "trial"
    TWILIO = "twilio"
    UNAUTHORIZED = "unauthorized"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    WEBHOOK = "webhook"


class Retry(StrEnum):
    """Whether sending the same text again can help; ``unknown`` is that it may have been sent already."""

    NEVER = "never"
    LATER = "later"
    BACK_OFF = "back_off"
    ONCE = "once"
    UNKNOWN = "unknown"


class Row(NamedTuple):
    """Codes that mean the same to us. ``stops``: every further text from the account would fail too."""

    codes: tuple[int, ...]
    kind: CodeKind
    retry: Retry
    sentence: str
    what_to_do: str
    stops: bool = False


NEVER, LATER, BACK_OFF, ONCE, UNKNOWN = Retry

ROWS: tuple[Row, ...] = (
    # The number or the person
    Row((21211,), CodeKind.BAD_NUMBER, NEVER,
        "This is not a phone number that exists.", "Ask the lead for the number and correct it."),
    Row((21265,), CodeKind.BAD_NUMBER, NEVER,
        "This is a short code, not a person's number.", "Ask the lead for their mobile number."),
    Row((21268,), CodeKind.BAD_NUMBER, NEVER,
        "This is a premium-rate number.", "Ask the lead for their mobile number."),
    Row((21614, 21635, 30006), CodeKind.BAD_NUMBER, NEVER,
        "This number is a landline or cannot receive texts.", "Call, or ask for a mobile number."),
    Row((30005,), CodeKind.BAD_NUMBER, NEVER,
        "This number is unknown or no longer in use.", "Ask the lead for their present number."),
    Row((21610,), CodeKind.OPTED_OUT, NEVER,
        "They opted out of texts.", "Only they can undo it, by texting START."),
    Row((30004,), CodeKind.BLOCKED, NEVER,
        "Their phone or carrier blocks texts from this number.", "Reach them another way; do not text again."),
    Row((30003,), CodeKind.UNREACHABLE, LATER,
        "Their phone was off or out of reach.", "Try again in a few hours, once or twice."),
    # The carrier
    Row((30007,), CodeKind.CARRIER, NEVER,
        "The carrier took this text for spam and dropped it.", "Change the words; leave out short links."),
    Row((30008,), CodeKind.CARRIER, ONCE,
        "The carrier did not deliver it and gave no reason.", "Try once more later."),
    Row((30017,), CodeKind.CARRIER, LATER, "The carrier's network was congested.", "Try again later."),
    Row((30410,), CodeKind.CARRIER, LATER,
        "The carrier did not answer in time; Twilio gave up so as not to send twice.", "Try again later."),
    # What the text is
    Row((21617, 20413), CodeKind.CONTENT, NEVER, "The text is too long.", "Shorten it to 1,600 characters."),
    Row((21618,), CodeKind.CONTENT, NEVER,
        "Every carrier refuses a text with these words.", "Write it in other words."),
    Row((21602, 21619), CodeKind.CONTENT, NEVER, "The text was empty.", "Write something or attach a file."),
    Row((21620,), CodeKind.CONTENT, NEVER,
        "The address of a file is not a web address.", "Attach the file again."),
    Row((21621, 21622), CodeKind.SENDER, NEVER,
        "This sender cannot send pictures.", "Send the words alone, or use another sender."),
    Row((21623,), CodeKind.CONTENT, NEVER, "There were more than ten files.", "Send ten at most."),
    Row((11751, 30019), CodeKind.CONTENT, NEVER,
        "The text or a file is larger than the carrier takes.", "Use smaller files or fewer words."),
    Row((21654, 21655, 21656), CodeKind.CONTENT, NEVER,
        "Twilio's content template is missing or its variables do not fit.", "Correct the template at Twilio."),
    # Speed
    Row((20429,), CodeKind.THROTTLED, BACK_OFF,
        "Twilio was asked too much at once; nothing was sent.", "Leadline slows down and tries again."),
    Row((21611, 30001), CodeKind.THROTTLED, BACK_OFF,
        "The sender's queue at Twilio is full.", "Leadline slows down and tries again."),
    Row((30022,), CodeKind.THROTTLED, BACK_OFF,
        "The carrier's rate for your campaign was exceeded.", "Leadline slows down and tries again."),
    Row((21702,), CodeKind.TWILIO, BACK_OFF,
        "The Messaging Service was unavailable.", "Leadline waits and tries again."),
    Row((30023, 63018, 63038), CodeKind.THROTTLED, LATER,
        "The day's limit for your brand or channel is used up.", "The rest goes out tomorrow."),
    Row((30025, 30026, 30027), CodeKind.THROTTLED, LATER,
        "Most or all of the day's limit at a carrier is used up.", "Send less today, or ask for a higher limit."),
    Row((30450,), CodeKind.THROTTLED, LATER,
        "Twilio suspects artificial traffic to this number.", "Wait half an hour; see Twilio's risk check."),
    Row((30453, 30485), CodeKind.THROTTLED, LATER,
        "Twilio blocked the text as possible fraud.", "Wait a few hours, then ask Twilio if it goes on."),
    Row((14107, 14109), CodeKind.THROTTLED, LATER,
        "Too many replies went to one number in a short time.", "Check for two machines answering each other."),
    # Time
    Row((30036,), CodeKind.EXPIRED, NEVER,
        "It waited at Twilio longer than allowed and was dropped.", "Send it again if it is still timely."),
    Row((30409,), CodeKind.EXPIRED, NEVER,
        "It is too late to cancel this text.", "It has left, or it has already failed."),
    Row((35111, 35114, 35115, 35117, 35118, 35125, 35126), CodeKind.SCHEDULING, NEVER,
        "Twilio did not accept the time to send at.",
        "Choose a time 15 minutes to 35 days ahead and send through a Messaging Service."),
    # Our sender
    Row((21212, 21601, 21606, 21616, 21659, 21660, 21661), CodeKind.SENDER, NEVER,
        "Twilio does not let this account text from this sender.",
        "Check TWILIO_PHONE_NUMBER: a number of this account that can text."),
    Row((21612,), CodeKind.SENDER, NEVER,
        "This sender cannot reach that number.", "Use another sender for this country."),
    Row((21408,), CodeKind.COUNTRY, NEVER,
        "Texts to this country are switched off at Twilio.", "Switch the country on in Twilio's Geo Permissions."),
    Row((21701, 21705), CodeKind.SENDER, NEVER,
        "There is no such Messaging Service.", "Check TWILIO_MESSAGING_SERVICE_SID."),
    Row((21703, 21704), CodeKind.SENDER, NEVER,
        "The Messaging Service has no sender for this number.", "Add a number to its sender pool."),
    Row((63016,), CodeKind.CONTENT, NEVER,
        "WhatsApp allows only templates a day after their last text.", "Send an approved template."),
    # Registration with the carriers
    Row((30034,), CodeKind.REGISTRATION, NEVER,
        "US carriers block this number until it is registered (A2P 10DLC).",
        "Register a brand and campaign at Twilio and add the number to it.", True),
    Row((30033,), CodeKind.REGISTRATION, NEVER,
        "Your campaign was suspended by the carriers.", "Contact Twilio support.", True),
    Row((30032,), CodeKind.REGISTRATION, NEVER,
        "This toll-free number is not verified.", "Verify it at Twilio."),
    Row((*range(30440, 30450), 30451, 30452, *range(30455, 30481), 30871, 30932, 30951),
        CodeKind.REGISTRATION, NEVER,
        "The registration was rejected.", "Read the reason at Twilio and register again."),
    Row((30018, 30024, 30040, 30041, 30042, 30043), CodeKind.REGISTRATION, NEVER,
        "The sender is not registered with this carrier.", "Register it at Twilio."),
    Row((30035,), CodeKind.REGISTRATION, LATER,
        "The number is still being set up.", "Wait until Twilio shows the registration as complete."),
    # The account
    Row((20003,), CodeKind.UNAUTHORIZED, NEVER,
        "Twilio does not accept the credentials.",
        "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or the API key.", True),
    Row((20006,), CodeKind.UNAUTHORIZED, NEVER,
        "These credentials may not send texts.", "Use credentials with permission for messaging.", True),
    Row((20005, 20403, 30002), CodeKind.ACCOUNT, NEVER,
        "The Twilio account is not active.", "Check its balance and status at Twilio.", True),
    Row((30037,), CodeKind.ACCOUNT, NEVER,
        "Sending is switched off for this account.", "Contact Twilio support.", True),
    Row((20008,), CodeKind.ACCOUNT, NEVER,
        "Test credentials cannot do this.", "Use live credentials, or the simulator."),
    Row((21267, 21607, 21608, 14111, 30454), CodeKind.TRIAL, NEVER,
        "A trial account can only text verified numbers, from its own number, and not many.",
        "Verify the number at Twilio, or upgrade the account."),
    # Twilio's own faults
    Row((20500, 20503, 20504), CodeKind.TWILIO, UNKNOWN,
        "Twilio had a fault, and it is not known whether the text left.", "Leadline looks for evidence first."),
    Row((30020, 30021, 30500), CodeKind.TWILIO, ONCE, "Twilio had a fault.", "Try once more."),
    Row((20009, 20409), CodeKind.TWILIO, LATER, "Twilio was still working on this.", "Try again in some minutes."),
    Row((20404,), CodeKind.NOT_FOUND, NEVER,
        "Twilio has no such thing under this account.", "Check the Account SID and the SID asked for."),
    # What only a fault in Leadline or its settings can cause
    Row((21609,), CodeKind.WEBHOOK, NEVER,
        "Twilio cannot use the address for status reports.", "Check LEADLINE_PUBLIC_URL."),
    Row((20001, 20004, 20007, 20422, 21266, 21603, 21604, 21605, 21624, 21910, 30010, 30012, 30013, 30646, 90007),
        CodeKind.OUR_BUG, NEVER,
        "Leadline asked Twilio in a way it does not accept.", "Report it with the code; do not send again."),
    # Our webhooks, as Twilio sees them
    Row((11200, 11205, 11206, 11210, 11215, 11217), CodeKind.WEBHOOK, NEVER,
        "Twilio could not reach this server.", "Check that LEADLINE_PUBLIC_URL answers from outside."),
    Row((11220, 11235, 11236, 11237), CodeKind.WEBHOOK, NEVER,
        "This server's certificate is not accepted.", "Renew the certificate and its chain."),
    Row((11750, 11770, 12100, 12200, 12300, 14101, 14102, 14103, 14104, 14105, 14106, 14110), CodeKind.WEBHOOK,
        NEVER, "Twilio could not read the answer to a text.", "Report it with the code."),
    # Texts to us that went wrong on their way
    Row((30009,), CodeKind.INBOUND, NEVER,
        "A part of a long text to you never arrived.", "Ask them to send it again."),
    Row((30011,), CodeKind.INBOUND, NEVER,
        "They sent a picture, which this number cannot receive.", "Ask them to send it another way."),
    Row((30038,), CodeKind.INBOUND, NEVER,
        "A text with a one-time code was withheld.", "Receive such codes on another phone."),
    Row((30039,), CodeKind.INBOUND, NEVER,
        "Twilio took a text for one of a loop and withheld it.", "Check for two machines answering each other."),
    # Link shortening and lists of numbers switched off
    Row(tuple(range(30100, 30118)), CodeKind.SENDER, NEVER,
        "Twilio's link shortening or deactivation list has a fault.", "Check the domain's settings at Twilio."),
)  # fmt: skip

"""Ordering: which of two texts of a lead came first.

A webhook says nothing of its own time, and one that was not answered is sent again: of two texts the first
may be heard last. Where that matters Twilio is asked, whose clock saw both.
"""

from leadline.errors import TwilioError
from leadline.twilio import listed
from leadline.twilio.client import TwilioClient


async def came_after(client: TwilioClient, sid: str, other_sid: str) -> bool | None:
    """Whether Twilio got the first of these texts after the second; None when it does not say.

    Its times are whole seconds. Of two within the same one nobody knows, and the answer is that it did not.
    """
    try:
        texts = [await client.fetch(each) for each in (sid, other_sid)]
    except TwilioError:
        return None
    moment, other = (text and listed.moment(text.get("date_created")) for text in texts)
    return moment > other if moment and other else None

"""A Twilio that runs on this machine. It is never started where real credentials are in use.

The core knows no HTTP: ``account`` is all that is remembered, ``outbound`` and ``inbound`` take texts
in, ``progress`` and ``reports`` tell what becomes of them, ``keywords`` who opted out. What Twilio
refuses is in ``order`` and ``problems``; what can be made to go wrong in ``faults`` and ``plan``. Around
the core stand ``messages_api`` for programs made for Twilio, ``control`` for tests, and
``handset_pages`` for people.
"""

from leadline.simulator.inbound import Reply
from leadline.simulator.plan import Plan
from leadline.simulator.records import Accepted, Number, Past, Phone, Service
from leadline.simulator.server import running, serve
from leadline.simulator.simulator import Simulator

__all__ = [
    "Accepted",
    "Number",
    "Past",
    "Phone",
    "Plan",
    "Reply",
    "Service",
    "Simulator",
    "running",
    "serve",
]

"""A Twilio that runs on this machine. It is never started where real credentials are in use."""

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

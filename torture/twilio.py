"""The Twilio of the torture run: ``python -m torture.twilio PORT INBOUND_URL`` serves a simulator."""

import sys

from harness.traffic import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER
from leadline import serving
from leadline.simulator import Simulator

# Quick, and yet slow enough for a kill to fall between two reports.
_SECONDS_A_STATE = (0.0, 0.05)


def main() -> None:
    """Serve until told to stop."""
    port, inbound_url = sys.argv[1:]
    simulator = Simulator(
        ACCOUNT_SID, AUTH_TOKEN, numbers=[OUR_NUMBER], inbound_url=inbound_url, delay=_SECONDS_A_STATE
    )
    serving.run(serving.pretend(simulator, port=int(port), on_ready=lambda: None))


if __name__ == "__main__":
    main()

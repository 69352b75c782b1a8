"""``leadline status``: how things stand, and whether anything needs a person."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from leadline.cli.output import AsJson, moment, print_json, say
from leadline.cli.session import opened

if TYPE_CHECKING:
    from leadline.standing import Standing


def status(*, json: AsJson = False) -> None:
    """Tell what waits, what is in doubt, and what needs a person; exits with 1 when something does."""
    from leadline import standing
    from leadline.web.api.status import Status

    with opened() as line, line.database.read() as tx:
        stands = standing.read(tx, now=line.clock.now())
    if json:
        print_json(Status.of(stands).model_dump(mode="json"))
    else:
        say(*_lines(stands))
    if stands.needs:
        raise typer.Exit(1)


def _lines(stands: "Standing") -> Iterator[str]:
    for need in stands.needs:
        yield f"{need.sentence} Since {moment(need.since)}."
        yield f"  {need.what_to_do}"
    if not stands.needs:
        yield "Nothing needs a person."
    yield ""
    oldest = f", the oldest since {moment(stands.oldest_due_at)}" if stands.oldest_due_at else ""
    others = f"{stands.posting} on the way, {stands.scheduled} for later"
    yield f"Waiting to leave     {stands.due}{oldest}; {others}"
    since = f", the oldest since {moment(stands.in_doubt_since)}" if stands.in_doubt_since else ""
    yield f"Not known yet        {stands.in_doubt}{since}"
    yield f"No trace after 24 h  {stands.unconfirmed_this_month} this month, {stands.unconfirmed} to decide"
    ways = ", ".join(f"{count} by {by}" for by, count in stands.resolved.items() if count)
    yield f"Doubts settled       {sum(stands.resolved.values())} in 30 days{f': {ways}' if ways else ''}"
    yield f"Sent twice           {stands.doubles}"
    yield ""
    yield from _heard(stands)
    for text in stands.open:
        yield f"Text {text.message_id} to {text.number}: {text.state} since {moment(text.since)}."
    for double in stands.last_doubles:
        yield f"Text {double.message_id} to {double.number} left twice."


def _heard(stands: "Standing") -> Iterator[str]:
    for name, at in (
        ("Last text in", stands.last_inbound_at),
        ("Last report in", stands.last_report_at),
        ("Texts fetched until", stands.polled_through),
    ):
        yield f"{name:<20} {moment(at) if at else 'none yet'}"
    turned = ", ".join(f"{each.reason} {each.today}" for each in stands.rejects if each.today)
    yield f"Webhooks turned away {turned or 'none'} today"

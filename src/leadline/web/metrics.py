"""GET /metrics: what this process has counted, and how things stand, in Prometheus' words.

Labels take few values, all of them ours: never a number, a text or a SID. The client library is imported by
the first scrape, since that takes as long as everything else of a start here.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from leadline import __version__, standing
from leadline.app import Leadline
from leadline.counters import Histogram
from leadline.errors import StoreUnavailable
from leadline.standing import Standing
from leadline.twilio.client import SendKind
from leadline.web.api.auth import holder
from leadline.web.problems import answer
from leadline.web.webhooks import REASONS

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

# However often somebody scrapes, the database is asked no more often than this, in seconds.
STANDS_FOR: Final = 5.0
# Shown from the start: an alert on what does not happen needs a zero to begin with.
ANSWERED: Final = {("inbound", 200): 0, ("status", 204): 0}
NEEDS: Final = ("held", "sender_stopped", "unconfirmed")


class Metrics:
    """What one process shows to whoever has the scrape token or a token of the API."""

    def __init__(self, line: Leadline) -> None:
        self._line = line
        secret = line.settings.leadline_metrics_token
        self._secret = secret.get_secret_value().encode() if secret else b""
        self._registry: CollectorRegistry | None = None
        self._standing: tuple[float, Standing] | None = None

    def scrape(self, request: Request) -> Response:
        """GET /metrics."""
        if not self._may_scrape(request):
            challenge = {"WWW-Authenticate": 'Bearer realm="leadline"'}
            detail = "Send LEADLINE_METRICS_TOKEN or an API token: Authorization: Bearer …"
            return answer(401, "unauthorized", detail=detail, headers=challenge)
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415  See above.

        shown = generate_latest(self._collected())
        return Response(shown, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})

    def _may_scrape(self, request: Request) -> bool:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret:
            return False
        if self._secret and hmac.compare_digest(secret.encode(), self._secret):
            return True
        return holder(self._line, secret) is not None

    def _collected(self) -> "CollectorRegistry":
        if self._registry is None:
            from prometheus_client import CollectorRegistry, ProcessCollector  # noqa: PLC0415  See above.

            self._registry = CollectorRegistry()
            ProcessCollector(registry=self._registry)
            self._registry.register(self)
        return self._registry

    def collect(self) -> Iterator["Metric"]:
        """Everything, as it is now; asked by the library."""
        yield _gauge("leadline_build_info", "The version that runs.", {__version__: 1}, label="version")
        yield from self._counted()
        stands = self._stands()
        yield _gauge("leadline_database_up", "1 when the database answered.", {"": stands is not None})
        if stands is not None:
            yield from _of_standing(stands, now=self._line.clock.now())

    def describe(self) -> Iterable["Metric"]:
        """Nothing ahead: the library would otherwise collect once to find out."""
        return ()

    def _stands(self) -> Standing | None:
        """How things stood a few seconds ago at most; None when the database does not answer."""
        now = self._line.clock.monotonic()
        if self._standing is None or now - self._standing[0] >= STANDS_FOR:
            try:
                with self._line.database.read() as tx:
                    self._standing = (now, standing.read(tx, now=self._line.clock.now()))
            except StoreUnavailable:
                return None
        return self._standing[1]

    def _counted(self) -> Iterator["Metric"]:
        """Since this process began."""
        from prometheus_client.core import CounterMetricFamily  # noqa: PLC0415  See above.

        counters, writer = self._line.counters, self._line.writer
        sends = CounterMetricFamily("leadline_sends", "Create calls by outcome.", labels=["outcome"])
        for kind in SendKind:
            sends.add_metric([kind], counters.sends[kind])
        yield sends
        webhooks = CounterMetricFamily(
            "leadline_webhooks", "Webhooks by kind and HTTP status.", labels=["kind", "status"]
        )
        for (kind_, status), count in sorted((ANSWERED | counters.webhooks).items()):
            webhooks.add_metric([kind_, str(status)], count)
        yield webhooks
        rejects = CounterMetricFamily(
            "leadline_webhook_rejects", "Webhooks turned away, by reason.", labels=["reason"]
        )
        for reason in REASONS:
            rejects.add_metric([reason], counters.rejects[reason])
        yield rejects
        yield _histogram("leadline_writer_batch_items", "Items a batch of the writer had.", writer.sizes)
        yield _histogram("leadline_writer_batch_seconds", "Seconds writing a batch took.", writer.seconds)


def _of_standing(stands: Standing, *, now: datetime) -> Iterator["Metric"]:
    """Of the database: the same from every process that serves it."""
    texts = {
        "due": stands.due,
        "scheduled": stands.scheduled,
        "posting": stands.posting,
        "in_doubt": stands.in_doubt,
        "unconfirmed": stands.unconfirmed,
    }
    yield _gauge("leadline_texts", "Texts that are on their way, by state.", texts, label="state")
    ages = {
        "due": _age(stands.oldest_due_at, now=now),
        "in_doubt": _age(stands.in_doubt_since, now=now),
        "unconfirmed": _age(stands.unconfirmed_since, now=now),
    }
    yield _gauge(
        "leadline_oldest_text_seconds", "For how long the oldest of them is so.", ages, label="state"
    )
    month = {"": stands.unconfirmed_this_month}
    yield _gauge("leadline_unconfirmed_this_month", "Texts that left no trace, decided or not.", month)
    words = "Attempts that came into doubt in the last 30 days, by what resolved them."
    yield _gauge("leadline_doubt_resolved", words, stands.resolved, label="by")
    yield _gauge("leadline_doubles", "Texts that ever left twice.", {"": stands.doubles})
    counts = {code: sum(need.code == code for need in stands.needs) for code in NEEDS}
    yield _gauge("leadline_needs_a_person", "What goes no further without one.", counts, label="code")
    heard = {"inbound": stands.last_inbound_at, "status": stands.last_report_at}
    last = {kind: at.timestamp() for kind, at in heard.items() if at is not None}
    words = "When the last genuine webhook came."
    yield _gauge("leadline_last_webhook_timestamp_seconds", words, last, label="kind")
    polled = {"": stands.polled_through.timestamp()} if stands.polled_through else {}
    words = "Until when all texts from leads have been fetched."
    yield _gauge("leadline_polled_through_timestamp_seconds", words, polled)


def _age(since: datetime | None, *, now: datetime) -> float:
    return max((now - since).total_seconds(), 0) if since else 0


def _gauge(name: str, words: str, values: Mapping[str, float], *, label: str | None = None) -> "Metric":
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415  See above.

    family = GaugeMetricFamily(name, words, labels=[label] if label else [])
    for value, count in values.items():
        family.add_metric([value] if label else [], float(count))
    return family


def _histogram(name: str, words: str, histogram: Histogram) -> "Metric":
    from prometheus_client.core import HistogramMetricFamily  # noqa: PLC0415  See above.

    buckets = [
        ("+Inf" if bound == float("inf") else str(float(bound)), count)
        for bound, count in histogram.cumulative()
    ]
    return HistogramMetricFamily(name, words, buckets=buckets, sum_value=histogram.total)

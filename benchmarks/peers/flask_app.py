"""Flask, Flask-SQLAlchemy and the official validator: one commit for each webhook, then the answer.

Served by gunicorn as ``benchmarks.peers.flask_app:create_app()``; running the module creates the tables.
"""

# The packages are in the peers' environment only.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,name-defined,unused-ignore"

import os
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from twilio.request_validator import RequestValidator

from benchmarks.peers.pragmas import make_durable


class Base(DeclarativeBase):
    """What the tables are declared on."""


db = SQLAlchemy(model_class=Base)
webhooks = Blueprint("webhooks", __name__, url_prefix="/api/webhooks/twilio")


class MessageStatus(db.Model):
    """One row a text we sent, with its latest status."""

    __tablename__ = "message_status"

    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    to_number: Mapped[str]
    from_number: Mapped[str]
    account_sid: Mapped[str]
    error_code: Mapped[str | None]
    updated_at: Mapped[datetime]


class InboundMessage(db.Model):
    """One row a text we received."""

    __tablename__ = "inbound_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    from_number: Mapped[str] = mapped_column(index=True)
    to_number: Mapped[str]
    body: Mapped[str]
    num_media: Mapped[int]
    account_sid: Mapped[str]
    received_at: Mapped[datetime]


@webhooks.post("/status")
def status() -> Response:
    """Verify, insert or update by SID, commit, 204."""
    form = _verified_form()
    row = {
        "sid": form["MessageSid"],
        "status": form["MessageStatus"],
        "to_number": form["To"],
        "from_number": form["From"],
        "account_sid": form["AccountSid"],
        "error_code": form.get("ErrorCode"),
        "updated_at": datetime.now(UTC).replace(tzinfo=None),
    }
    statement = _insert(MessageStatus).values(row)
    db.session.execute(statement.on_conflict_do_update(index_elements=["sid"], set_=row))
    db.session.commit()
    return Response(status=204)


@webhooks.post("")
def inbound() -> Response:
    """Verify, insert unless its SID is known, commit, empty TwiML."""
    form = _verified_form()
    row = {
        "sid": form["MessageSid"],
        "from_number": form["From"],
        "to_number": form["To"],
        "body": form["Body"],
        "num_media": int(form["NumMedia"]),
        "account_sid": form["AccountSid"],
        "received_at": datetime.now(UTC).replace(tzinfo=None),
    }
    db.session.execute(_insert(InboundMessage).values(row).on_conflict_do_nothing(index_elements=["sid"]))
    db.session.commit()
    return Response("<Response/>", mimetype="text/xml")


def create_app() -> Flask:
    """The app, as the environment says."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
    app.config["PUBLIC_URL"] = os.environ["PUBLIC_URL"]
    app.config["VALIDATOR"] = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    event.listen(Engine, "connect", make_durable)
    db.init_app(app)
    app.register_blueprint(webhooks)
    return app


def _verified_form() -> Any:
    url = current_app.config["PUBLIC_URL"] + request.path
    signature = request.headers.get("X-Twilio-Signature", "")
    if not current_app.config["VALIDATOR"].validate(url, request.form, signature):
        abort(403)
    return request.form


def _insert(model: type[Any]) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(model)


if __name__ == "__main__":
    with create_app().app_context():
        db.create_all()

"""Twilio over the wire: signatures, webhooks, TwiML, the Messages API. Knows nothing of the database."""

"""The web surfaces: webhooks, JSON API, pages. They parse, authorise and answer; nothing more."""

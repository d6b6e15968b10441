"""A rehearsal of the whole platform without Telegram: a local Bot API, phones in a browser, simulated councillors."""

"""Text to parsed text: syntax and names from spaCy, calendar expressions from a small grammar of our own."""

"""The way in and out: logging in and out, the demonstration's log-ins, the language, the start page."""

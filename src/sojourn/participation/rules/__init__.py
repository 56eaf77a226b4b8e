"""Who may press which button, and what is refused with which reason."""

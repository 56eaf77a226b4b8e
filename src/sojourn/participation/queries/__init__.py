"""What is shown of taking part: frozen values for pages, never whole tables."""

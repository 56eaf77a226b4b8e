"""What keeps minors safe: who is vetted, incidents and who handles them, help lines, emergency access."""

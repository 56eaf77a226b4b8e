"""What safeguarding leads see and do: the inbox, emergency access, who is vetted."""

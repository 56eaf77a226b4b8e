"""How people are reached: messages on the site, mail through any server, letters on paper, calendar links."""

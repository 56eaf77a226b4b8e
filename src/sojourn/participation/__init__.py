"""Who gets in and what happens: from a call to offers, engagements, sessions and attendance."""

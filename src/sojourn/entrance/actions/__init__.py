"""Writes of coming in: invitations and posts, people and the minors in their care, slips."""

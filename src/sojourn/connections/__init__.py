"""Which programs of others are connected: their tokens, the answers kept for them, and their webhooks."""

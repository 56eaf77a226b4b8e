"""Writes of how much was done: figures, and the bulletins that freeze them."""

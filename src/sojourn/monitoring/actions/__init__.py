"""Writes of how much was done: figures, and the bulletins that freeze them."""

from sojourn.monitoring.actions.bulletins import correct_bulletin, draft_bulletin, publish_bulletin
from sojourn.monitoring.actions.figures import compute_figures

__all__ = ["compute_figures", "correct_bulletin", "draft_bulletin", "publish_bulletin"]

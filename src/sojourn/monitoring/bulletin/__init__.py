"""The document of a bulletin: what is printed, made safe together with everything printed before."""

from sojourn.monitoring.bulletin.changes import changes
from sojourn.monitoring.bulletin.counts import Count
from sojourn.monitoring.bulletin.document import FORMAT, Edition, compose
from sojourn.monitoring.bulletin.ledger import Span
from sojourn.monitoring.bulletin.safety import UnsafeEditionError

__all__ = ["FORMAT", "Count", "Edition", "Span", "UnsafeEditionError", "changes", "compose"]

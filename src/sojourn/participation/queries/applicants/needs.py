"""The own note on what is needed on a trip."""

from sojourn.participation.models import Engagement, TripNeed


def own_need(engagement: Engagement) -> str:
    """The text of a stay that its own people opened; empty when nothing was written."""
    row = TripNeed.objects.filter(engagement=engagement).first()
    return row.text if row else ""

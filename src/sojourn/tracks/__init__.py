"""Tracks: kinds of capability, each one frozen value; they own no table and know only core."""

from collections.abc import Mapping
from types import MappingProxyType

from sojourn.tracks.base import Track
from sojourn.tracks.correspondence import CORRESPONDENCE
from sojourn.tracks.placements import PLACEMENTS
from sojourn.tracks.training import TRAINING
from sojourn.tracks.visits import VISITS
from sojourn.tracks.volunteering import VOLUNTEERING

TRACKS: Mapping[str, Track] = MappingProxyType(
    {track.code: track for track in (CORRESPONDENCE, VISITS, VOLUNTEERING, PLACEMENTS, TRAINING)}
)
"""Every track by its code, in the order in which pages show them."""

"""One measured line of `make bench`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured: times are medians in seconds, memory in MiB; `limit` is the figure to reach."""

    problem: str
    size: str
    ours_s: float
    limit_s: float | None = None
    memory_mib: float | None = None
    quality: str = ""
    peer: str = ""
    peer_s: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times slower the peer is, in the same run; None without a peer."""
        return None if self.peer_s is None else self.peer_s / self.ours_s

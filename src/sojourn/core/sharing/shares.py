"""Largest remainder on the smallest unit: shares that add up to the whole."""

from collections.abc import Mapping
from fractions import Fraction

from sojourn.core.sharing.model import SharingError

type Weight = int | Fraction


def divide(amount: int, weights: Mapping[str, Weight]) -> dict[str, int]:
    """The amount in whole units, divided in proportion to the weights; the parts add up to it exactly.

    Everybody gets the exact share rounded down; the units that are left go one each to the largest
    remainders. Equal remainders: who is declared first in `weights` comes first, so the mapping's order is
    part of the rule. A weight of zero gets nothing. Each part is within one unit of the exact share, and a
    negative amount (a refund) is divided as its opposite.

    `weights` are whole numbers or fractions from 0 (per cent, numbers of people, contributions). Raises
    `SharingError` for no bearers, negative or no weights at all, and amounts that are not whole numbers.

    **Source:** Hamilton's method; Balinski & Young 2001, Fair Representation, chapter 2.
    """
    faults = _faults(amount, weights)
    if faults:
        raise SharingError(faults)
    whole, total = abs(amount), sum(weights.values())
    exact = {bearer: Fraction(whole * weight) / total for bearer, weight in weights.items()}
    parts = {bearer: int(share) for bearer, share in exact.items()}
    left = whole - sum(parts.values())
    # sorted() is stable: among equal remainders the declared order stands.
    for bearer in sorted(exact, key=lambda bearer: exact[bearer] - parts[bearer], reverse=True)[:left]:
        parts[bearer] += 1
    return {bearer: part if amount >= 0 else -part for bearer, part in parts.items()}


def verify_sharing(amount: int, weights: Mapping[str, Weight], parts: Mapping[str, int]) -> list[str]:
    """What is wrong with `parts` as a division of the amount; empty when it is the one that `divide` states.

    Checks what defines largest remainders: everybody is there, the sum is exact, each part is the exact
    share rounded down or up, and no one rounded down stands before one rounded up (remainder, then order).
    """
    if list(parts) != list(weights):
        return ["the bearers are not those of the weights, in their order"]
    sign, total, given = (1 if amount >= 0 else -1), sum(weights.values()), sum(parts.values())
    if total <= 0:
        return ["nobody bears anything"]
    faults = [] if given == amount else [f"the parts add up to {given}, not {amount}"]
    up: list[tuple[Fraction, int, str]] = []
    down: list[tuple[Fraction, int, str]] = []
    for at, (bearer, weight) in enumerate(weights.items()):
        remainder = abs(amount) * Fraction(weight) / total - sign * parts[bearer]
        if not -1 < remainder < 1:
            faults.append(f"{bearer!r} is a unit or more away from its exact share")
        (up if remainder < 0 else down).append((-(remainder % 1), at, bearer))
    if up and down and max(up) > min(down):
        faults.append(f"{min(down)[2]!r} has the larger remainder, but {max(up)[2]!r} was rounded up")
    return faults


def _faults(amount: object, weights: Mapping[str, Weight]) -> list[str]:
    faults = (
        [] if type(amount) is int else [f"the amount is {amount!r}: give a whole number of smallest units"]
    )
    for bearer, weight in weights.items():
        if not (type(weight) is int or isinstance(weight, Fraction)) or weight < 0:
            faults.append(f"{bearer!r} has weight {weight!r}: give a whole number or fraction from 0")
    if not faults and sum(weights.values()) == 0:
        faults.append("nobody bears anything: give at least one weight above 0")
    return faults

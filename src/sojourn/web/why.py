"""The reason for a place or for none, in sentences, with a picture of the line that the draw made."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sojourn.core.draw import ChoiceReason, Outcome
from sojourn.participation.queries.applicants import ApplicationPage, Certificate, ChoiceLine, OpeningLine
from sojourn.web.labels import OUTCOMES, Label
from sojourn.web.wording import is_chinese, number

WIDTH = 1000  # of the picture, in its own units


@dataclass(frozen=True, slots=True)
class Picture:
    """A line from the first to the last ticket: how far its seats reached, and where one's own stands.

    `mine` and `last` lie between 0 and WIDTH; `last` is None where nobody took a usable seat.
    """

    mine: int
    last: int | None
    place: int
    last_place: int | None
    of: int


@dataclass(frozen=True, slots=True)
class ToldChoice:
    """A ranked choice with what became of it; before the draw without."""

    rank: int
    opening: OpeningLine
    label: Label
    tone: str
    story: str
    picture: Picture | None


def told_choices(page: ApplicationPage) -> list[ToldChoice]:
    """The choices of an application in rank order, each with its reason once there is one."""
    return [_told(page, choice) for choice in page.choices]


def told_drawn(paper: Certificate) -> list[ToldChoice]:
    """The choices of a certificate as the draw decided them."""
    return [
        ToldChoice(
            choice.rank,
            choice.opening,
            *OUTCOMES[choice.reason.outcome],
            joined(sentences(choice.reason, paper.place_in_order, paper.size)),
            None,
        )
        for choice in paper.choices
    ]


def _told(page: ApplicationPage, choice: ChoiceLine) -> ToldChoice:
    reason, ticket = choice.reason, page.ticket
    if reason is None or ticket is None or ticket.place_in_order is None:
        return ToldChoice(choice.rank, choice.opening, "", "", "", None)
    words = sentences(reason, ticket.place_in_order, ticket.size)
    if choice.waiting_now is not None:
        words.append(
            _("Today you are number %(now)s on its waiting list.") % {"now": number(choice.waiting_now)}
        )
    label, tone = OUTCOMES[reason.outcome]
    picture = line_picture(reason, ticket.place_in_order, ticket.of)
    return ToldChoice(choice.rank, choice.opening, label, tone, joined(words), picture)


def joined(words: list[str]) -> str:
    """Sentences one after the other; Chinese sets no blank between them."""
    return ("" if is_chinese() else " ").join(words)


def sentences(reason: ChoiceReason, place: int, size: int) -> list[str]:
    """What happened to a choice when its ticket was called, and what would have changed it."""
    words = [_OPENINGS[reason.outcome](reason, place, size)]
    refused = reason.outcome not in {Outcome.PLACED, Outcome.NOT_NEEDED}
    if refused and reason.last_admitted is not None:
        words.append(
            _("The last ticket that got a seat which yours could have used was called as number %(last)s.")
            % {"last": number(reason.last_admitted)}
        )
    if refused and reason.needed_before is not None:
        words.append(
            _("Called before number %(before)s, yours would have got a place here.")
            % {"before": number(reason.needed_before)}
        )
    if refused and reason.largest_fitting is not None:
        words.append(
            ngettext(
                "At its turn there was room for a group of %(most)s.",
                "At its turn there was room for a group of up to %(most)s.",
                reason.largest_fitting,
            )
            % {"most": reason.largest_fitting}
        )
    if reason.waiting is not None:
        words.append(
            _("The draw put it at number %(waiting)s of the waiting list.")
            % {"waiting": number(reason.waiting)}
        )
    return words


def line_picture(reason: ChoiceReason, place: int, of: int) -> Picture | None:
    """The picture of the line, where the choice was decided by the place in it."""
    if reason.outcome is Outcome.NOT_NEEDED:
        return None
    last = reason.last_admitted
    return Picture(
        mine=_along(place, of),
        last=None if last is None else _along(last, of),
        place=place,
        last_place=last,
        of=of,
    )


def _along(place: int, of: int) -> int:
    """Where the middle of this place lies on a line of `of` places."""
    return (2 * place - 1) * WIDTH // (2 * of)


def _placed(reason: ChoiceReason, place: int, _size: int) -> str:
    if reason.reserve is not None:
        return _(
            "Your ticket was called as number %(place)s. A seat kept for applicants of your region was "
            "free, so it was offered to you."
        ) % {"place": number(place)}
    return _("Your ticket was called as number %(place)s. A seat was free, so it was offered to you.") % {
        "place": number(place)
    }


def _full(reason: ChoiceReason, place: int, _size: int) -> str:
    return _(
        "Your ticket was called as number %(place)s. Of the %(seats)s seats none that it could use was left."
    ) % {"place": number(place), "seats": number(reason.seats)}


def _does_not_fit(_reason: ChoiceReason, place: int, size: int) -> str:
    return _(
        "Your ticket was called as number %(place)s. Seats were left, but fewer than the %(size)s that stay "
        "together."
    ) % {"place": number(place), "size": size}


def _too_large(reason: ChoiceReason, _place: int, size: int) -> str:
    return _(
        "With %(seats)s seats in all, this opening has no room for %(size)s who stay together, wherever "
        "your ticket is called."
    ) % {"seats": number(reason.seats), "size": size}


def _not_needed(_reason: ChoiceReason, _place: int, _size: int) -> str:
    return _("You were offered a place that you ranked higher, so this choice was not looked at.")


_OPENINGS = {
    Outcome.PLACED: _placed,
    Outcome.FULL: _full,
    Outcome.DOES_NOT_FIT: _does_not_fit,
    Outcome.TOO_LARGE: _too_large,
    Outcome.NOT_NEEDED: _not_needed,
}

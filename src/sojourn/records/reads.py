"""Noting that somebody looked at people's records, exported them or passed them on: one insert for all."""

from collections.abc import Iterable

from sojourn.records.actor import Actor
from sojourn.records.models import PersonRead
from sojourn.records.refusal import UnseenError


def note_reads(
    *,
    by: Actor,
    people: Iterable[int],
    organisation_id: int | None,
    view: str,
    kind: str = PersonRead.Kind.READ,
) -> None:
    """One line for each of the people (by number) in the log that they can see.

    `view` is the verb of the page or act; the role is the one that `by` holds in the organisation. Raises
    UnseenError for an actor without a log-in: nobody reads about people unnamed.
    """
    if by.account_id is None:
        raise UnseenError
    roles = sorted(post.role for post in by.posts if post.organisation_id == organisation_id)
    PersonRead.objects.bulk_create(
        PersonRead(
            kind=kind,
            person_id=person,
            account_id=by.account_id,
            organisation_id=organisation_id,
            role=roles[0] if roles else "",
            view=view,
        )
        for person in people
    )

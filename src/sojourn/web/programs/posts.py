"""The posts in whose name somebody can connect programs."""

from dataclasses import dataclass

from sojourn.connections.scopes import HOLDERS
from sojourn.records.actor import Actor
from sojourn.registry.models import Organisation


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in an organisation."""

    role: str
    organisation: Organisation


def leading_posts(by: Actor) -> list[Post]:
    """The posts of a lead, by the organisation's code."""
    held = [post for post in by.posts if post.role in HOLDERS]
    rows = Organisation.objects.in_bulk([post.organisation_id for post in held])
    posts = [Post(post.role, rows[post.organisation_id]) for post in held]
    return sorted(posts, key=lambda post: (post.organisation.code, post.role))

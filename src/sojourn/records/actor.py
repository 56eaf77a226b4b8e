"""Who acts: what rules need to know of it, and nothing more."""

from dataclasses import dataclass

from sojourn.records.refusal import UnseenError


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in one organisation."""

    role: str
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with its person and its posts on the day, or the system's own clock.

    `account_id` is None for the public, for the system, for a program, which acts with a token (`token_id`),
    and for a minor who acts alone (`is_child`): such a one has shown the own paper slip and needs no account.
    """

    account_id: int | None = None
    token_id: int | None = None
    person_id: int | None = None
    posts: frozenset[Post] = frozenset()
    is_system: bool = False
    is_child: bool = False

    def must_be_person(self) -> int:
        """The id of the actor's own person, for acts that rules leave to people alone."""
        if self.person_id is None:
            raise UnseenError
        return self.person_id

    def organisations(self, *roles: str) -> frozenset[int]:
        """The organisations in which one of these roles is held."""
        return frozenset(post.organisation_id for post in self.posts if post.role in roles)


PUBLIC = Actor()
SYSTEM = Actor(is_system=True)

"""What every page declares of itself: whom it is for, which things it opens to them, what it tells.

Each audience lists its pages in a `scopes.py` beside its `urls.py`. A declaration opens nothing; the code of
the page does. tests/web/access walks every page as every role and compares what it meets with what is
declared here, and `sojourn access` prints the declarations for people (docs/manual/access.md).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from sojourn.web.access import Audience


class Thing(StrEnum):
    """What the address of a page can name."""

    ACCOUNT = "account"
    ADULT = "adult"  # who works with minors
    APPLICATION = "application"
    BULLETIN = "bulletin"
    CALL = "call"
    EMERGENCY = "emergency"  # an emergency access
    FIGURE = "figure"
    IMPORT = "import"  # of a file
    INCIDENT = "incident"
    INVITATION = "invitation"
    KIND = "kind"  # of rows that can be imported
    LINK = "link"  # a secret that was sent, or handed over
    MESSAGE = "message"  # to a webhook
    OPENING = "opening"
    PASSKEY = "passkey"
    PERSON = "person"
    PLAN_VERSION = "plan_version"
    POST = "post"
    PROVIDER = "provider"  # of log-ins
    STAY = "stay"
    RECORD = "record"  # of a check or a training
    ROWS = "rows"  # of a kind, in an organisation
    SLIP = "slip"
    TARGET = "target"
    TOKEN = "token"  # noqa: S105 - the kind, of a program
    WEBHOOK = "webhook"
    YES = "yes"  # a purpose in a component


class Reach(StrEnum):
    """Which of all things a page opens; any other one answers as if it did not exist."""

    NONE = "none"  # nothing: forms and texts that are the same for all
    PUBLISHED = "published"  # whatever is published
    PROGRAMME = "programme"  # what belongs to the programme as a whole
    OWN = "own"  # of the organisation where one holds the post, and of no other
    BELOW = "below"  # of that organisation and of all below it
    FAMILY = "family"  # of oneself and of the minors in one's care
    WARDS = "wards"  # of the minors in one's care
    LOG_IN = "log_in"  # one's own log-in
    LINK = "link"  # what belongs to the secret in the address, for whoever has it
    GIVEN = "given"  # the posts that one gives, and so may end
    DEMONSTRATION = "demonstration"  # invented people; on a real site it opens nothing


class Shows(StrEnum):
    """How near to people a page may come."""

    TEXTS = "texts"  # no people and no numbers of people
    COUNTS = "counts"  # numbers, never people
    POSTS = "posts"  # the grown-ups who hold a post
    PEOPLE = "people"  # the names of those in the thing that the address names
    REPORT = "report"  # what was written about an incident
    ONESELF = "oneself"  # what is held about oneself and the minors in one's care


@dataclass(frozen=True, slots=True)
class Scope:
    """One page: `does` is its sentence for the manual.

    `thing` is what its address names, if anything; `states` are the states of the thing in which the page
    opens it at all, empty for every state; `roles` are those of the audience whom it is for, empty for all.
    """

    audience: Audience
    does: str | Promise
    reach: Reach
    shows: Shows
    thing: Thing | None = None
    states: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

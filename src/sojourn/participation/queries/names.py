"""How a person's name is written."""

from sojourn.registry.models import Person

FIRST_IDEOGRAPH, LAST_IDEOGRAPH = "\u4e00", "\u9fff"


def full_name(person: Person) -> str:
    """The name as its owner writes it: in Chinese characters the family name first, without a blank."""
    written = person.family_name + person.given_name
    if written and all(FIRST_IDEOGRAPH <= letter <= LAST_IDEOGRAPH for letter in written):
        return written
    return f"{person.given_name} {person.family_name}".strip()

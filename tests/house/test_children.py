"""What protects children in the structure: nobody joins an adult with a minor, few places say a name."""

import ast
from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q

from house.tree import sources
from sojourn.participation.models import Engagement
from sojourn.registry.models import Person

JOINS_FOR_A_REASON = {
    "registry.Guardianship": "an adult answers for a minor",
    "registry.Consent": "a guardian says yes for a minor",
    "participation.Application": "a guardian applies for a minor",
}
"""Tables with two people in a row that are no pairs."""
SAY_NAMES = {
    "cli/demo/people.py": "invents people",
    "participation/actions/needs.py": "what somebody needs on a trip, for the leaders of that stay",
    "entrance/queries.py": "one's own children",
    "entrance/actions/people.py": "writes what somebody says of themselves and of their children",
    "participation/actions/rosters.py": "the host's own roster; every look is noted",
    "participation/queries/applicants/certificates.py": "one's own certificate",
    "participation/queries/applicants/held.py": "one's own data",
    "participation/queries/applicants/lines.py": "one's own applications",
    "participation/queries/applicants/pages.py": "one's own applications",
    "participation/queries/applicants/yeses.py": "one's own consents",
    "participation/queries/hosts.py": "the host's own adults",
    "participation/queries/names.py": "how a name is written",
    "registry/models.py": "the columns",
    "safeguarding/actions/emergency.py": "emergency access; every look is noted",
    "safeguarding/queries/emergency.py": "a lead has to know the name already",
    "safeguarding/queries/vetting.py": "the institution's own adults",
    "web/account/demo.py": "invented people of the demonstration",
    "web/child/views.py": "a child’s own pages, by the own slip",
    "web/participant/children_views.py": "one’s own child, on the slip that is printed",
    "web/participant/drafts.py": "one's own application",
    "web/participant/forms/consents.py": "one's own consents",
    "web/participant/forms/people.py": "oneself and one's own wards",
    "web/participant/forms/records.py": "oneself and one's own wards",
    "web/participant/record_views.py": "oneself and one's own wards",
    "privacy/queries/__init__.py": "one's own wards who would go along",
    "web/participant/yes_views.py": "one's own consents",
}
"""Every file that reads a person's name, and whose it is: one's own, or that of one's own class or trip."""


def never_adult_with_minor(name: str, one: str, other: str) -> models.CheckConstraint:
    """What a table of pairs has: the age bands of both (as in Engagement), and this check over them."""
    apart = Q(**{one: "adult", other: "adult"}) | (~Q(**{one: "adult"}) & ~Q(**{other: "adult"}))
    return models.CheckConstraint(name=f"{name}_never_adult_with_minor", condition=apart)


def unguarded(tables: Iterable[type[models.Model]]) -> set[str]:
    """Tables that join two people, or are called pairs, without the check."""
    found = set()
    for model in tables:
        relations = [field for field in model._meta.fields if field.is_relation]
        people = [row for row in relations if row.remote_field.model in {Person, Engagement}]
        bands = [f.name for f in model._meta.fields if f.name.endswith("age_band")]
        needed = never_adult_with_minor(model._meta.model_name or "", *bands) if len(bands) == 2 else None
        is_guarded = needed is not None and needed.condition in [
            check.condition for check in model._meta.constraints if isinstance(check, models.CheckConstraint)
        ]
        is_pair = model.__name__.endswith(("Pair", "Pairing")) and people
        if (len(people) > 1 or is_pair) and not is_guarded:
            found.add(model._meta.label)
    return found


def test_database_constraint_keeps_adults_and_minors_apart_in_every_table_of_pairs() -> None:
    own = [model for model in apps.get_models() if model.__module__.startswith("sojourn.")]
    assert unguarded(own) == set(JOINS_FOR_A_REASON)


def test_planted_pair_is_found_unless_it_has_the_constraint() -> None:
    class PlantedPair(models.Model):  # noqa: DJ008 - never stored
        one = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="+")
        other = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "participation"
            apps = apps.__class__()

    class GuardedPair(models.Model):  # noqa: DJ008 - never stored
        one = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="+")
        other = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="+")
        one_age_band = models.CharField(max_length=8, choices=[("adult", ""), ("minor", "")])
        other_age_band = models.CharField(max_length=8, choices=[("adult", ""), ("minor", "")])

        class Meta:
            app_label = "participation"
            apps = apps.__class__()
            constraints = [never_adult_with_minor("guarded_pair", "one_age_band", "other_age_band")]

    assert unguarded([PlantedPair, GuardedPair]) == {"participation.PlantedPair"}


def test_minor_is_reachable_only_from_their_own_class_or_trip() -> None:
    """A name is read in the files listed here alone: nowhere is there a directory or a search of people."""
    reading = {
        source.path
        for source in sources()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Name) and node.id == "full_name")
        or (isinstance(node, ast.Attribute) and node.attr in {"given_name", "family_name"})
        or (isinstance(node, ast.FunctionDef) and node.name == "full_name")
        or (isinstance(node, ast.keyword) and str(node.arg).removeprefix("person__").startswith("given_name"))
        or (source.path == "registry/models.py" and isinstance(node, ast.Name) and node.id == "given_name")
    }
    assert reading == set(SAY_NAMES)


def test_no_contact_details_of_a_person_are_held() -> None:
    """An address belongs to an account, which a minor does not need; nothing else reaches a person."""
    held = {field.name for field in Person._meta.get_fields() if field.concrete}
    assert held == {"id", "key", "given_name", "family_name", "birth_on", "language", "is_remnant"}

"""Every column about a person is in docs/data-register.csv, with its purpose, visibility and retention."""

import csv
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from house.tree import ROOT

REGISTER = ROOT / "docs/data-register.csv"
COLUMNS = ["model", "column", "purpose", "basis", "visible_to", "retention", "minors"]
BEGIN = {"registry.Person", "registry.Account"}
ALSO = {
    "participation.Group": "its code lets people join",
    "records.AuditEvent": "names accounts by number, with no foreign key",
    "records.PersonRead": "names people and accounts by number, with no foreign key",
}
"""Tables about people that no relation connects with a person."""


def register() -> list[dict[str, str]]:
    """The rows of the register."""
    with REGISTER.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == COLUMNS
        return list(reader)


def personal_models() -> set[type[models.Model]]:
    """Tables of people, and all that point to one of them, directly or through others."""
    found = {apps.get_model(label) for label in [*BEGIN, *ALSO]}
    while True:
        pointing = {
            model
            for model in apps.get_models()
            for field in [*model._meta.fields, *model._meta.many_to_many]
            if field.is_relation and field.remote_field.model in found
        }
        if pointing <= found:
            return found
        found |= pointing


def personal_columns() -> Iterator[tuple[str, str]]:
    for model in personal_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            yield model._meta.label, field.name


def test_register_holds_exactly_the_columns_about_people() -> None:
    registered = [(row["model"], row["column"]) for row in register()]
    assert sorted(registered) == sorted(personal_columns())


def test_register_says_everything_of_every_column() -> None:
    empty = [
        f"{row['model']}.{row['column']}: {name}"
        for row in register()
        for name in COLUMNS
        if not (row[name] or "").strip()
    ]
    assert empty == []


def test_no_text_about_a_person_has_room_for_a_story() -> None:
    """No free text about a person: short columns only, and documents only where they are named here."""
    documents = {
        ("contact.Mail", "envelope"),  # encrypted, and emptied when the mail has left
        ("contact.Message", "about"),  # ids and days: see test_message_is_about_ids_and_days_only
        ("contact.Preference", "muted"),  # codes of contact.kinds
        ("participation.Session", "titles"),
        ("participation.Ticket", "reason"),
        ("participation.TripNeed", "text"),  # encrypted, and gone 30 days after the return
        ("safeguarding.Incident", "note"),  # encrypted, for the named safeguarding leads
    }
    secrets = {
        ("entrance.LogIn", "session_data"),
        ("mfa.Authenticator", "data"),
        ("socialaccount.SocialAccount", "extra_data"),
        ("socialaccount.SocialToken", "token"),
        ("socialaccount.SocialToken", "token_secret"),
    }
    roomy = {
        (model._meta.label, field.name)
        for model in personal_models()
        for field in model._meta.fields
        if isinstance(field, models.TextField | models.JSONField | models.FileField | models.BinaryField)
        or (isinstance(field, models.CharField) and (field.max_length or 1000) > 254)
    }
    assert roomy == documents | secrets

import datetime as dt
import uuid

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 2_000


def give_keys(apps, schema_editor):
    person = apps.get_model("registry", "Person")
    while rows := list(person.objects.filter(key=None).order_by("pk")[:AT_ONCE]):
        for row in rows:
            row.key = uuid.uuid4()
        person.objects.bulk_update(rows, ["key"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_local_offices")]
    operations = [
        migrations.AddField("person", "key", models.UUIDField(default=None, editable=False, null=True)),
        migrations.RunPython(give_keys, migrations.RunPython.noop),
        migrations.AlterField(
            "person", "key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
        ),
        migrations.AddField("person", "is_remnant", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                name="remnant_is_nobody",
                condition=models.Q(is_remnant=False)
                | models.Q(
                    is_remnant=True,
                    given_name="",
                    family_name="",
                    birth_on=dt.date(1900, 1, 1),
                    language="",
                ),
            ),
        ),
        migrations.AlterField(
            "consent",
            "given_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="registry.person",
            ),
        ),
    ]

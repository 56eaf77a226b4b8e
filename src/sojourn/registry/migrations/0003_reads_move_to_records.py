from django.db import migrations

MOVE = """
    INSERT INTO records_personread (at, kind, person_id, account_id, organisation_id, role, view)
    SELECT at, 'read', person_id, reader_account, organisation_id, '', view FROM registry_personread ORDER BY id
"""


class Migration(migrations.Migration):
    """The log of reads outlives the people in it, so it holds their numbers on the floor below."""

    dependencies = [("registry", "0002_membership_roles"), ("records", "0003_trails_are_sealed")]
    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="personread", name="person_read"),
        migrations.DeleteModel(name="PersonRead"),
    ]

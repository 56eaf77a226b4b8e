from django.db import migrations

SQLITE = """
    CREATE TRIGGER bulletin_no_update BEFORE UPDATE ON monitoring_bulletin WHEN OLD.status = 'published'
    BEGIN SELECT RAISE(ABORT, 'a published bulletin does not change'); END
"""
POSTGRESQL = [
    """
    CREATE FUNCTION bulletin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a published bulletin does not change'; END $$
    """,
    """
    CREATE TRIGGER bulletin_no_update BEFORE UPDATE ON monitoring_bulletin
    FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION bulletin_refuse()
    """,
]


def guard(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in [SQLITE] if sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER bulletin_no_update")
    else:
        schema_editor.execute("DROP TRIGGER bulletin_no_update ON monitoring_bulletin")
        schema_editor.execute("DROP FUNCTION bulletin_refuse()")


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_figure_day_and_bulletin_counts")]
    operations = [migrations.RunPython(guard, unguard)]

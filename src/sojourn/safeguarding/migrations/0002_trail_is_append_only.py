from django.db import migrations

# A line never changes, and goes only together with an incident that is closed.
CLOSED = "EXISTS (SELECT 1 FROM safeguarding_incident WHERE id = OLD.incident_id AND status = 'closed')"
SQLITE = [
    """
    CREATE TRIGGER incident_trail_no_update BEFORE UPDATE ON safeguarding_incidentevent
    BEGIN SELECT RAISE(ABORT, 'the trail of an incident is append-only'); END
    """,
    f"""
    CREATE TRIGGER incident_trail_no_delete BEFORE DELETE ON safeguarding_incidentevent WHEN NOT {CLOSED}
    BEGIN SELECT RAISE(ABORT, 'the trail of an incident is append-only'); END
    """,
]
POSTGRESQL = [
    f"""
    CREATE FUNCTION incident_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'DELETE' AND {CLOSED} THEN RETURN OLD; END IF;
      RAISE EXCEPTION 'the trail of an incident is append-only';
    END $$
    """,
    """
    CREATE TRIGGER incident_trail_append_only BEFORE UPDATE OR DELETE ON safeguarding_incidentevent
    FOR EACH ROW EXECUTE FUNCTION incident_trail_refuse()
    """,
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER incident_trail_no_update")
        schema_editor.execute("DROP TRIGGER incident_trail_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER incident_trail_append_only ON safeguarding_incidentevent")
        schema_editor.execute("DROP FUNCTION incident_trail_refuse()")


class Migration(migrations.Migration):
    dependencies = [("safeguarding", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]

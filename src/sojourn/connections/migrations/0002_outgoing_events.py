from django.db import migrations

SQLITE = """
    CREATE TRIGGER audit_goes_out AFTER INSERT ON records_auditevent
    WHEN EXISTS (SELECT 1 FROM connections_webhook WHERE is_active)
    BEGIN INSERT INTO connections_outgoing (event) VALUES (NEW.id); END
"""
POSTGRESQL = [
    """
    CREATE FUNCTION audit_goes_out() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM connections_webhook WHERE is_active) THEN
            INSERT INTO connections_outgoing (event) VALUES (NEW.id);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER audit_goes_out AFTER INSERT ON records_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_goes_out()
    """,
]


def connect(apps, schema_editor):
    for statement in [SQLITE] if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def disconnect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_goes_out")
    else:
        schema_editor.execute("DROP TRIGGER audit_goes_out ON records_auditevent")
        schema_editor.execute("DROP FUNCTION audit_goes_out()")


class Migration(migrations.Migration):
    dependencies = [("connections", "0001_initial"), ("records", "0005_audit_names_the_token")]
    operations = [migrations.RunPython(connect, disconnect)]

from django.db import migrations

SWEPT = "OLD.swept_at IS NULL AND NEW.id = OLD.id AND NEW.key = OLD.key AND NEW.at = OLD.at"
SQLITE = [
    """
    CREATE TRIGGER erasure_no_delete BEFORE DELETE ON privacy_erasure
    BEGIN SELECT RAISE(ABORT, 'the erasure ledger is append-only'); END
    """,
    f"""
    CREATE TRIGGER erasure_only_swept BEFORE UPDATE ON privacy_erasure WHEN NOT ({SWEPT})
    BEGIN SELECT RAISE(ABORT, 'the erasure ledger is append-only'); END
    """,
]
SQLITE_UNDONE = ["DROP TRIGGER IF EXISTS erasure_no_delete", "DROP TRIGGER IF EXISTS erasure_only_swept"]
POSTGRESQL = [
    f"""
    CREATE FUNCTION erasure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND {SWEPT} THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'the erasure ledger is append-only';
    END $$
    """,
    """
    CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE ON privacy_erasure
    FOR EACH ROW EXECUTE FUNCTION erasure_guard()
    """,
]
POSTGRESQL_UNDONE = [
    "DROP TRIGGER IF EXISTS erasure_append_only ON privacy_erasure",
    "DROP FUNCTION IF EXISTS erasure_guard",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in SQLITE_UNDONE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDONE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_erasure")]
    operations = [migrations.RunPython(guard, unguard)]

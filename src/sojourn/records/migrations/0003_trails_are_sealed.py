import django.db.models.functions.datetime
from django.db import migrations, models

TABLES = {"audit": "records_auditevent", "reads": "records_personread"}
DROPPED = """(SELECT seal.dropped_on FROM records_seal AS seal
    WHERE seal.trail = '{trail}' AND seal.last_id >= OLD.id ORDER BY seal.last_id LIMIT 1)"""
UNTOUCHED = " AND ".join(
    f"NEW.{column} = OLD.{column}"
    for column in (
        "id",
        "trail",
        "number",
        "first_id",
        "last_id",
        "rows",
        "rows_sha256",
        "chain_sha256",
        "newest_at",
        "sealed_at",
    )
)


def sqlite():
    for trail, table in TABLES.items():
        yield f"DROP TRIGGER IF EXISTS {trail}_no_update"
        yield f"DROP TRIGGER IF EXISTS {trail}_no_delete"
        yield f"""
            CREATE TRIGGER {trail}_no_update BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, 'the {trail} trail is append-only'); END
        """
        yield f"""
            CREATE TRIGGER {trail}_no_delete BEFORE DELETE ON {table}
            WHEN {DROPPED.format(trail=trail)} IS NULL
            BEGIN SELECT RAISE(ABORT, 'the {trail} trail is append-only'); END
        """
    yield "DROP TRIGGER IF EXISTS seal_no_delete"
    yield "DROP TRIGGER IF EXISTS seal_only_drops"
    yield """
        CREATE TRIGGER seal_no_delete BEFORE DELETE ON records_seal
        BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END
    """
    yield f"""
        CREATE TRIGGER seal_only_drops BEFORE UPDATE ON records_seal
        WHEN NOT (OLD.dropped_on IS NULL AND NEW.dropped_on IS NOT NULL AND {UNTOUCHED}
            AND OLD.newest_at < datetime('now', '-2 years'))
        BEGIN SELECT RAISE(ABORT, 'a seal only changes when its rows are two years old'); END
    """


def sqlite_undone():
    for trail in TABLES:
        yield f"DROP TRIGGER IF EXISTS {trail}_no_update"
        yield f"DROP TRIGGER IF EXISTS {trail}_no_delete"
    yield "DROP TRIGGER IF EXISTS seal_no_delete"
    yield "DROP TRIGGER IF EXISTS seal_only_drops"


def postgresql():
    yield "DROP TRIGGER IF EXISTS audit_append_only ON records_auditevent"
    for trail, table in TABLES.items():
        yield f"""
            CREATE FUNCTION {trail}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND {DROPPED.format(trail=trail)} IS NOT NULL THEN RETURN OLD; END IF;
                RAISE EXCEPTION 'the {trail} trail is append-only';
            END $$
        """
        yield f"""
            CREATE TRIGGER {trail}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {trail}_guard()
        """
    yield f"""
        CREATE FUNCTION seal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND OLD.dropped_on IS NULL AND NEW.dropped_on IS NOT NULL AND {UNTOUCHED}
                AND OLD.newest_at < now() - interval '2 years' THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'a seal only changes when its rows are two years old';
        END $$
    """
    yield """
        CREATE TRIGGER seal_only_drops BEFORE UPDATE OR DELETE ON records_seal
        FOR EACH ROW EXECUTE FUNCTION seal_guard()
    """


def postgresql_undone():
    yield "DROP TRIGGER IF EXISTS seal_only_drops ON records_seal"
    yield "DROP FUNCTION IF EXISTS seal_guard"
    for trail, table in TABLES.items():
        yield f"DROP TRIGGER IF EXISTS {trail}_append_only ON {table}"
        yield f"DROP FUNCTION IF EXISTS {trail}_guard"


def guard(apps, schema_editor):
    for statement in sqlite() if schema_editor.connection.vendor == "sqlite" else postgresql():
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in sqlite_undone() if schema_editor.connection.vendor == "sqlite" else postgresql_undone():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_audit_is_append_only")]
    operations = [
        migrations.CreateModel(
            name="PersonRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "kind",
                    models.CharField(
                        choices=[("read", "Read"), ("export", "Export"), ("share", "Share")],
                        default="read",
                        max_length=8,
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField()),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(blank=True, max_length=24)),
                ("view", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["person_id", "at"], name="read_of_person")],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("trail", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("rows", models.PositiveIntegerField()),
                ("rows_sha256", models.CharField(max_length=64)),
                ("chain_sha256", models.CharField(max_length=64)),
                ("newest_at", models.DateTimeField()),
                ("sealed_at", models.DateTimeField()),
                ("dropped_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("trail", "number"), name="seal_once"),
                    models.UniqueConstraint(fields=("trail", "last_id"), name="seal_stretch_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_id__lte", models.F("last_id")), ("rows__gte", 1)),
                        name="seal_stretch",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]

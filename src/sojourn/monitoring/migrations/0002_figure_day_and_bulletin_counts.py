import datetime as dt

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="figure",
            name="seen_on",
            field=models.DateField(default=dt.date(2026, 9, 1)),
            preserve_default=False,
        ),
        migrations.AddField(model_name="bulletin", name="counts", field=models.JSONField(default=list)),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.UniqueConstraint(
                fields=["code"], condition=Q(status="draft"), name="one_draft_per_bulletin"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulletin",
            constraint=models.CheckConstraint(
                name="bulletin_published_has_day",
                condition=Q(status="draft", published_on=None)
                | Q(status="published", published_on__isnull=False),
            ),
        ),
    ]

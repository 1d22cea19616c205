from django.db import migrations, models


class Migration(migrations.Migration):
    """Closures that hold at once. The database knows the default: processes of the version before insert rows."""

    dependencies = [
        ("home", "0002_date_bounds"),
    ]

    operations = [
        migrations.AddField(
            model_name="openingexception",
            name="at_once",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]

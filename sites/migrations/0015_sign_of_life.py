from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0013_job_auth_hash"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignOfLife",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("lags", models.JSONField(default=dict)),
            ],
        ),
    ]

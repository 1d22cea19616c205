"""Dates of methods and partners lie within the bounds of `sites.fields.dates`, as those of other pages."""

import datetime

from django.db import migrations, models

import sites.fields.dates


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        sites.fields.dates.heal_app("knowledge"),
        migrations.AlterField(
            model_name="methodindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="methodpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="partnerindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="partnerpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_methodindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_methodpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_partnerindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_partnerpage_reviewed_on_bounds",
            ),
        ),
    ]

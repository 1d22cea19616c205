"""Dates of pages lie within the bounds of `sites.fields.dates`; what lies outside is first put at their edge.

Each constraint reads its table once and locks it meanwhile: seconds even for very many pages.
"""

import datetime

import django.utils.timezone
from django.db import migrations, models

import sites.fields.dates


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [
        sites.fields.dates.heal_app("home"),
        migrations.AlterField(
            model_name="anlaufstelleindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="anlaufstellepage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="anlaufstellepage",
            name="since",
            field=sites.fields.dates.PortalDateField(blank=True, null=True, verbose_name="open since"),
        ),
        migrations.AlterField(
            model_name="contentpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventexclusion",
            name="date",
            field=sites.fields.dates.PortalDateField(verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="eventindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="end",
            field=sites.fields.dates.PortalDateTimeField(verbose_name="end"),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="last_end",
            field=sites.fields.dates.PortalDateTimeField(db_index=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="start",
            field=sites.fields.dates.PortalDateTimeField(verbose_name="start"),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="until",
            field=sites.fields.dates.PortalDateField(
                blank=True, help_text="Empty: without an end.", null=True, verbose_name="repeats until"
            ),
        ),
        migrations.AlterField(
            model_name="homepage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="internalpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="newsindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="date",
            field=sites.fields.dates.PortalDateField(
                db_index=True, default=django.utils.timezone.localdate, verbose_name="date"
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="offerindexpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="offerpage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="openingexception",
            name="first",
            field=sites.fields.dates.PortalDateField(verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="openingexception",
            name="last",
            field=sites.fields.dates.PortalDateField(verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="teampage",
            name="reviewed_on",
            field=sites.fields.dates.PortalDateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstelleindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_anlaufstelleindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstellepage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("since__gte", datetime.date(1900, 1, 1)), ("since__lte", datetime.date(2099, 12, 31))
                ),
                name="home_anlaufstellepage_since_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstellepage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_anlaufstellepage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_contentpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventexclusion",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("date__gte", datetime.date(1900, 1, 1)), ("date__lte", datetime.date(2099, 12, 31))
                ),
                name="home_eventexclusion_date_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_eventindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("start__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("start__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_start_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("end__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("end__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_end_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("until__gte", datetime.date(1900, 1, 1)), ("until__lte", datetime.date(2099, 12, 31))
                ),
                name="home_eventpage_until_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("last_end__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("last_end__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_last_end_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_eventpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="homepage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_homepage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="internalpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_internalpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newsindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_newsindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newspage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("date__gte", datetime.date(1900, 1, 1)), ("date__lte", datetime.date(2099, 12, 31))
                ),
                name="home_newspage_date_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newspage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_newspage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerindexpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_offerindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerpage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_offerpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("first__gte", datetime.date(1900, 1, 1)), ("first__lte", datetime.date(2099, 12, 31))
                ),
                name="home_openingexception_first_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("last__gte", datetime.date(1900, 1, 1)), ("last__lte", datetime.date(2099, 12, 31))
                ),
                name="home_openingexception_last_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampage",
            constraint=sites.fields.dates.DateBounds(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_teampage_reviewed_on_bounds",
            ),
        ),
    ]

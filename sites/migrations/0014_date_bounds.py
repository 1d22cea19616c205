"""All dates lie within the bounds of `sites.fields.dates`; what lies outside is first put at their edge.

Also those in Wagtail's tables, of which one bad row takes whole lists down, and those in the versions of pages,
from which an editor would get them back. Each constraint reads its table once and locks it meanwhile. What the
versions hold is searched as text: a minute for some hundred thousand.
"""

import datetime

import django.utils.timezone
from django.db import migrations, models

# The first value and the one after the last.
BOUNDS = {
    "DateField": ("DATE '1900-01-01'", "DATE '2100-01-01'"),
    "DateTimeField": ("TIMESTAMPTZ '1899-12-31 23:00:00+00:00'", "TIMESTAMPTZ '2099-12-31 23:00:00+00:00'"),
}
# Tables and columns of others, all with moments.
OTHERS = {
    "thinka_sites_user": ["last_login"],
    "thinka_sites_portalimage": ["created_at"],
    "thinka_sites_portaldocument": ["created_at"],
    "wagtailcore_page": [
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "go_live_at",
        "expire_at",
        "locked_at",
    ],
    "wagtailcore_revision": ["created_at", "approved_go_live_at"],
    "wagtailcore_workflowstate": ["created_at"],
    "wagtailcore_taskstate": ["started_at", "finished_at"],
    "wagtailcore_comment": ["created_at", "updated_at", "resolved_at"],
    "wagtailcore_commentreply": ["created_at", "updated_at"],
    "wagtailcore_pagelogentry": ["timestamp"],
    "wagtailcore_modellogentry": ["timestamp"],
    "wagtailcore_apitoken": ["created", "revoked_at", "last_used_at"],
    "wagtailadmin_editingsession": ["last_seen_at"],
    "wagtailadmin_formstate": ["last_updated_at"],
    "wagtailredirects_redirect": ["created_at"],
    "wagtail_localize_translationsource": ["created_at", "last_updated_at"],
    "wagtail_localize_translation": [
        "created_at",
        "translations_last_updated_at",
        "destination_last_updated_at",
    ],
    "wagtail_localize_translationlog": ["created_at"],
    "wagtail_localize_stringtranslation": ["created_at", "updated_at"],
    "wagtail_localize_segmentoverride": ["created_at", "updated_at"],
}


def healing_sql(table: str, column: str, kind: str) -> str:
    """Return the statement that puts what lies out of the bounds in a column at their edge."""
    first, end = BOUNDS[kind]
    return (
        f'UPDATE "{table}" SET "{column}" ='  # noqa: S608 - names and dates from the code
        f""" CASE WHEN "{column}" < {first} THEN {first} ELSE {end} - INTERVAL '1 day' END"""
        f""" WHERE NOT ("{column}" >= {first} AND "{column}" < {end})"""
    )


# PostgreSQL changes no table in which changed rows still wait for the check of their foreign keys.
SETTLE = "SET CONSTRAINTS ALL IMMEDIATE"


def heal(apps, schema_editor):
    for model in apps.get_app_config("thinka_sites").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.DateField):
                table, kind = model._meta.db_table, field.get_internal_type()
                schema_editor.execute(healing_sql(table, field.column, kind))
    schema_editor.execute(SETTLE)


def _bound(table: str, columns: list[str]) -> str:
    first, end = BOUNDS["DateTimeField"]
    heal_columns = [healing_sql(table, column, "DateTimeField") for column in columns]
    bounds = " AND ".join(f"{column} >= {first} AND {column} < {end}" for column in columns)
    add = f"ALTER TABLE {table} ADD CONSTRAINT thinka_date_bounds CHECK ({bounds});"
    return "; ".join([*heal_columns, SETTLE, add])


# Dates of pages as they stand in a version. A key and its value, as in no text: there quotes are escaped.
KEYS = (
    "start|end|until|last_end|date|first|last|since|reviewed_on|go_live_at|expire_at"
    "|first_published_at|last_published_at|latest_revision_created_at"
)
TOO_EARLY, TOO_LATE = (
    rf'("({KEYS})": ")({years})-\d\d-\d\d' for years in (r"(?:0\d|1[0-8])\d\d", r"(?:2[1-9]|[3-9]\d)\d\d")
)
HEAL_VERSIONS = rf"""
UPDATE wagtailcore_revision SET content = regexp_replace(
  regexp_replace(content::text, '{TOO_EARLY}', '\11900-01-02', 'g'), '{TOO_LATE}', '\12099-12-30', 'g')::jsonb
WHERE content::text ~ '{TOO_EARLY}|{TOO_LATE}';
"""  # noqa: S608 - the patterns above


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0013_job_auth_hash"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunSQL(
            "".join(_bound(table, columns) for table, columns in OTHERS.items()) + HEAL_VERSIONS,
            # Of apps that may be gone before this one.
            "".join(
                f"ALTER TABLE IF EXISTS {table} DROP CONSTRAINT IF EXISTS thinka_date_bounds;"
                for table in OTHERS
            ),
        ),
        migrations.RunPython(heal, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="documentgroupgrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="documentgroupgrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="documentusergrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="documentusergrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="imagegroupgrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="imagegroupgrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="imageusergrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="imageusergrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="job",
            name="created_at",
            field=models.DateTimeField(auto_now_add=True),
        ),
        migrations.AlterField(
            model_name="job",
            name="finished_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="job",
            name="started_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="pagegroupgrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="pagegroupgrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="pageusergrant",
            name="expires_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="until"),
        ),
        migrations.AlterField(
            model_name="pageusergrant",
            name="granted_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="given at"
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="date_joined",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="added on"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentgroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_documentgroupgrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentgroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_documentgroupgrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_documentusergrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_documentusergrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="imagegroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_imagegroupgrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="imagegroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_imagegroupgrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="imageusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_imageusergrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="imageusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_imageusergrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("created_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("created_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_job_created_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("started_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_job_started_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "finished_at__gte",
                        datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC),
                    ),
                    ("finished_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_job_finished_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagegroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_pagegroupgrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagegroupgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_pagegroupgrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("expires_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_pageusergrant_expires_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="pageusergrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("granted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_pageusergrant_granted_at_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "date_joined__gte",
                        datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC),
                    ),
                    ("date_joined__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="thinka_sites_user_date_joined_bounds",
            ),
        ),
    ]

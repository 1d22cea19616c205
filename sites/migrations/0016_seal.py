from django.db import migrations


class Migration(migrations.Migration):
    """Where the database keeps the key with which it knows the application, and the numbers of requests.

    No model: nothing but the functions of the wall ever reads or writes them (see sites/rls/seal.sql).
    """

    dependencies = [
        ("thinka_sites", "0015_single_lines"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                "CREATE TABLE thinka_sites_sealkey ("
                " single boolean PRIMARY KEY DEFAULT true CHECK (single),"
                " inner_pad bytea NOT NULL, outer_pad bytea NOT NULL)",
                "CREATE SEQUENCE thinka_sites_request",
            ],
            reverse_sql=["DROP SEQUENCE thinka_sites_request", "DROP TABLE thinka_sites_sealkey"],
        ),
    ]

"""Table of documents with their versions, and the registry of indices."""

from __future__ import annotations

import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDokument",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "kind",
                        "object_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("object_id", models.BigIntegerField()),
                ("version", models.BigIntegerField(db_default=1)),
                ("built_version", models.BigIntegerField(db_default=0)),
                ("indexed_version", models.BigIntegerField(db_default=0)),
                ("deleted", models.BooleanField(db_default=True)),
                ("document", models.JSONField(db_default={})),
                ("tokens", models.JSONField(db_default={})),
                ("tsv", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "quellen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), db_default=[], size=None
                    ),
                ),
                ("vektor", models.BinaryField(null=True)),
                ("vektor_modell", models.CharField(db_default="", max_length=64)),
                ("inhalt_hash", models.CharField(db_default="", max_length=64)),
                ("analyser_hash", models.CharField(db_default="", max_length=64)),
                ("gueltig_ab", models.DateField(db_default=datetime.date(1, 1, 1))),
                ("gueltig_bis", models.DateField(db_default=datetime.date(9999, 12, 31))),
                ("naechste_aenderung", models.DateField(null=True)),
                ("lease_owner", models.CharField(db_default="", max_length=96)),
                ("lease_until", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(db_default=0)),
                (
                    "next_attempt_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("last_error", models.TextField(db_default="")),
                ("dead", models.BooleanField(db_default=False)),
                (
                    "changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("indexed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "Suchdokument",
                "verbose_name_plural": "Suchdokumente",
                "db_table": "search_dokument",
                "ordering": ("kind", "object_id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("dead", False), ("indexed_version__lt", models.F("version"))
                        ),
                        fields=["next_attempt_at"],
                        name="search_dokument_pending",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["tsv"], name="search_dokument_tsv"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["quellen"], name="search_dokument_quellen"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchIndex",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("building", "wird gefüllt"),
                            ("live", "in Benutzung"),
                            ("standby", "Vorgänger"),
                            ("failed", "gescheitert"),
                        ],
                        max_length=12,
                    ),
                ),
                ("analyser_hash", models.CharField(max_length=64)),
                ("mapping_hash", models.CharField(max_length=64)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "state_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("last_error", models.TextField(db_default="")),
            ],
            options={
                "verbose_name": "Suchindex",
                "verbose_name_plural": "Suchindizes",
                "db_table": "search_index",
                "ordering": ("kind", "created_at"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("kind",),
                        name="search_index_one_live",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "building")),
                        fields=("kind",),
                        name="search_index_one_building",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            # Rows are updated often and grow little: room on the page keeps updates in place.
            sql="ALTER TABLE search_dokument SET (fillfactor = 70)",
            reverse_sql="ALTER TABLE search_dokument RESET (fillfactor)",
        ),
    ]

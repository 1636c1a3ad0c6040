"""What operation needs: progress of a rebuild, checks, processes, counters, moments of change."""

from __future__ import annotations

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchAufbau",
            fields=[
                ("kind", models.CharField(max_length=16, primary_key=True, serialize=False)),
                (
                    "schritt",
                    models.CharField(
                        choices=[
                            ("bilden", "Texte aufbereiten"),
                            ("uebertragen", "Dokumente übertragen"),
                            ("nachholen", "Änderungen nachholen und vergleichen"),
                            ("pruefen", "Vollständigkeit und Trefferlisten prüfen"),
                            ("umschalten", "Umschalten"),
                        ],
                        max_length=16,
                    ),
                ),
                ("erledigt", models.BigIntegerField(db_default=0)),
                ("gesamt", models.BigIntegerField(db_default=0)),
                (
                    "begonnen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "stand_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("beendet_at", models.DateTimeField(null=True)),
                ("index", models.CharField(db_default="", max_length=120)),
                ("fehler", models.TextField(db_default="")),
            ],
            options={
                "verbose_name": "Neuaufbau des Suchindex",
                "verbose_name_plural": "Neuaufbauten des Suchindex",
                "db_table": "search_aufbau",
                "ordering": ("kind",),
            },
        ),
        migrations.CreateModel(
            name="SearchLatenz",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "stunde",
                        "grenze",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("stunde", models.DateTimeField()),
                ("grenze", models.FloatField()),
                ("anzahl", models.BigIntegerField(db_default=0)),
            ],
            options={
                "verbose_name": "Latenz der Suche",
                "verbose_name_plural": "Latenzen der Suche",
                "db_table": "search_latenz",
                "ordering": ("stunde", "grenze"),
            },
        ),
        migrations.CreateModel(
            name="SearchProzess",
            fields=[
                ("name", models.CharField(max_length=96, primary_key=True, serialize=False)),
                (
                    "rolle",
                    models.CharField(
                        choices=[("worker", "Abgleich"), ("web", "Website")], max_length=8
                    ),
                ),
                (
                    "gestartet_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "gesehen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("weg_seit", models.DateTimeField(null=True)),
                ("grund", models.TextField(db_default="")),
            ],
            options={
                "verbose_name": "Prozess der Suche",
                "verbose_name_plural": "Prozesse der Suche",
                "db_table": "search_prozess",
                "ordering": ("rolle", "name"),
            },
        ),
        migrations.CreateModel(
            name="SearchPruefung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "angefordert_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="angefordert",
                    ),
                ),
                (
                    "angefordert_von",
                    models.CharField(db_default="", max_length=150, verbose_name="angefordert von"),
                ),
                ("begonnen_at", models.DateTimeField(null=True, verbose_name="begonnen")),
                ("beendet_at", models.DateTimeField(null=True, verbose_name="beendet")),
                ("zahlen", models.JSONField(db_default={}, verbose_name="Zahlen")),
                ("abweichungen", models.IntegerField(db_default=0, verbose_name="Abweichungen")),
                (
                    "repariert",
                    models.BooleanField(db_default=False, verbose_name="zur Reparatur vorgemerkt"),
                ),
                ("fehler", models.TextField(db_default="", verbose_name="Fehler")),
            ],
            options={
                "verbose_name": "Prüfung des Suchindex",
                "verbose_name_plural": "Prüfungen des Suchindex",
                "db_table": "search_pruefung",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="SearchZaehler",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wert", models.FloatField(db_default=0.0)),
            ],
            options={
                "verbose_name": "Zähler der Suche",
                "verbose_name_plural": "Zähler der Suche",
                "db_table": "search_zaehler",
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="searchdokument",
            name="naechster_moment",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="searchindex",
            name="marke",
            field=models.BigIntegerField(db_default=-1),
        ),
        migrations.AddIndex(
            model_name="searchdokument",
            index=models.Index(
                condition=models.Q(("naechster_moment__isnull", False)),
                fields=["naechster_moment"],
                name="search_dokument_moment",
            ),
        ),
    ]

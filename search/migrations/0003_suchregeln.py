"""Synonym rules of the editors."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_betrieb"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Suchregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "links",
                    models.CharField(
                        help_text="Ein Wort oder mehrere, zum Beispiel „kneipe aufmachen“. Andere Wörter dürfen dazwischen stehen.",
                        max_length=120,
                        verbose_name="Wer sucht nach",
                    ),
                ),
                (
                    "rechts",
                    models.CharField(
                        help_text="So heißt es in den Leistungen, zum Beispiel „Gaststätte eröffnen“.",
                        max_length=120,
                        verbose_name="findet auch",
                    ),
                ),
                (
                    "beidseitig",
                    models.BooleanField(default=False, verbose_name="gilt auch umgekehrt"),
                ),
                (
                    "gewicht",
                    models.FloatField(
                        default=0.9,
                        help_text="1: so gut wie das gesuchte Wort selbst. 0,1: weit dahinter.",
                        validators=[
                            django.core.validators.MinValueValidator(
                                0.1, "Das Gewicht liegt zwischen 0,1 und 1."
                            ),
                            django.core.validators.MaxValueValidator(
                                1.0, "Das Gewicht liegt zwischen 0,1 und 1."
                            ),
                        ],
                        verbose_name="Gewicht",
                    ),
                ),
                ("geprueft_am", models.DateField(blank=True, null=True, verbose_name="geprüft am")),
                (
                    "ablauf",
                    models.DateField(
                        blank=True,
                        help_text="Letzter Tag. Leer: ohne Ende.",
                        null=True,
                        verbose_name="gilt bis",
                    ),
                ),
                ("aktiv", models.BooleanField(default=True, verbose_name="aktiv")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verantwortlich",
                    ),
                ),
            ],
            options={
                "verbose_name": "Synonymregel",
                "verbose_name_plural": "Synonymregeln",
                "db_table": "search_suchregel",
                "ordering": ("links", "rechts"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("links", "rechts"),
                        name="search_suchregel_einmal",
                        violation_error_message="Diese Regel gibt es schon.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gewicht__gte", 0.1), ("gewicht__lte", 1.0)),
                        name="search_suchregel_gewicht",
                    ),
                ],
            },
        ),
    ]

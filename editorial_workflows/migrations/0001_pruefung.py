import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("leistungen", "0004_kennzahl"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pruefung",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("geprueft_am", models.DateTimeField(verbose_name="geprüft am")),
                (
                    "inhalt_hash",
                    models.CharField(max_length=64, verbose_name="Prüfsumme des Inhalts"),
                ),
                ("naechste_am", models.DateField(verbose_name="nächste Prüfung")),
                (
                    "leistung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pruefungen",
                        to="leistungen.leistung",
                    ),
                ),
                (
                    "von",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geprüft von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Prüfung",
                "verbose_name_plural": "Prüfungen",
                "ordering": ("-geprueft_am", "-pk"),
                "indexes": [
                    models.Index(fields=["leistung", "-geprueft_am"], name="pruefung_je_leistung")
                ],
            },
        ),
    ]

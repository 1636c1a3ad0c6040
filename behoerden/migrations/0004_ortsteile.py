"""Ortsteile as areas: the dissolved Gemeinde that lives on in one, and a short form for each."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("behoerden", "0003_behoerde_vollstaendig"),
    ]

    operations = [
        migrations.AddField(
            model_name="gebiet",
            name="war_gemeinde",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lebt_fort_als",
                to="behoerden.gebiet",
                verbose_name="war bis dahin die Gemeinde",
            ),
        ),
        migrations.AddConstraint(
            model_name="gebiet",
            constraint=models.CheckConstraint(
                condition=models.Q(("art", "ortsteil"), _negated=True)
                | models.Q(("slug", ""), _negated=True),
                name="gebiet_ortsteil_mit_kurzform",
                violation_error_message="Ein Ortsteil braucht eine Kurzform für seine Adresse.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gebiet",
            constraint=models.CheckConstraint(
                condition=models.Q(("war_gemeinde__isnull", True)) | models.Q(("art", "ortsteil")),
                name="gebiet_nur_ortsteil_war_gemeinde",
                violation_error_message="Nur ein Ortsteil kann früher eine Gemeinde gewesen sein.",
            ),
        ),
    ]

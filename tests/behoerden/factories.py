"""Areas and authorities for tests; traits say what is special about them."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from behoerden.domain.schluessel import ags_from_ars
from behoerden.models import (
    Anschrift,
    Behoerde,
    Behoerdenart,
    Erreichbarkeit,
    Gebiet,
    GebietMitglied,
    Gebietsschluessel,
    Gebietsversion,
)


class GebietFactory(DjangoModelFactory[Gebiet]):
    """An area; `name`, `parent` and `ars` make its version and keys."""

    art = "gemeinde"

    class Meta:
        model = Gebiet
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[Gebiet], *args: Any, **kwargs: Any) -> Gebiet:
        name, parent = kwargs.pop("name", "Musterdorf"), kwargs.pop("parent", None)
        ars = kwargs.pop("ars", "")
        gebiet: Gebiet = super()._create(model_class, *args, **kwargs)
        zeit = {"gueltig_ab": gebiet.gueltig_ab, "gueltig_bis": gebiet.gueltig_bis}
        Gebietsversion.objects.create(
            gebiet=gebiet, name=name, amtlicher_name=name, parent=parent, **zeit
        )
        if ars:
            Gebietsschluessel.objects.create(gebiet=gebiet, typ="ars", wert=ars, **zeit)
            if gebiet.art in {"gemeinde", "kreisfreie_stadt"}:
                Gebietsschluessel.objects.create(
                    gebiet=gebiet, typ="ags", wert=ags_from_ars(ars), **zeit
                )
        return gebiet


class MitgliedFactory(DjangoModelFactory[GebietMitglied]):
    """A member of an own area."""

    eigenes_gebiet = factory.SubFactory(GebietFactory, art="eigenes_gebiet")
    mitglied = factory.SubFactory(GebietFactory)

    class Meta:
        model = GebietMitglied


class BehoerdenartFactory(DjangoModelFactory[Behoerdenart]):
    """A kind of authority."""

    slug = factory.Sequence(lambda number: f"art-{number}")
    name_de = factory.Sequence(lambda number: f"Art {number}")

    class Meta:
        model = Behoerdenart


class BehoerdeFactory(DjangoModelFactory[Behoerde]):
    """An authority with address, telephone and e-mail; a draft unless `veroeffentlicht`."""

    name_de = factory.Sequence(lambda number: f"Stadtverwaltung Musterstadt {number}")
    slug = factory.Sequence(lambda number: f"stadt-musterstadt-{number}")
    art = factory.SubFactory(BehoerdenartFactory)

    class Meta:
        model = Behoerde
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[Behoerde], *args: Any, **kwargs: Any) -> Behoerde:
        veroeffentlicht = kwargs.pop("veroeffentlicht", False)
        behoerde = model_class(*args, **kwargs)
        behoerde.anschriften = [
            Anschrift(strasse="Musterstraße", hausnummer="1", plz="99084", ort="Erfurt"),
            Anschrift(typ="postanschrift", postfach="12 34", plz="99085", ort="Erfurt"),
        ]
        behoerde.erreichbarkeiten = [
            Erreichbarkeit(kanal="02", kennung="030 23125 001", oeffentlich=False),
            Erreichbarkeit(kanal="02", kennung="030 23125 002"),
            Erreichbarkeit(kanal="01", kennung="stadt@musterstadt.example"),
        ]
        behoerde.save()
        if veroeffentlicht:
            behoerde.save_revision().publish()
            behoerde.refresh_from_db()
        return behoerde

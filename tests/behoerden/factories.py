"""Areas and authorities for tests; traits say what is special about them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from behoerden.domain.schluessel import ags_from_ars
from behoerden.models import (
    Anschrift,
    Behoerde,
    Behoerdenart,
    Behoerdenbeziehung,
    Behoerdennachfolge,
    Erreichbarkeit,
    Gebiet,
    GebietMitglied,
    Gebietsschluessel,
    Gebietsversion,
    Kontaktperson,
    Oeffnungsausnahme,
    Oeffnungszeit,
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


class VollstaendigeBehoerdeFactory(BehoerdeFactory):
    """An authority in which every list has rows; `person` and `andere` replace two of them."""

    @classmethod
    def _create(cls, model_class: type[Behoerde], *args: Any, **kwargs: Any) -> Behoerde:
        veroeffentlicht = kwargs.pop("veroeffentlicht", False)
        person, andere = kwargs.pop("person", None), kwargs.pop("andere", None)
        behoerde = super()._create(model_class, *args, **kwargs)
        behoerde.anschriften = [
            Anschrift(
                strasse="Musterstraße", hausnummer="1", plz="99084", ort="Erfurt",
                stufenlos="ja", aufzug="nein", geprueft_am=date(2026, 5, 4),
                haltestelle="Anger", linien="1, 2", parken_de="Tiefgarage am Anger",
                barriere_hinweis_de="Klingel links.", anfahrt_de="Mit der Bahn.",
            ),
            Anschrift(typ="grossempfaenger", plz="99085", ort="Erfurt"),
        ]  # fmt: skip
        behoerde.erreichbarkeiten = [
            Erreichbarkeit(kanal="02", kennung="030 23125 002"),
            Erreichbarkeit(kanal="04", kennung="030 23125 003"),
            Erreichbarkeit(kanal="03", kennung="030 23125 004", zusatz_de="Bereitschaft"),
        ]
        behoerde.oeffnungszeiten = [
            Oeffnungszeit(regel="Mo-Fr 09:00-12:00", hinweis_de="Letzter Einlass 11:45 Uhr."),
            Oeffnungszeit(art="telefon", regel="Mo-Fr 08:00-16:00"),
        ]
        behoerde.oeffnungsausnahmen = [
            Oeffnungsausnahme(
                von=date(2026, 12, 24), bis=date(2026, 12, 24), grund_de="Heiligabend"
            )
        ]
        behoerde.kontaktpersonen = [person or KontaktpersonFactory.build()]
        behoerde.beziehungen = [
            Behoerdenbeziehung(
                typ="fachaufsicht", andere=andere or BehoerdeFactory(veroeffentlicht=True)
            )
        ]
        behoerde.save()
        if veroeffentlicht:
            behoerde.save_revision().publish()
            behoerde.refresh_from_db()
        return behoerde


class KontaktpersonFactory(DjangoModelFactory[Kontaktperson]):
    """A person who may be shown for another year; only ever built, an authority saves it."""

    anrede = "Frau"
    titel = "Dr."
    name = "Beispiel"
    funktion_de = "Gewerbeanmeldungen"
    raum = "12"
    telefon = "030 23125 005"
    veroeffentlichen = True
    loeschen_am = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))

    class Meta:
        model = Kontaktperson


class BehoerdennachfolgeFactory(DjangoModelFactory[Behoerdennachfolge]):
    """Who follows whom since the beginning of 2026."""

    vorgaenger = factory.SubFactory(BehoerdeFactory)
    nachfolger = factory.SubFactory(BehoerdeFactory, veroeffentlicht=True)
    wirksam_am = date(2026, 1, 1)

    class Meta:
        model = Behoerdennachfolge

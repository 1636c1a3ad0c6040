"""Which fields of this app exist in German, English and Leichte Sprache."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from behoerden.models import (
    Anschrift,
    Behoerde,
    Behoerdenart,
    Erreichbarkeit,
    Kontaktperson,
    Oeffnungsausnahme,
    Oeffnungszeit,
)


@register(Behoerdenart)
class BehoerdenartTranslation(TranslationOptions):
    """Name of the kind."""

    fields = ("name",)
    required_languages = ("de",)


@register(Behoerde)
class BehoerdeTranslation(TranslationOptions):
    """What citizens read about an authority."""

    fields = (
        "name",
        "kurzname",
        "synonyme",
        "kurzbeschreibung",
        "beschreibung",
        "hinweis",
        "gebiet_text",
    )
    required_languages = {"de": ("name",)}  # noqa: RUF012 - read by modeltranslation


@register(Anschrift)
class AnschriftTranslation(TranslationOptions):
    """Words beside an address: how to get there, how to get in."""

    fields = ("zusatz", "anfahrt", "parken", "barriere_hinweis")


@register(Erreichbarkeit)
class ErreichbarkeitTranslation(TranslationOptions):
    """Words beside a contact channel."""

    fields = ("zusatz",)


@register(Oeffnungszeit)
class OeffnungszeitTranslation(TranslationOptions):
    """Words beside hours."""

    fields = ("hinweis",)


@register(Oeffnungsausnahme)
class OeffnungsausnahmeTranslation(TranslationOptions):
    """Why other hours hold."""

    fields = ("grund",)


@register(Kontaktperson)
class KontaktpersonTranslation(TranslationOptions):
    """What a person does."""

    fields = ("funktion",)

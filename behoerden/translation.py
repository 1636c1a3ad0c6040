"""Which fields of this app exist in German, English and Leichte Sprache."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from behoerden.models import Anschrift, Behoerde, Behoerdenart, Erreichbarkeit


@register(Behoerdenart)
class BehoerdenartTranslation(TranslationOptions):
    """Name of the kind."""

    fields = ("name",)
    required_languages = ("de",)


@register(Behoerde)
class BehoerdeTranslation(TranslationOptions):
    """What citizens read about an authority."""

    fields = ("name", "kurzname", "synonyme", "kurzbeschreibung", "beschreibung", "hinweis")
    required_languages = {"de": ("name",)}  # noqa: RUF012 - read by modeltranslation


@register(Anschrift)
class AnschriftTranslation(TranslationOptions):
    """Words beside an address."""

    fields = ("zusatz",)


@register(Erreichbarkeit)
class ErreichbarkeitTranslation(TranslationOptions):
    """Words beside a contact channel."""

    fields = ("zusatz",)

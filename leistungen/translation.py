"""Which fields of this app exist in German, English and Leichte Sprache."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from leistungen.models import Begriff, Formular, Kategorie, Kriterium, Leistung, Onlinedienst
from leistungen.models.leistung import BESCHREIBUNGEN, TEXTMODULE


@register(Kategorie)
class KategorieTranslation(TranslationOptions):
    """Name and description of a topic."""

    fields = ("name", "beschreibung")
    required_languages = {"de": ("name",)}  # noqa: RUF012 - read by modeltranslation


@register(Kriterium)
class KriteriumTranslation(TranslationOptions):
    """The question."""

    fields = ("frage",)
    required_languages = {"de": ("frage",)}  # noqa: RUF012


@register(Leistung)
class LeistungTranslation(TranslationOptions):
    """All text modules."""

    fields = ("slug", *TEXTMODULE.values(), *BESCHREIBUNGEN)
    required_languages = {"de": ("bezeichnung", "slug")}  # noqa: RUF012


@register(Begriff)
class BegriffTranslation(TranslationOptions):
    """Search words."""

    fields = ("begriff",)


@register(Onlinedienst)
class OnlinedienstTranslation(TranslationOptions):
    """What citizens read about a digital service."""

    fields = ("bezeichnung", "beschreibung")
    required_languages = {"de": ("bezeichnung",)}  # noqa: RUF012


@register(Formular)
class FormularTranslation(TranslationOptions):
    """Name of a form."""

    fields = ("bezeichnung",)
    required_languages = {"de": ("bezeichnung",)}  # noqa: RUF012

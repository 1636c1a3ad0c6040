"""Which fields of this app exist in German, English and Leichte Sprache."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from leistungen.models import (
    Bearbeitungsdauer,
    Begriff,
    Codewert,
    Ergaenzung,
    ErgaenzungBearbeitungsdauer,
    ErgaenzungFrist,
    ErgaenzungGebuehr,
    ErgaenzungUnterlage,
    Formular,
    Freigabe,
    Frist,
    Gebuehr,
    Kategorie,
    Kriterium,
    Leistung,
    Modulangabe,
    Modullink,
    Onlinedienst,
    Rechtsgrundlage,
    Unterlage,
)
from leistungen.models.leistung import BESCHREIBUNGEN, TEXTMODULE

# Words beside the modules that citizens read or that the 115 reads to them.
WEITERE_TEXTE = ("bezugsort_text", "verrichtungsdetail", "auskunftshinweis")


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

    fields = ("slug", *TEXTMODULE.values(), *BESCHREIBUNGEN, *WEITERE_TEXTE)
    required_languages = {"de": ("bezeichnung", "slug")}  # noqa: RUF012


@register(Begriff)
class BegriffTranslation(TranslationOptions):
    """Search words."""

    fields = ("begriff",)


@register(Onlinedienst)
class OnlinedienstTranslation(TranslationOptions):
    """What citizens read about a digital service."""

    fields = ("bezeichnung", "kurzname", "teaser", "beschreibung")
    required_languages = {"de": ("bezeichnung",)}  # noqa: RUF012


@register(Formular)
class FormularTranslation(TranslationOptions):
    """Name of a form."""

    fields = ("bezeichnung",)
    required_languages = {"de": ("bezeichnung",)}  # noqa: RUF012


@register(Codewert)
class CodewertTranslation(TranslationOptions):
    """Label of a code."""

    fields = ("bezeichnung",)


@register([Frist, ErgaenzungFrist])
class FristTranslation(TranslationOptions):
    """Words of a deadline."""

    fields = ("typ_text", "beschreibung")


@register([Bearbeitungsdauer, ErgaenzungBearbeitungsdauer])
class BearbeitungsdauerTranslation(TranslationOptions):
    """Words of a duration."""

    fields = ("beschreibung",)


@register([Gebuehr, ErgaenzungGebuehr])
class GebuehrTranslation(TranslationOptions):
    """Words of a cost."""

    fields = ("regel", "grund", "beschreibung")


@register([Unterlage, ErgaenzungUnterlage])
class UnterlageTranslation(TranslationOptions):
    """Name and explanation of a document."""

    fields = ("bezeichnung", "beschreibung")


@register(Rechtsgrundlage)
class RechtsgrundlageTranslation(TranslationOptions):
    """Explanation of a law; its name is a name."""

    fields = ("text",)


@register(Modullink)
class ModullinkTranslation(TranslationOptions):
    """Text of a link."""

    fields = ("titel", "beschreibung")


@register(Freigabe)
class FreigabeTranslation(TranslationOptions):
    """Who approved."""

    fields = ("durch",)


@register(Modulangabe)
class ModulangabeTranslation(TranslationOptions):
    """Heading and text of a variant."""

    fields = ("abweichender_titel", "inhalt")


@register(Ergaenzung)
class ErgaenzungTranslation(TranslationOptions):
    """Local text."""

    fields = ("inhalt",)

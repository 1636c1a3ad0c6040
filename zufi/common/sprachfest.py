"""Language-safe models: nothing stored depends on the language that happens to be active.

The traps and why each remedy is needed are recorded in docs/adr/0005-language-safe-models.md.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils import translation
from modelcluster.models import get_serializable_data_for_fields, model_from_serializable_data
from modeltranslation.translator import NotRegistered, translator
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from zufi.common.html import clean_html

LANGS = tuple(code.replace("-", "_") for code in settings.MODELTRANSLATION_LANGUAGES)
DEFAULT_LANGUAGE: str = settings.MODELTRANSLATION_DEFAULT_LANGUAGE
LANGUAGE_LABELS = {"de": "Deutsch", "en": "Englisch", "de_simple": "Leichte Sprache"}

EMPTY_HTML = re.compile(r'(<(p|br|h\d)(\s+data-block-key="[^"]*")?\s*/?>|</(p|h\d)>|\s|&nbsp;)*')


@cache
def unsuffixed_fields(model: type[models.Model]) -> frozenset[str]:
    """Return the names of the translated fields of this model, without language suffix."""
    try:
        return frozenset(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return frozenset()


@cache
def rich_texts(model: type[models.Model]) -> frozenset[str]:
    """Return the columns of this model that hold rich text."""
    return frozenset(
        field.attname for field in model._meta.concrete_fields if isinstance(field, RichTextField)
    )


@cache
def translated_texts(model: type[models.Model]) -> tuple[str, ...]:
    """Return the suffixed columns of translated text fields."""
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if hasattr(field, "translated_field")
        and isinstance(field, models.CharField | models.TextField)
    )


def tr(name: str, **kwargs: Any) -> list[FieldPanel]:
    """Return one panel per language for a translated field."""
    return [FieldPanel(f"{name}_{lang}", **kwargs) for lang in LANGS]


class Sprachfest:
    """Nothing stored depends on the active language; empty text is "", never NULL; HTML is clean.

    A plain class, first in the bases of every translated model, parents and children: as an
    abstract model it would hide `Orderable.Meta.ordering`.
    """

    if TYPE_CHECKING:  # the suffixed columns are added by modeltranslation

        def __getattr__(self, name: str) -> Any: ...

    def normalise_texts(self) -> None:
        """Empty texts are "", rich text holds allowed tags only."""
        rich = rich_texts(type(self))  # type: ignore[arg-type]  # mixed into models
        for name in translated_texts(type(self)):  # type: ignore[arg-type]
            if name not in self.__dict__:  # deferred
                continue
            value = self.__dict__[name]
            if value is None or EMPTY_HTML.fullmatch(value):
                setattr(self, name, "")
            elif name in rich:
                setattr(self, name, clean_html(value))

    def clean_fields(self, exclude: Any = None) -> None:
        """Django's field checks, on texts without empty paragraphs."""
        self.normalise_texts()
        super().clean_fields(exclude)  # type: ignore[misc]  # mixed into models

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Django's checks under the default language; else `save_revision()` fails in English."""
        with translation.override(DEFAULT_LANGUAGE):
            super().full_clean(*args, **kwargs)  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save; the un-suffixed column always holds the default language."""
        self.normalise_texts()
        with translation.override(DEFAULT_LANGUAGE):
            return super().save(*args, **kwargs)  # type: ignore[misc]

    def serializable_data(self) -> dict[str, Any]:
        """Return the content of a revision, without un-suffixed keys."""
        self.normalise_texts()
        with translation.override(DEFAULT_LANGUAGE):
            parent = getattr(super(), "serializable_data", None)  # plain child models have none
            data = parent() if parent else get_serializable_data_for_fields(self)
        names = unsuffixed_fields(type(self))  # type: ignore[arg-type]
        return {key: value for key, value in data.items() if key not in names}

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Return the object of a revision; texts of languages it did not know stay empty."""
        names = unsuffixed_fields(cls)  # type: ignore[arg-type]
        data = {key: value for key, value in data.items() if key not in names}
        load = getattr(super(), "from_serializable_data", None) or partial(
            model_from_serializable_data, cls
        )
        with translation.override(DEFAULT_LANGUAGE):
            loaded: Self | None = load(data, check_fks=check_fks, strict_fks=strict_fks)
        return loaded

"""The form of one structured row: it keeps its identity through every save.

A row that was added in a draft has no primary key until it is published; the form set then builds
it anew from what was posted. What it is known by, its uuid, therefore travels with the form.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms.models import WagtailAdminModelForm, formfield_for_dbfield

from leistungen.formular.codefelder import codefeld

TAG = ("%d.%m.%Y", "%Y-%m-%d")
TAG_UND_UHRZEIT = ("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", *TAG)


def formfeld(feld: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """Return the form field of a model field; codes get the fields that keep unknown ones."""
    formfield: forms.Field | None
    formfield = codefeld(feld, kwargs.get("widget")) or formfield_for_dbfield(feld, **kwargs)
    # Days are read as they are shown, whatever language is active.
    if isinstance(formfield, forms.DateTimeField):
        formfield.input_formats = TAG_UND_UHRZEIT
    elif isinstance(formfield, forms.DateField):
        formfield.input_formats = TAG
    return formfield


class Pruefbar(WagtailAdminModelForm):
    """A form that can be read without asking the database about constraints.

    Django asks once per constraint and row, 200 times for a full form: right before saving, too
    much after every pause of typing.
    """

    nur_lesen = False

    def validate_unique(self) -> None:
        """Django's check, before saving only."""
        if not self.nur_lesen:
            super().validate_unique()

    def _post_clean(self) -> None:
        if not self.nur_lesen:
            super()._post_clean()
            return
        # Django 5.2 offers no switch: `full_clean` of the object checks the constraints as well.
        self.instance.__dict__["validate_constraints"] = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.__dict__["validate_constraints"]


class Zeilenform(Pruefbar):
    """A row with its uuid."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        formfield_callback = formfeld

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A form set builds a row without primary key from nothing, so its uuid of now is no one's.
        is_nobodys = self.is_bound and self.instance.pk is None
        is_template = "__prefix__" in (self.prefix or "")
        self.initial["uuid"] = "" if is_nobodys or is_template else self.instance.uuid

    def _post_clean(self) -> None:
        super()._post_clean()
        kennung = self.cleaned_data.get("uuid")
        if kennung and self.instance.pk is None:
            self.instance.uuid = kennung

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open page what an added row is known by, so that the next save finds it."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if self.cleaned_data.get("uuid") != self.instance.uuid and self.instance.uuid:
            updates.append((f"{self.prefix}-uuid", str(self.instance.uuid)))
        return updates


def trenne_zwillinge(formsets: dict[str, Any], *, neu: bool) -> None:
    """No two rows share a uuid, and rows of a new service share none with another service.

    Args:
        formsets: name of the list → its bound form set, already cleaned.
        neu: whether the service has never been stored, so that its rows are new whatever they say.
    """
    gesehen: set[uuid.UUID] = set()
    for formset in formsets.values():
        for form in sorted(formset.forms, key=lambda form: form.instance.pk is None):
            zeile = form.instance
            if not hasattr(zeile, "uuid"):
                continue
            if zeile.uuid in gesehen or (neu and zeile.pk is None):
                zeile.uuid = uuid.uuid4()
            gesehen.add(zeile.uuid)

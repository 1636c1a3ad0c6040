"""Choosing several of thousands: what is chosen as checkboxes, more by name or in a dialogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static

from behoerden.choosers import gebiet_chooser_viewset
from behoerden.models import Gebiet
from behoerden.selectors import gebiet_infos
from leistungen.models import Leistung

# More names than this in one go are a list for an import, not a form.
MAX_NAMEN = 200
MAX_OPTIONEN = 5
TRENNER = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Option:
    """One chosen object."""

    wert: str
    label: str


class Mehrfachauswahl(forms.Widget):
    """Chosen objects as ticked boxes, a field for names, and Wagtail's dialogue for several.

    Nothing is listed that is not chosen, so 10,000 objects cost nothing. Without script, names
    typed into the field are looked up when the form is sent; what is not found, or borne by
    several, is handed on as typed, and the form field says so.
    """

    template_name = "leistungen/regeleditor/_mehrfachauswahl.html"
    hinweis = ""
    knopf = ""
    mehrzahl = ""

    class Media:
        js = (
            versioned_static("wagtailadmin/js/modal-workflow.js"),
            versioned_static("wagtailadmin/js/chooser-modal.js"),
            "zufi/js/mehrfachauswahl.js",
        )
        css = {"all": ("zufi/css/regeleditor.css",)}  # noqa: RUF012 - Django reads it so

    @property
    def dialog_url(self) -> str:
        """Address of the dialogue."""
        raise NotImplementedError

    def labels(self, pks: Iterable[int]) -> dict[int, str]:
        """Return the names of these objects in a fixed number of queries."""
        raise NotImplementedError

    def finde(self, text: str) -> list[Model]:
        """Return the objects a text may mean, some of them at most."""
        raise NotImplementedError

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render with the project's own templates, as Wagtail's choosers do."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser cannot tell whether something is chosen."""
        return False

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """The label belongs to the field for names."""
        return f"{id_}-namen" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return the ids chosen, and as typed the names that mean nothing or several things."""
        gewaehlt = data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))
        namen = [teil.strip() for teil in TRENNER.split(data.get(f"{name}-namen", ""))]
        for text in [teil for teil in namen if teil][:MAX_NAMEN]:
            treffer = self.finde(text)
            gewaehlt.append(str(treffer[0].pk) if len(treffer) == 1 else text)
        return list(dict.fromkeys(gewaehlt))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """No box ticked means: none chosen."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Names of what is chosen, and the texts that are still open."""
        context = super().get_context(name, None, attrs)
        werte = [str(getattr(wert, "pk", wert)) for wert in value or []]
        pks = [int(wert) for wert in werte if wert.isdecimal()]
        labels = self.labels(pks) if pks else {}
        optionen = [Option(str(pk), labels[pk]) for pk in pks if pk in labels]
        offen = [wert for wert in werte if not wert.isdecimal() or int(wert) not in labels]
        beschrieben = (context["widget"]["attrs"].get("aria-describedby"), f"{name}-hinweis")
        context["widget"] |= {
            "optionen": sorted(optionen, key=lambda option: option.label),
            "offen": "; ".join(offen),
            "hinweis": self.hinweis,
            "knopf": self.knopf,
            "mehrzahl": self.mehrzahl,
            "dialog_url": self.dialog_url,
            "beschrieben": " ".join(teil for teil in beschrieben if teil),
        }
        return context


ARTWORT = re.compile(r"^(landkreis|vg|verwaltungsgemeinschaft|ortsteil)\s+", re.IGNORECASE)


class GebieteAuswahl(Mehrfachauswahl):
    """Areas: found by name, key or postcode."""

    hinweis = (
        "Namen oder Schlüssel, mehrere mit Semikolon: „Landkreis Gotha; Jena; 160680000000“. "
        "Sie werden beim Speichern gesucht."
    )
    knopf = "Gebiete auswählen"
    mehrzahl = "Gebiete"

    @property
    def dialog_url(self) -> str:
        """The chooser of areas."""
        return reverse(gebiet_chooser_viewset.get_url_name("choose"))

    def labels(self, pks: Iterable[int]) -> dict[int, str]:
        """Return name, Kreis and key; three queries."""
        infos = gebiet_infos(pks, timezone.localdate())
        return {
            pk: f"{info.label} · {info.ars}" if info.ars else info.label
            for pk, info in infos.items()
        }

    def finde(self, text: str) -> list[Model]:
        """Return the areas of this name or key that exist; of several the one called exactly so."""
        rows = Gebiet.objects.filter(gueltig_bis__isnull=True).mit_angaben()
        wort = ARTWORT.sub("", text).replace("(", " ").replace(")", " ")
        genau = [g for g in rows.suche(wort) if text.casefold() in _namen(g)]
        gemeinden = [g for g in genau if not g.gemeindename]
        # A Gemeinde goes before Ortsteile of its name; those are called with their Gemeinde.
        return gemeinden or genau or list(rows.suche(wort).order_by("pk")[:MAX_OPTIONEN])


def _namen(gebiet: Any) -> set[str]:
    namen = {str(gebiet.aktueller_name), str(gebiet)}
    if gebiet.gemeindename:  # an Ortsteil: "Ellersleben (Buttstädt)", with or without its kind
        namen.add(f"{gebiet.aktueller_name} ({gebiet.gemeindename})")
    return {name.casefold() for name in namen} | {str(gebiet.ars or "")}


class LeistungenAuswahl(Mehrfachauswahl):
    """Services: found by title, address of the page or Leistungsschlüssel."""

    hinweis = (
        "Titel oder Leistungsschlüssel, mehrere mit Semikolon: „Hund anmelden; 99050012000000“. "
        "Sie werden beim Speichern gesucht."
    )
    knopf = "Leistungen auswählen"
    mehrzahl = "Leistungen"

    @property
    def dialog_url(self) -> str:
        """Wagtail's chooser of the snippet."""
        viewset: Any = Leistung.snippet_viewset.chooser_viewset
        return reverse(viewset.get_url_name("choose"))

    def labels(self, pks: Iterable[int]) -> dict[int, str]:
        """Return the titles; one query."""
        rows = Leistung.objects.filter(pk__in=list(pks))
        return {row.pk: row.titel for row in rows.only("bezeichnung_de", "bezeichnung_2_de")}

    def finde(self, text: str) -> list[Model]:
        """Return the services of this title, slug or key; else those whose title contains it."""
        rows = Leistung.objects.order_by("pk").only("pk")
        genau = rows.filter(
            Q(bezeichnung_de__iexact=text)
            | Q(bezeichnung_2_de__iexact=text)
            | Q(slug_de=text)
            | Q(leistungsschluessel__schluessel=text)
        ).distinct()
        teil = Q(bezeichnung_de__icontains=text) | Q(bezeichnung_2_de__icontains=text)
        return list(genau[:MAX_OPTIONEN]) or list(rows.filter(teil)[:MAX_OPTIONEN])


class MehrfachFeld(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # any model
    """Several objects; what was typed and not found is named in the message."""

    def _check_values(self, value: Any) -> Any:
        namen = [wert for wert in value if not str(wert).isdecimal()]
        if namen:
            widget: Any = self.widget
            raise forms.ValidationError(
                [
                    f"„{text}“ bezeichnet mehrere {widget.mehrzahl}: "
                    f"{', '.join(widget.labels(row.pk for row in treffer).values())} …"
                    if (treffer := widget.finde(text))
                    else f"„{text}“ finden wir nicht."
                    for text in namen
                ]
            )
        return super()._check_values(value)  # type: ignore[misc]  # Django's own hook

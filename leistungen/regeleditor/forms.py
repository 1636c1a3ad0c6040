"""Forms of the rule editor; each package form ends in one operation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import ascii_uppercase
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.widgets import AdminSnippetChooser

from behoerden.choosers import GebietChooser
from behoerden.models import Behoerde, Gebiet
from behoerden.models.gebiet import KREISARTEN
from behoerden.querysets import gebietsnamen
from leistungen.models import Kategorie, Kriterium, Leistung, Rolle, Wirkung, Zustaendigkeit
from leistungen.regeleditor import gebietswahl
from leistungen.regeleditor.operationen import Ende, Ersatz, Kopie, Operation, Zuweisung
from leistungen.regeleditor.sprache import zahl
from leistungen.regeleditor.widgets import GebieteAuswahl, LeistungenAuswahl, MehrfachFeld

LEERER_TAG = "Leer heißt: sofort und für die ganze Zeit."
MAX_GENANNT = 5
BEREICH = re.compile(r"^([A-Z])\s*[-–]\s*([A-Z])$")


def tag(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """Return a field for a day, with Wagtail's calendar."""
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=AdminDateInput()
    )


def behoerde_feld(label: str, *, required: bool = True) -> forms.ModelChoiceField[Behoerde]:
    """Return a field that picks an authority in a dialogue."""
    return forms.ModelChoiceField(
        queryset=Behoerde.objects.all(),
        label=label,
        required=required,
        widget=AdminSnippetChooser(Behoerde, icon="group"),
    )


def leistung_feld(label: str, *, required: bool = True) -> forms.ModelChoiceField[Leistung]:
    """Return a field that picks a service in a dialogue."""
    return forms.ModelChoiceField(
        queryset=Leistung.objects.all(),
        label=label,
        required=required,
        widget=AdminSnippetChooser(Leistung, icon="doc-full"),
    )


def lies_werte(text: str) -> tuple[str, ...]:
    """Return answers as typed, separated by commas; "A–K" stands for its letters."""
    werte: list[str] = []
    for teil in (teil.strip() for teil in text.split(",")):
        if bereich := BEREICH.match(teil.upper()):
            anfang, ende = (ascii_uppercase.index(buchstabe) for buchstabe in bereich.groups())
            werte += ascii_uppercase[anfang : ende + 1]
        elif teil:
            werte.append(teil)
    return tuple(dict.fromkeys(werte))


class PaketForm(forms.Form):
    """What every package has: a title, and an operation at the end."""

    titel = forms.CharField(
        label="Titel des Pakets",
        max_length=200,
        required=False,
        help_text="Leer heißt: Der Titel wird aus den Angaben gebildet.",
    )

    def operation(self) -> Operation:
        """Return the change these valid data mean."""
        raise NotImplementedError

    def vorschlag(self) -> str:
        """Return a title for these valid data."""
        raise NotImplementedError

    @property
    def titel_text(self) -> str:
        """The title typed, or a proposal."""
        return str(self.cleaned_data["titel"] or self.vorschlag())[:200]


class ZuweisungForm(PaketForm):
    """These services × these areas → this authority."""

    titel_seite = "Sammelzuweisung"
    gruppen = (
        ("Welche Leistungen?", ("leistungen", "lebenslage")),
        ("In welchen Gebieten?", ("gebietswahl", "kreis", "gebiete")),
        ("Welche Behörde?", ("ziel", "behoerde", "rolle", "wirkung", "wahl_erlaubt")),
        ("Unter welcher Bedingung?", ("kriterium", "werte", "hinweis")),
        ("Wann, und was ist mit vorhandenen Regeln?", ("ab", "bis", "vorhandene", "titel")),
    )

    leistungen = MehrfachFeld(
        queryset=Leistung.objects.all(),
        label="Leistungen",
        required=False,
        widget=LeistungenAuswahl(),
    )
    lebenslage = forms.ModelChoiceField(
        queryset=Kategorie.objects.all(),
        label="Und alle Leistungen der Lebenslage",
        required=False,
        empty_label="keine",
    )
    gebietswahl = forms.ChoiceField(
        label="Gebiete",
        choices=gebietswahl.WAHLEN,
        initial=gebietswahl.GEWAEHLTE,
        widget=forms.RadioSelect,
    )
    kreis = forms.ModelChoiceField(
        queryset=Gebiet.objects.filter(art__in=KREISARTEN),
        label="Nur in diesem Kreis",
        error_messages={"invalid_choice": "Wählen Sie einen Kreis oder eine kreisfreie Stadt."},
        required=False,
        widget=GebietChooser(),
        help_text="Gilt für „alle Verbände“ und „alle Gemeinden“.",
    )
    gebiete = MehrfachFeld(
        queryset=Gebiet.objects.all(),
        label="Bestimmte Gebiete",
        required=False,
        widget=GebieteAuswahl(),
    )
    ziel = forms.ChoiceField(
        label="Zuständig wird",
        choices=(
            ("behoerde", "eine Behörde (unten auswählen)"),
            ("verwaltung", "die allgemeine Verwaltung des jeweiligen Gebiets"),
        ),
        initial="behoerde",
        widget=forms.RadioSelect,
    )
    behoerde = behoerde_feld("Behörde", required=False)
    rolle = forms.ChoiceField(label="Rolle", choices=Rolle.choices)
    wirkung = forms.ChoiceField(
        label="Wirkung",
        choices=Wirkung.choices,
        help_text="„ersetzt“: Was weiter oben gilt, zählt hier nicht. „ergänzt“: Es zählt auch.",
    )
    wahl_erlaubt = forms.BooleanField(label="Wahl unter mehreren", required=False)
    kriterium = forms.ModelChoiceField(
        queryset=Kriterium.objects.all(),
        label="Kriterium",
        required=False,
        empty_label="keines",
        help_text="Nur falls außer dem Ort noch etwas entscheidet.",
    )
    werte = forms.CharField(
        label="gilt für", required=False, help_text="Antworten mit Komma, zum Beispiel: A–K, M"
    )
    hinweis = forms.CharField(label="Hinweis", required=False, max_length=300)
    ab = tag("gültig ab", help_text="Leer heißt: ohne Anfang.")
    bis = tag("gültig bis", help_text="Leer heißt: ohne Ende.")
    vorhandene = forms.ChoiceField(
        label="Vorhandene Regeln",
        choices=(
            ("ersetzen", "machen Platz: sie enden vorher oder entfallen"),
            ("behalten", "bleiben daneben bestehen"),
        ),
        initial="ersetzen",
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Resolve levels and administrations; whatever cannot be resolved is named."""
        daten = super().clean() or {}
        self._pruefe_zeitraum(daten)
        self.leistung_ids = self._leistungen(daten)
        daten["werte"] = self._werte(daten)
        self.ziele = self._ziele(daten, self._gebiete(daten))
        return daten

    def _pruefe_zeitraum(self, daten: Mapping[str, Any]) -> None:
        if daten.get("ab") and daten.get("bis") and daten["ab"] > daten["bis"]:
            self.add_error("bis", "Das Ende der Gültigkeit liegt vor ihrem Anfang.")

    def _leistungen(self, daten: Mapping[str, Any]) -> tuple[int, ...]:
        ids = {leistung.pk for leistung in daten.get("leistungen") or ()}
        if lebenslage := daten.get("lebenslage"):
            ids |= set(lebenslage.leistungen.values_list("pk", flat=True))
        if not ids and "leistungen" not in self.errors:
            self.add_error("leistungen", "Wählen Sie mindestens eine Leistung.")
        return tuple(sorted(ids))

    def _gebiete(self, daten: Mapping[str, Any]) -> list[int]:
        wahl = daten.get("gebietswahl", gebietswahl.GEWAEHLTE)
        if wahl != gebietswahl.GEWAEHLTE:
            stichtag = max(daten.get("ab") or date.min, timezone.localdate())
            return gebietswahl.gebiete_der_wahl(wahl, daten.get("kreis"), stichtag)
        ids = sorted(gebiet.pk for gebiet in daten.get("gebiete") or ())
        if not ids and "gebiete" not in self.errors:
            self.add_error("gebiete", "Wählen Sie mindestens ein Gebiet.")
        return ids

    def _ziele(self, daten: Mapping[str, Any], ids: list[int]) -> tuple[tuple[int, int], ...]:
        if daten.get("ziel") != "verwaltung":
            behoerde = daten.get("behoerde")
            if behoerde is None:
                self.add_error("behoerde", "Wählen Sie eine Behörde.")
                return ()
            return tuple((gebiet_id, behoerde.pk) for gebiet_id in ids)
        gefunden = gebietswahl.verwaltungen(ids, timezone.localdate())
        if gefunden.ohne:
            rows = Gebiet.objects.filter(pk__in=gefunden.ohne[:MAX_GENANNT])
            namen = ", ".join(str(gebiet) for gebiet in rows.prefetch_related(gebietsnamen()))
            mehr = len(gefunden.ohne) - MAX_GENANNT
            self.add_error(
                "ziel",
                "Hier ist nicht genau eine veröffentlichte allgemeine Verwaltung eingetragen: "
                f"{namen}{f' und {zahl(mehr)} weitere' if mehr > 0 else ''}.",
            )
        return gefunden.ziele

    def _werte(self, daten: Mapping[str, Any]) -> tuple[str, ...]:
        kriterium, text = daten.get("kriterium"), str(daten.get("werte") or "")
        freitext = kriterium is not None and not kriterium.wertebereich
        werte = (text.strip(),) if freitext and text.strip() else lies_werte(text)
        if bool(kriterium) != bool(werte):
            self.add_error("werte", "Kriterium und Werte gehören zusammen: beide oder keines.")
        bereich = kriterium.wertebereich if kriterium else frozenset()
        if bereich and (unbekannt := set(werte) - bereich):
            genannt = ", ".join(sorted(unbekannt))
            self.add_error("werte", f"Diese Antworten gibt es nicht: {genannt}.")
        return werte

    def operation(self) -> Zuweisung:
        """Return the assignment."""
        daten = self.cleaned_data
        return Zuweisung(
            leistung_ids=self.leistung_ids,
            ziele=self.ziele,
            rolle=daten["rolle"],
            wirkung=daten["wirkung"],
            wahl_erlaubt=daten["wahl_erlaubt"],
            kriterium_id=daten["kriterium"].pk if daten["kriterium"] else None,
            werte=daten["werte"],
            hinweis=daten["hinweis"],
            ab=daten["ab"],
            bis=daten["bis"],
            ersetzen=daten["vorhandene"] == "ersetzen",
        )

    def vorschlag(self) -> str:
        """Name numbers and authority."""
        daten = self.cleaned_data
        wer = daten["behoerde"] if daten["ziel"] == "behoerde" else "jeweilige Verwaltung"
        leistungen, gebiete = len(self.leistung_ids), len(self.ziele)
        return (
            f"{zahl(leistungen)} {'Leistung' if leistungen == 1 else 'Leistungen'} in "
            f"{zahl(gebiete)} {'Gebiet' if gebiete == 1 else 'Gebieten'}: {wer}"
        )


class KopieForm(PaketForm):
    """All rules of service A for service B."""

    titel_seite = "Regeln kopieren"
    gruppen = (("Von welcher Leistung auf welche?", ("von", "nach", "ab", "titel")),)

    von = leistung_feld("Regeln dieser Leistung")
    nach = leistung_feld("gelten auch für diese Leistung")
    ab = tag("ab", help_text=f"Bisherige Regeln der zweiten Leistung enden vorher. {LEERER_TAG}")

    def clean(self) -> dict[str, Any]:
        """Refuse to copy a service onto itself."""
        daten = super().clean() or {}
        if daten.get("von") and daten.get("von") == daten.get("nach"):
            self.add_error("nach", "Wählen Sie eine andere Leistung als oben.")
        return daten

    def operation(self) -> Kopie:
        """Return the copy."""
        daten = self.cleaned_data
        return Kopie(von=daten["von"].pk, nach=daten["nach"].pk, ab=daten["ab"])

    def vorschlag(self) -> str:
        """Name both services."""
        return f"{self.cleaned_data['nach']}: Regeln wie {self.cleaned_data['von']}"


class ErsatzForm(PaketForm):
    """Authority X gives way to authority Y."""

    titel_seite = "Behörde ersetzen"
    gruppen = (("Welche Behörde durch welche?", ("alt", "neu", "ab", "leistungen", "titel")),)

    alt = behoerde_feld("Diese Behörde")
    neu = behoerde_feld("wird ersetzt durch")
    ab = tag("ab", help_text=LEERER_TAG)
    leistungen = MehrfachFeld(
        queryset=Leistung.objects.all(),
        label="Nur bei diesen Leistungen",
        required=False,
        widget=LeistungenAuswahl(),
        help_text="Keine gewählt heißt: bei allen.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to replace an authority by itself."""
        daten = super().clean() or {}
        if daten.get("alt") and daten.get("alt") == daten.get("neu"):
            self.add_error("neu", "Wählen Sie eine andere Behörde als oben.")
        return daten

    def operation(self) -> Ersatz:
        """Return the replacement."""
        daten = self.cleaned_data
        return Ersatz(
            alt=daten["alt"].pk,
            neu=daten["neu"].pk,
            ab=daten["ab"],
            leistung_ids=tuple(leistung.pk for leistung in daten["leistungen"]),
        )

    def vorschlag(self) -> str:
        """Name both authorities."""
        return f"{self.cleaned_data['alt']} wird {self.cleaned_data['neu']}"


class EndeForm(PaketForm):
    """One or several rules end."""

    titel_seite = "Regeln beenden"
    gruppen = (("Bis wann gelten sie?", ("regeln", "bis", "titel")),)

    regeln = forms.ModelMultipleChoiceField(
        queryset=Zustaendigkeit.objects.all(),
        label="Regeln",
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Markieren Sie mindestens eine Regel."},
    )
    bis = tag("letzter Tag", required=True, help_text="An diesem Tag gelten die Regeln noch.")

    def operation(self) -> Ende:
        """Return the end."""
        ids = tuple(sorted(regel.pk for regel in self.cleaned_data["regeln"]))
        return Ende(regel_ids=ids, bis=self.cleaned_data["bis"])

    def vorschlag(self) -> str:
        """Name number and day."""
        anzahl = len(self.cleaned_data["regeln"])
        wort = "Regel endet" if anzahl == 1 else "Regeln enden"
        return f"{zahl(anzahl)} {wort} am {self.cleaned_data['bis']:%d.%m.%Y}"


FORMULARE: Mapping[str, type[PaketForm]] = {
    Zuweisung.art: ZuweisungForm,
    Kopie.art: KopieForm,
    Ersatz.art: ErsatzForm,
    Ende.art: EndeForm,
}


class PruefForm(forms.Form):
    """Who confirmed, when, on what ground."""

    am = tag("Fachlich geprüft am", required=True)
    durch = forms.CharField(label="durch", max_length=200, help_text="Stelle, nicht Person.")
    quelle = forms.CharField(
        label="Grundlage",
        max_length=200,
        required=False,
        help_text="Zum Beispiel: Schreiben vom 3. November 2026.",
    )

    def clean_am(self) -> date:
        """A confirmation lies in the past."""
        am: date = self.cleaned_data["am"]
        if am > timezone.localdate():
            raise ValidationError("Dieser Tag liegt in der Zukunft.")
        return am


class TestForm(forms.Form):
    """A place and a day; the service is fixed or chosen."""

    __test__ = False  # no test class

    leistung = leistung_feld("Leistung")
    ort = forms.CharField(
        label="Ort oder Postleitzahl",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Zum Beispiel: 99084 oder Udestedt. Leer: ohne Ort.",
    )
    stichtag = tag("an welchem Tag?", help_text="Leer heißt: heute.")


class FilterForm(forms.Form):
    """Which rules to show for checking."""

    leistung = leistung_feld("Leistung", required=False)
    behoerde = behoerde_feld("Behörde", required=False)
    gebiet = forms.ModelChoiceField(
        queryset=Gebiet.objects.all(), label="Gebiet", required=False, widget=GebietChooser()
    )
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=(
            ("offen", "technisch abgedeckt, nicht fachlich geprüft"),
            ("veraltet", "zuletzt vor mehr als zwölf Monaten geprüft"),
            ("geprueft", "fachlich geprüft"),
            ("alle", "alle"),
        ),
    )

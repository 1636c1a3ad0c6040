"""The form of a Leistung: codes, rows with a stable identity, confirmed translations."""

from __future__ import annotations

from typing import Any

from leistungen.formular.modulmodi import ModulmodiFeld
from leistungen.formular.treue import bewahre_unveraenderte, texte_von
from leistungen.formular.zeilenform import Pruefbar, formfeld, trenne_zwillinge
from leistungen.uebersetzungen import SPRACHEN, textteile

# Name of the boxes "Übersetzung passt noch"; values are part and language: "volltext|en".
BESTAETIGT = "bestaetigte_uebersetzung"


class Dienstform(Pruefbar):
    """A form whose codes survive and whose rows keep their uuid."""

    class Meta:
        formfield_callback = formfeld

    def save(self, commit: bool = True) -> Any:
        """Save, with rows that can be told apart."""
        trenne_zwillinge(self.formsets, neu=self.instance.pk is None)
        return super().save(commit=commit)


class LeistungForm(Dienstform):
    """The form of a Leistung."""

    modulmodi = ModulmodiFeld(required=False)

    class Meta(Dienstform.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._geladen = texte_von(self.instance)

    def _post_clean(self) -> None:
        super()._post_clean()
        bewahre_unveraenderte(self.instance, self._geladen)

    def save(self, commit: bool = True) -> Any:
        """Save; translations that somebody declared to fit are recorded with the next revision."""
        leistung = super().save(commit=commit)
        leistung.bestaetigte_uebersetzungen = self.bestaetigte()
        return leistung

    def bestaetigte(self) -> dict[str, frozenset[str]]:
        """Return part → languages that were ticked; what does not exist is ignored."""
        werte = self.data.getlist(BESTAETIGT) if hasattr(self.data, "getlist") else []
        if not werte:
            return {}
        teile = {teil.schluessel for teil in textteile(self.instance)}
        bestaetigt: dict[str, set[str]] = {}
        for wert in werte:
            teil, _, sprache = wert.rpartition("|")
            if teil in teile and sprache in SPRACHEN:
                bestaetigt.setdefault(teil, set()).add(sprache)
        return {teil: frozenset(sprachen) for teil, sprachen in bestaetigt.items()}

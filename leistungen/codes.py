"""Which code list belongs to which field, and the labels of its codes.

A code is stored as text and survives whether a list knows it or not; what a list says is only how
the code is shown. The lists in `EIGENE` have no published listURI we could confirm; they carry one
of ours until somebody names theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started

from leistungen.models import Codewert

_FIM = "urn:xoev-de:fim:codeliste:"
_XZUFI = "urn:de:xzufi:codeliste:"
_LEIKA = "urn:de:fim:leika:"
_EIGEN = "urn:zufi:codeliste:"

# Model and field → listURI of the codes in it.
CODELISTEN: Mapping[str, str] = {
    "leistung.gruppierung_code": f"{_LEIKA}leistungsgruppierung",
    "leistung.verrichtung_code": f"{_LEIKA}verrichtung",
    "leistung.typisierung_codes": f"{_LEIKA}typisierung",
    "leistung.detailstufe_code": f"{_FIM}detaillierungsstufe",
    "leistung.status_katalog_code": "urn:xoev-de:xprozess:codeliste:status",
    "leistung.status_bibliothek_code": "urn:xoev-de:xprozess:codeliste:status",
    "leistung.zielgruppe_codes": f"{_EIGEN}leistungsadressat",
    "leistung.bezugsort_code": f"{_EIGEN}leistungsbezugsort",
    "leistung.wirtschaftszweig_codes": f"{_EIGEN}wirtschaftszweig",
    "leistung.rechtsform_codes": f"{_EIGEN}rechtsform",
    "leistung.staat_codes": "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:"
    "staatsangehoerigkeit",
    "leistung.staatengruppe_codes": f"{_EIGEN}staatengruppe",
    "leistung.vertrauensniveau_code": f"{_FIM}vertrauensniveau",
    "leistung.einheitliche_stelle_codes": f"{_EIGEN}einheitlichestelle",
    "leistung.sdg1_codes": f"{_FIM}sdginformationsbereich",
    "leistung.sdg2_codes": f"{_EIGEN}sdginformationsbereich2",
    "frist.typ_code": f"{_EIGEN}fristtyp",
    "gebuehr.typ_code": f"{_EIGEN}kostentyp",
    "unterlage.typ_code": "urn:de:fim:codeliste:dokumenttyp",
    "unterlage.grund_codes": f"{_EIGEN}dokumentgrund",
    "unterlage.signatur_code": f"{_EIGEN}signatur",
    "freigabe.status_code": "urn:xoev-de:xprozess:codeliste:status",
    "modulangabe.modul_code": f"{_XZUFI}leistungstextmodulleika",
    "modullink.modul_code": f"{_XZUFI}leistungstextmodulleika",
    "modulangabe.zugangskanal_code": f"{_EIGEN}zugangskanal",
    "onlinedienst.vertrauensniveau": f"{_FIM}vertrauensniveau",
    "onlinedienst.identifizierungsmittel_codes": f"{_EIGEN}identifizierungsmittel",
    "onlinedienst.zahlungsweise_codes": f"{_EIGEN}zahlungsweise",
    "onlinedienst.sprache_codes": f"{_EIGEN}sprache",
    "onlinedienstlink.typ_code": f"{_FIM}onlinedienstlinktyp",
    "formular.typ_code": f"{_EIGEN}formulartyp",
}
# Rows of supplements hold the same codes as those of services.
_WIE = {
    "ergaenzungfrist": "frist",
    "ergaenzunggebuehr": "gebuehr",
    "ergaenzungunterlage": "unterlage",
}
EIGENE = frozenset(uri for uri in CODELISTEN.values() if uri.startswith(_EIGEN))

# listURI → codes with their labels, in the order of the list.
Werte = Mapping[str, str]
_merker: ContextVar[dict[str, Werte] | None] = ContextVar("codelisten", default=None)


def liste_von(model: Any, feld: str) -> str:
    """Return the listURI of the codes in a field; "" if the field holds no codes."""
    name = model._meta.model_name
    return CODELISTEN.get(f"{_WIE.get(name, name)}.{feld}", "")


def codewerte(list_uri: str) -> Werte:
    """Return code → German label of the active version; empty if there is none.

    All lists are read in one query, once per request; outside of requests each call asks anew.
    """
    gemerkt = _merker.get()
    if gemerkt is None:
        return lade_codewerte([list_uri]).get(list_uri, {})
    if not gemerkt:
        gemerkt.update(lade_codewerte(set(CODELISTEN.values())))
        gemerkt.setdefault("", {})  # asked, even if there is no list at all
    return gemerkt.get(list_uri, {})


def lade_codewerte(list_uris: Iterable[str]) -> dict[str, Werte]:
    """Return the codes of the active versions of these lists; one query."""
    listen: dict[str, dict[str, str]] = {}
    zeilen = (
        Codewert.objects.filter(
            codeliste__list_uri__in=list(list_uris), codeliste__ist_aktiv=True, ist_aktiv=True
        )
        .order_by("codeliste_id", "position", "code")
        .values_list("codeliste__list_uri", "code", "bezeichnung_de")
    )
    for uri, code, bezeichnung in zeilen:
        listen.setdefault(uri, {})[code] = bezeichnung or ""
    return dict(listen)


def code_text(code: str, werte: Werte) -> str:
    """Return a code as editors read it: "10 Basisregistrierung", "4711 (unbekannt)"."""
    if code in werte:
        return f"{code} {werte[code]}".strip()
    return f"{code} (unbekannt)" if werte else code


def unbekannte_codes(objekt: Any) -> dict[str, tuple[str, ...]]:
    """Return field → codes of this object that the active list does not know.

    A field whose list has not been read in is left out: nothing is known about its codes.
    """
    unbekannt = {}
    for feld in objekt._meta.concrete_fields:
        uri = liste_von(objekt, feld.name)
        wert = getattr(objekt, feld.attname) if uri else ()
        werte = codewerte(uri) if wert else {}
        codes = (wert,) if isinstance(wert, str) else tuple(wert or ())
        fremd = tuple(code for code in codes if code not in werte)
        if werte and fremd:
            unbekannt[feld.name] = fremd
    return unbekannt


def _beginne(**_kwargs: Any) -> None:
    _merker.set({})


def _beende(**_kwargs: Any) -> None:
    _merker.set(None)


request_started.connect(_beginne, dispatch_uid="leistungen.codes.beginne")
request_finished.connect(_beende, dispatch_uid="leistungen.codes.beende")

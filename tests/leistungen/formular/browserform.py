"""The form of a service as a browser would send it: read from the page, changed, posted."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.http import QueryDict
from django.test import Client
from django.urls import reverse


def form_url(pk: int | None) -> str:
    """Address of the form of a service, or of a new one."""
    if pk is None:
        return reverse("wagtailsnippets_leistungen_leistung:add")
    return reverse("wagtailsnippets_leistungen_leistung:edit", args=[pk])


def lies_form(client: Client, url: str) -> dict[str, list[str]]:
    """Return what the page's form would post without a change."""
    antwort = client.get(url)
    assert antwort.status_code == 200, antwort.content.decode()[:2000]
    return felder(antwort.content.decode())


def felder(html: str) -> dict[str, list[str]]:
    """Return name → values of the edit form's fields."""
    formular = BeautifulSoup(html, "html.parser").find("form", id="w-editor-form")
    assert formular is not None
    for vorlage in formular.find_all("template"):
        vorlage.decompose()
    daten: dict[str, list[str]] = {}
    for feld in formular.find_all(["input", "select", "textarea"]):
        name, typ = feld.get("name"), feld.get("type", "")
        if not name or typ in {"submit", "file"} or name.startswith("passt-so"):
            continue
        if typ in {"checkbox", "radio"} and not feld.has_attr("checked"):
            continue
        for wert in _werte(feld):
            daten.setdefault(name, []).append(wert)
    return daten


def _werte(feld: Any) -> list[str]:
    if feld.name == "select":
        gewaehlt = [o for o in feld.find_all("option") if o.has_attr("selected")]
        erste = feld.find_all("option")[:1] if not feld.has_attr("multiple") else []
        return [o.get("value", o.text) for o in gewaehlt or erste]
    if feld.name == "textarea":
        return [feld.text.removeprefix("\n")]
    return [feld.get("value", "on" if feld.get("type") == "checkbox" else "")]


def query(daten: dict[str, list[str]]) -> QueryDict:
    """Return the fields as Django reads them from a request."""
    ergebnis = QueryDict(mutable=True)
    for name, werte in daten.items():
        ergebnis.setlist(name, werte)
    return ergebnis


def neue_zeile(daten: dict[str, list[str]], relation: str, **werte: str) -> int:
    """Add a row to a list, as the button does; return its number."""
    nummer = int(daten[f"{relation}-TOTAL_FORMS"][0])
    daten[f"{relation}-TOTAL_FORMS"] = [str(nummer + 1)]
    for feld, wert in {"id": "", "uuid": "", "ORDER": str(nummer + 1), **werte}.items():
        daten[f"{relation}-{nummer}-{feld}"] = [wert]
    return nummer

"""What editors decide about a supplement whose inherited text changed; always as a draft."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

from leistungen.ergaenzungen.erbe import schichten_darueber
from leistungen.models import Ergaenzung
from leistungen.models.leistung import TEXTMODULE
from leistungen.schichtenstand import absaetze, basis_hash
from leistungen.seite.schichten import ZEILENMODULE, Schichten
from zufi.common.sprachfest import LANGS

BEHALTEN = "leistungen.ergaenzung_behalten"
UEBERNEHMEN = "leistungen.ergaenzung_uebernommen"
_KEINE_ANGABE = frozenset({"id", "uuid", "sort_order", "leistung", "ergaenzung"})


class ErbeGeaendert(ValueError):
    """The inherited text changed again while somebody decided."""

    def __init__(self) -> None:
        super().__init__(
            "Der übernommene Text hat sich gerade noch einmal geändert. Bitte vergleichen Sie neu."
        )


class NichtErsetzt(ValueError):
    """Only a supplement that replaces the inherited text can take it over."""

    def __init__(self) -> None:
        super().__init__("Diese Ergänzung ersetzt den allgemeinen Text nicht.")


@transaction.atomic
def keep_ergaenzung(ergaenzung: Ergaenzung, *, gesehen: str, user: Any) -> Revision:
    """Our text stays, byte for byte, and counts as checked against today's inherited text.

    If the supplement has no other draft, its task is done at once: what citizens read does not
    change. Otherwise it is done when that draft is published.

    Args:
        ergaenzung: as stored.
        gesehen: `erbe_hash` of the text the editor compared with.
        user: who decides.

    Raises:
        ErbeGeaendert: the inherited text is another one by now; nothing is written.
    """
    gesperrt = _sperre(ergaenzung, gesehen)
    ohne_entwurf = gesperrt.live and not gesperrt.has_unpublished_changes
    entwurf: Ergaenzung = gesperrt.get_latest_revision_as_object()
    entwurf.basis_bestaetigt = True
    if not entwurf.live:
        entwurf.refresh_computed()
        entwurf.save()
        entwurf.basis_bestaetigt = True
    revision: Revision = entwurf.save_revision(user=user, changed=not ohne_entwurf)
    if ohne_entwurf:
        # The basis is no part of what citizens read: without it the task would stay open.
        Ergaenzung.objects.filter(pk=gesperrt.pk).update(
            basis_hash=entwurf.basis_hash, basis_text=entwurf.basis_text
        )
    log(instance=entwurf, action=BEHALTEN, user=user, revision=revision)
    return revision


@transaction.atomic
def adopt_geerbtes(ergaenzung: Ergaenzung, *, gesehen: str, user: Any) -> Revision:
    """A draft of the supplement holds today's inherited text; ours stays in the history.

    Raises:
        ErbeGeaendert: the inherited text is another one by now; nothing is written.
        NichtErsetzt: the supplement adds or hides; there withdrawing it is what takes over.
    """
    gesperrt = _sperre(ergaenzung, gesehen)
    entwurf: Ergaenzung = gesperrt.get_latest_revision_as_object()
    if entwurf.modus != Ergaenzung.Modus.ERSETZEN:
        raise NichtErsetzt
    schichten = schichten_darueber([gesperrt])[gesperrt.pk]
    name = ZEILENMODULE.get(entwurf.modul_code)
    if name is None:
        _setze_text(entwurf, schichten)
    else:
        _setze_zeilen(entwurf, name, schichten)
    entwurf.basis_bestaetigt = True
    if not entwurf.live:
        entwurf.refresh_computed()
        entwurf.save()
    revision: Revision = entwurf.save_revision(user=user)
    log(instance=entwurf, action=UEBERNEHMEN, user=user, revision=revision, content_changed=True)
    return revision


def erbe_hash(ergaenzung: Ergaenzung) -> str:
    """Return the identity of what the supplement inherits today."""
    schichten = schichten_darueber([ergaenzung])[ergaenzung.pk]
    return basis_hash(absaetze(schichten, ergaenzung.modul_code))


def _sperre(ergaenzung: Ergaenzung, gesehen: str) -> Ergaenzung:
    gesperrt: Ergaenzung = Ergaenzung.objects.select_for_update(of=("self",), no_key=True).get(
        pk=ergaenzung.pk
    )
    if erbe_hash(gesperrt) != gesehen:
        raise ErbeGeaendert
    return gesperrt


def _setze_text(entwurf: Ergaenzung, schichten: Schichten) -> None:
    bloecke = schichten.text(TEXTMODULE[entwurf.modul_code])
    for lang in LANGS:
        texte = [block.inhalt.get(lang, "") for block in bloecke]
        setattr(entwurf, f"inhalt_{lang}", "".join(_als_html(text) for text in texte if text))


def _als_html(text: str) -> str:
    """Modules of plain text ("05") become a paragraph."""
    return text if text.lstrip().startswith("<") else f"<p>{text}</p>"


def _setze_zeilen(entwurf: Ergaenzung, name: str, schichten: Schichten) -> None:
    model = getattr(Ergaenzung, name).rel.related_model
    felder = [f.name for f in model._meta.concrete_fields if f.name not in _KEINE_ANGABE]
    zeilen = [zeile for block in schichten.zeilen(entwurf.modul_code) for zeile in block.inhalt]
    setattr(
        entwurf,
        name,
        [
            model(sort_order=position, **{feld: getattr(zeile, feld) for feld in felder})
            for position, zeile in enumerate(zeilen)
        ],
    )

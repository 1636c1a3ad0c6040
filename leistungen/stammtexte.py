"""Texts of the Bund beside ours: stored as they come, taken over only when somebody says so.

A stored version is never changed and changes nothing that citizens read. Taking one over makes a
draft; what was ours stays ours, because every module with a text of our own gets a mode that keeps
it (domain design 6).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from wagtail.log_actions import log
from wagtail.models import Revision

from leistungen.domain.komposition import Modus
from leistungen.domain.uebersetzung import Absatzaenderung, vergleiche
from leistungen.models import Leistung, Stammtext
from leistungen.models.leistung import TEXTMODULE
from zufi.common.html import clean_html, paragraphs
from zufi.common.sprachfest import LANGS

AKTION = "leistungen.stammtext_uebernommen"
# Module code → language → text.
Module = Mapping[str, Mapping[str, str]]


class AndererInhalt(ValueError):
    """The version is stored already, with other texts: a version never changes."""

    def __init__(self, stammtext: Stammtext) -> None:
        self.stammtext = stammtext
        super().__init__(f"Die Fassung „{stammtext}“ gibt es schon, mit anderem Text.")


class FremderStammtext(ValueError):
    """The text belongs to another service."""

    def __init__(self, stammtext: Stammtext) -> None:
        super().__init__(f"„{stammtext}“ gehört zu einer anderen Leistung.")


@dataclass(frozen=True, slots=True)
class Modulunterschied:
    """One module: the text taken over, the new one and ours, in German paragraphs."""

    modul_code: str
    modus: Modus
    basis: tuple[str, ...]
    neu: tuple[str, ...]
    unser: tuple[str, ...]
    aenderungen: tuple[Absatzaenderung, ...]


def store_stammtext(
    leistung: Leistung, *, agency: str, xzufi_id: str, version: str, module: Module
) -> Stammtext:
    """The version is stored beside all others; nothing else changes, no local text, no draft.

    Texts are cleaned; unknown modules and languages are kept. Storing the same again returns what
    is stored.

    Raises:
        AndererInhalt: this version was stored with other texts.
        FremderStammtext: this version belongs to another service.
    """
    sauber = {
        code: {lang: clean_html(text) for lang, text in texte.items() if text}
        for code, texte in module.items()
    }
    stammtext, neu = Stammtext.objects.get_or_create(
        agency=agency,
        xzufi_id=xzufi_id,
        version=version,
        defaults={
            "leistung": leistung,
            "module": sauber,
            "modul_hashes": {code: _hash(texte) for code, texte in sauber.items()},
        },
    )
    if not neu and stammtext.leistung_id != leistung.pk:
        raise FremderStammtext(stammtext)
    if not neu and stammtext.module != sauber:
        raise AndererInhalt(stammtext)
    return stammtext


def adopt_stammtext(
    leistung: Leistung,
    stammtext: Stammtext,
    *,
    user: Any = None,
    modi: Mapping[str, Modus] | None = None,
) -> Revision:
    """A draft of the service stands on this version; citizens read it once it is published.

    Own texts keep every byte. A module with a text of our own and no mode yet gets "ersetzen":
    otherwise taking over would hide it without anybody having decided so. `modi` are decisions of
    an editor, module by module.

    Raises:
        FremderStammtext: the version belongs to another service.
    """
    if stammtext.leistung_id != leistung.pk:
        raise FremderStammtext(stammtext)
    with transaction.atomic():
        gesperrt = Leistung.objects.select_for_update(of=("self",), no_key=True).get(pk=leistung.pk)
        entwurf: Leistung = gesperrt.get_latest_revision_as_object()
        entwurf.modulmodi = _modi(entwurf) | {
            code: modus.value for code, modus in (modi or {}).items()
        }
        entwurf.stammtext = stammtext
        if not entwurf.live:
            entwurf.save()
        revision: Revision = entwurf.save_revision(user=user)
        log(
            instance=entwurf,
            action=AKTION,
            user=user,
            revision=revision,
            content_changed=True,
            data={"version": stammtext.version, "redaktion": stammtext.agency},
        )
    return revision


def unterschiede(leistung: Leistung, stammtext: Stammtext) -> tuple[Modulunterschied, ...]:
    """Return every module that the new version or the one taken over has, in their order.

    Three columns: basis (the version taken over), new (this one), ours.
    """
    basis: Module = leistung.stammtext.module if leistung.stammtext else {}
    modi = _modi(leistung)
    ergebnis = []
    for code, feld in TEXTMODULE.items():
        if code not in basis and code not in stammtext.module:
            continue
        alt = paragraphs(basis.get(code, {}).get("de", ""))
        neu = paragraphs(stammtext.module.get(code, {}).get("de", ""))
        ergebnis.append(
            Modulunterschied(
                code,
                Modus(modi.get(code, Modus.UEBERNEHMEN)),
                alt,
                neu,
                paragraphs(getattr(leistung, f"{feld}_de") or ""),
                vergleiche(alt, neu),
            )
        )
    return tuple(ergebnis)


def neue_stammtexte(leistungen: Iterable[Leistung] | None = None) -> tuple[Stammtext, ...]:
    """Return the newest version of each service that has another one, or none, taken over.

    Two queries. The service of each is loaded with the version it took over.
    """
    neueste = (
        Stammtext.objects.filter(leistung=OuterRef("pk"))
        .order_by("-eingelesen_am", "-pk")
        .values("pk")[:1]
    )
    rows = Leistung.objects.annotate(neuester=Subquery(neueste)).exclude(neuester__isnull=True)
    if leistungen is not None:
        rows = rows.filter(pk__in=[leistung.pk for leistung in leistungen])
    paare = [
        (leistung.pk, neuester, leistung.stammtext_id)
        for leistung in rows.only("pk", "stammtext_id").order_by("bezeichnung_de", "pk")
        for neuester in [getattr(leistung, "neuester")]  # noqa: B009 - an annotation
    ]
    geladen = Stammtext.objects.select_related("leistung__stammtext").in_bulk(
        [neuester for _, neuester, alt in paare if neuester != alt]
    )
    return tuple(geladen[neuester] for _, neuester, alt in paare if neuester != alt)


def is_ohne_entscheidung(stammtext: Stammtext) -> bool:
    """Whether every module that changed is one we take over as it comes: nothing to decide."""
    return all(
        unterschied.modus is Modus.UEBERNEHMEN
        for unterschied in unterschiede(stammtext.leistung, stammtext)
        if unterschied.aenderungen
    )


def adopt_alle(stammtexte: Sequence[Stammtext], *, user: Any = None) -> int:
    """Those without anything to decide are drafts now, all or none; return how many.

    The others are left as they are: somebody has to compare them.
    """
    with transaction.atomic():
        einfache = [stammtext for stammtext in stammtexte if is_ohne_entscheidung(stammtext)]
        for stammtext in sorted(einfache, key=lambda s: s.leistung_id):
            adopt_stammtext(stammtext.leistung, stammtext, user=user)
    return len(einfache)


def _modi(leistung: Leistung) -> dict[str, str]:
    """Modes as they will be: without a Stammtext so far, our own text is what people read."""
    modi = dict(leistung.modulmodi or {})
    for code, feld in TEXTMODULE.items():
        hat_eigenes = any(getattr(leistung, f"{feld}_{lang}") for lang in LANGS)
        if hat_eigenes and code not in modi:
            modi[code] = Modus.ERSETZEN.value
    return modi


def _hash(texte: Mapping[str, str]) -> str:
    inhalt = json.dumps(texte, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(inhalt.encode()).hexdigest()[:16]

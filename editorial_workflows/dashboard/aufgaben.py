"""The to-do list: what, whose, since when, one action. What is nothing to do has no line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from editorial_workflows.dashboard.zahlen import Zahl, lade_zahlen
from leistungen.ergaenzungen.pruefliste import veraltete_ergaenzungen
from leistungen.listen.ansicht import listenadresse
from leistungen.listen.reiter import BALD_TAGE
from leistungen.models import Ergaenzung, Leistung
from leistungen.stammtexte import neue_stammtexte

# Names in a line before it says "und n weitere".
NAMEN = 2


@dataclass(frozen=True, slots=True)
class Aufgabe:
    """One line; `seit` is None where nobody recorded it."""

    was: str
    wessen: str
    seit: date | None
    aktion: str
    adresse: str
    hinweis: str = ""


def lade_aufgaben(user: AbstractBaseUser, heute: date) -> Sequence[Aufgabe]:
    """Return what this user can do something about, what others wait for first.

    The number of queries does not grow with the number of tasks.
    """
    return [
        *_freigaben(user),
        *_zurueckgegeben(user),
        *_stammtexte(user),
        *_stammtexte(user),
        *_ergaenzungen(user, heute),
        *_aus_zahlen(lade_zahlen(bearbeitbare(user), heute)),
    ]


def bearbeitbare(user: AbstractBaseUser) -> QuerySet[Leistung]:
    """Return the services this user may change."""
    policy = policy_registry.get_by_type(Leistung)
    rows: QuerySet[Leistung] = policy.instances_user_has_any_permission_for(user, ["change"])
    return rows


def _freigaben(user: AbstractBaseUser) -> Iterator[Aufgabe]:
    """Texts that wait for this user's approval."""
    rows = (
        TaskState.objects.reviewable_by(user)
        .filter(revision__base_content_type__in=_schnipsel())
        .order_by("started_at", "pk")
        .values(
            "started_at",
            "revision__object_id",
            "revision__object_str",
            "revision__base_content_type",
            "workflow_state__requested_by__first_name",
            "workflow_state__requested_by__last_name",
            "workflow_state__requested_by__username",
        )
    )
    wartend = list(rows)
    if not wartend:
        return
    namen = [_name(row, "workflow_state__requested_by__") for row in wartend]
    erster = wartend[0]
    yield Aufgabe(
        was=_satz(len(wartend), "Text wartet auf Ihre Freigabe", "Texte warten auf Ihre Freigabe"),
        wessen=aufzaehlung(dict.fromkeys(namen)),
        seit=_tag(erster["started_at"]),
        aktion="Ältesten prüfen" if len(wartend) > 1 else "Prüfen",
        adresse=_formular(erster["revision__base_content_type"], erster["revision__object_id"]),
        hinweis=erster["revision__object_str"],
    )


def _zurueckgegeben(user: AbstractBaseUser) -> Iterator[Aufgabe]:
    """Drafts of this user that came back with a reason."""
    rows = (
        WorkflowState.objects.filter(
            requested_by=user,
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            base_content_type__in=_schnipsel(),
        )
        .order_by("current_task_state__finished_at", "pk")
        .values(
            "base_content_type",
            "object_id",
            "current_task_state__comment",
            "current_task_state__finished_at",
            "current_task_state__revision__object_str",
            "current_task_state__finished_by__first_name",
            "current_task_state__finished_by__last_name",
            "current_task_state__finished_by__username",
        )
    )
    zurueck = list(rows)
    if not zurueck:
        return
    erster = zurueck[0]
    namen = [_name(row, "current_task_state__finished_by__") for row in zurueck]
    grund = erster["current_task_state__comment"] or ""
    titel = erster["current_task_state__revision__object_str"] or ""
    yield Aufgabe(
        was=_satz(len(zurueck), "Entwurf kam zurück", "Entwürfe kamen zurück"),
        wessen=f"von {aufzaehlung(dict.fromkeys(namen))}",
        seit=_tag(erster["current_task_state__finished_at"]),
        aktion="Ältesten überarbeiten" if len(zurueck) > 1 else "Überarbeiten",
        adresse=_formular(erster["base_content_type"], erster["object_id"]),
        hinweis=f"{titel}: {grund}" if grund else titel,
    )


def _stammtexte(user: AbstractBaseUser) -> Iterator[Aufgabe]:
    """New texts of the Bund nobody has decided about."""
    if not policy_registry.get_by_type(Leistung).user_has_permission(user, "change"):
        return
    neue = neue_stammtexte()
    if neue:
        yield Aufgabe(
            was=_satz(
                len(neue),
                "neuer Text des Bundes wartet auf eine Entscheidung",
                "neue Texte des Bundes warten auf eine Entscheidung",
            ),
            wessen=aufzaehlung(dict.fromkeys(str(stammtext.leistung) for stammtext in neue)),
            seit=min(stammtext.eingelesen_am for stammtext in neue).date(),
            aktion="Vergleichen",
            adresse=reverse("ergaenzungen:stammtexte"),
        )


def _ergaenzungen(user: AbstractBaseUser, heute: date) -> Iterator[Aufgabe]:
    """Local supplements whose inherited text is another than when they were written."""
    policy = policy_registry.get_by_type(Ergaenzung)
    if not policy.user_has_permission(user, "change"):
        return
    erlaubt = policy.instances_user_has_permission_for(user, "change")
    veraltet = veraltete_ergaenzungen(nur=Q(pk__in=erlaubt), stichtag=heute)
    if veraltet:
        gebiete = dict.fromkeys(str(eintrag.ergaenzung.gebiet) for eintrag in veraltet)
        yield Aufgabe(
            was=_satz(
                len(veraltet),
                "Ergänzung gehört zu einem geänderten Text",
                "Ergänzungen gehören zu einem geänderten Text",
            ),
            wessen=aufzaehlung(gebiete),
            seit=None,
            aktion="Vergleichen",
            adresse=reverse("ergaenzungen:pruefliste"),
        )


# What is counted → singular, plural, action, tab of the list.
_ZEILEN: Mapping[str, tuple[str, str, str, str]] = {
    "faellig": ("Prüfung ist fällig", "Prüfungen sind fällig", "Prüfen", "faellig"),
    "bald": (
        f"Prüfung wird in den nächsten {BALD_TAGE} Tagen fällig",
        f"Prüfungen werden in den nächsten {BALD_TAGE} Tagen fällig",
        "Ansehen",
        "bald-faellig",
    ),
    "fehler": ("Text hat Fehler", "Texte haben Fehler", "Berichtigen", "fehler"),
    "ohne_stelle": (
        "Leistung hat nicht überall eine zuständige Stelle",
        "Leistungen haben nicht überall eine zuständige Stelle",
        "Stelle eintragen",
        "ohne-stelle",
    ),
    "englisch": (
        "englische Fassung ist veraltet",
        "englische Fassungen sind veraltet",
        "Übersetzen",
        "englisch",
    ),
    "leichte_sprache": (
        "Fassung in Leichter Sprache ist veraltet",
        "Fassungen in Leichter Sprache sind veraltet",
        "Übersetzen",
        "leichte-sprache",
    ),
}


def _aus_zahlen(zahlen: Mapping[str, Zahl]) -> Iterator[Aufgabe]:
    for name, (einzahl, mehrzahl, aktion, reiter) in _ZEILEN.items():
        zahl = zahlen[name]
        if zahl.anzahl:
            yield Aufgabe(
                was=_satz(zahl.anzahl, einzahl, mehrzahl),
                wessen=aufzaehlung(zahl.redaktionen),
                seit=None if name == "bald" else zahl.seit,
                aktion=aktion,
                adresse=listenadresse(reiter),
            )


def aufzaehlung(namen: Any) -> str:
    """Return the first names and how many there are besides."""
    alle = list(namen)
    text = ", ".join(alle[:NAMEN])
    rest = len(alle) - NAMEN
    return f"{text} und {rest} weitere" if rest > 0 else text


def _satz(anzahl: int, einzahl: str, mehrzahl: str) -> str:
    return f"1 {einzahl}" if anzahl == 1 else f"{anzahl:,} {mehrzahl}".replace(",", ".")


def _name(row: Mapping[str, Any], vor: str) -> str:
    name = f"{row[f'{vor}first_name'] or ''} {row[f'{vor}last_name'] or ''}".strip()
    return name or row[f"{vor}username"] or "unbekannt"


def _tag(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _schnipsel() -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*get_snippet_models()).values())


def _formular(typ_id: int, object_id: str) -> str:
    model: Any = ContentType.objects.get_for_id(typ_id).model_class()
    return formularadresse(model, object_id)


def formularadresse(model: Any, pk: int | str) -> str:
    """Return the address of the form of a snippet."""
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])

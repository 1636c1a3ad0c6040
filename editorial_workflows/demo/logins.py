"""The three logins of the demo: groups, rights, and passwords that only this installation knows."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from zufi.local_services.state import state_dir

DATEINAME = "demo-logins.txt"
BEARBEITEN = ("view", "add", "change", "delete")
MODELLE = (
    ("leistungen", "leistung"),
    ("leistungen", "ergaenzung"),
    ("leistungen", "onlinedienst"),
    ("leistungen", "formular"),
    ("leistungen", "zustaendigkeit"),
    ("leistungen", "kategorie"),
    ("leistungen", "kriterium"),
    ("leistungen", "kontaktzuordnung"),
    ("behoerden", "gebietmitglied"),  # own districts
    ("behoerden", "gebietsreform"),
    ("behoerden", "behoerde"),
    ("behoerden", "behoerdenart"),
    ("search", "suchregel"),
)
NUR_ANSEHEN = (("behoerden", "gebiet"), ("leistungen", "codeliste"))
# Whoever publishes may also send a refused document again.
BETRIEB = (("search", "change_searchdokument"),)
ZENTRALREDAKTION, FREIGABE = "Zentralredaktion", "Freigabe"


@dataclass(frozen=True, slots=True)
class Zugang:
    """One login; a superuser needs no group."""

    name: str
    vorname: str
    gruppe: str = ""

    @property
    def zweck(self) -> str:
        """What the login is for, as the file says it."""
        return {
            "redaktion": "schreibt Entwürfe",
            "freigabe": "schreibt und veröffentlicht",
            "admin": "darf alles",
        }[self.name]


ZUGAENGE = (
    Zugang("redaktion", "Zentralredaktion", ZENTRALREDAKTION),
    Zugang("freigabe", "Freigabe", FREIGABE),
    Zugang("admin", "Verwaltung"),
)


def ensure_logins(path: Path | None = None) -> Path:
    """The three logins exist with their groups, and the file names their passwords.

    Passwords are random, made once per installation. A login whose password somebody changed
    keeps it. A login the file does not know gets a new password, since nobody could know the old.

    Args:
        path: the file, readable by its owner only; without it `demo-logins.txt` in the state
            directory (`$ZUFI_STATE`, else `var/`).
    """
    path = path or state_dir() / DATEINAME
    bekannt = _read(path)
    with transaction.atomic():
        gruppen = {
            ZENTRALREDAKTION: _ensure_gruppe(ZENTRALREDAKTION, BEARBEITEN),
            FREIGABE: _ensure_gruppe(FREIGABE, (*BEARBEITEN, "publish"), BETRIEB),
        }
        passwoerter = {
            zugang.name: _ensure_user(zugang, bekannt.get(zugang.name), gruppen)
            for zugang in ZUGAENGE
        }
        if passwoerter != bekannt:
            _write(path, passwoerter)
    return path


def _ensure_user(zugang: Zugang, passwort: str | None, gruppen: dict[str, Group]) -> str:
    users = get_user_model().objects
    user = users.filter(username=zugang.name).first()
    if user is None:
        passwort = passwort or _neues_passwort()
        user = users.create_user(
            zugang.name,
            email=f"{zugang.name}@zufi.example",
            password=passwort,
            first_name=zugang.vorname,
            is_superuser=not zugang.gruppe,
            is_staff=not zugang.gruppe,
        )
    elif passwort is None:
        passwort = _neues_passwort()
        user.set_password(passwort)
        user.save(update_fields=["password"])
    if zugang.gruppe:
        user.groups.add(gruppen[zugang.gruppe])
    return passwort


def _ensure_gruppe(
    name: str, rechte: Iterable[str], weitere: Iterable[tuple[str, str]] = ()
) -> Group:
    """The group may enter the admin and has these rights on what editors write."""
    gruppe, _ = Group.objects.get_or_create(name=name)
    codenames = {(app, f"{recht}_{model}") for app, model in MODELLE for recht in rechte}
    codenames |= {(app, f"view_{model}") for app, model in NUR_ANSEHEN}
    codenames |= {("wagtailadmin", "access_admin"), *weitere}
    rechte_da = Permission.objects.select_related("content_type").filter(
        codename__in={codename for _, codename in codenames}
    )
    gruppe.permissions.add(
        *(
            recht
            for recht in rechte_da
            if (recht.content_type.app_label, recht.codename) in codenames
        )
    )
    return gruppe


def _neues_passwort() -> str:
    """Four groups of four: easy to type from paper, about 80 bits."""
    zeichen = "abcdefghijkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(zeichen) for _ in range(4)) for _ in range(4))


def _read(path: Path) -> dict[str, str]:
    try:
        inhalt = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    namen = "|".join(zugang.name for zugang in ZUGAENGE)
    return dict(re.findall(rf"^\s+({namen})\s+(\S+)", inhalt, flags=re.MULTILINE))


def _write(path: Path, passwoerter: dict[str, str]) -> None:
    zeilen = [
        f"    {zugang.name:<10} {passwoerter[zugang.name]}   {zugang.zweck}" for zugang in ZUGAENGE
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("\n".join(["  Demo-Zugänge (Name, Passwort):", *zeilen, ""]), encoding="utf-8")

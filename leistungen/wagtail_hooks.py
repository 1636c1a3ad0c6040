"""Registers what `viewsets` builds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, URLResolver
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from leistungen.abdeckung import hooks as abdeckung
from leistungen.austausch import hooks as austausch
from leistungen.codelisten.viewsets import VIEWSETS as CODELISTEN
from leistungen.ergaenzungen import hooks as ergaenzungen
from leistungen.formular import hooks as formular
from leistungen.listen import hooks as listen
from leistungen.regeleditor import hooks as regeleditor
from leistungen.viewsets import MENUE, MODELLE, SNIPPETS

for viewset in SNIPPETS:
    register_snippet(viewset)

listen.register()
austausch.register()
ergaenzungen.register()


@hooks.register("register_admin_viewset")
def register_model_viewsets() -> Sequence[Any]:
    """Lists of plain models."""
    return (*MODELLE, *CODELISTEN)


@hooks.register("register_admin_urls")
def register_regeleditor_urls() -> list[URLResolver]:
    """The rule editor, beside the list of rules."""
    return regeleditor.admin_urls()


@hooks.register("register_admin_menu_item")
def register_zustaendigkeiten_menu() -> MenuItem:
    """One submenu for everything about responsibility."""
    menu = Menu(register_hook_name=MENUE)
    return SubmenuMenuItem(
        "Zuständigkeiten", menu, name="zustaendigkeiten", icon_name="group", order=120
    )


for _eintrag in regeleditor.MENUE_EINTRAEGE:
    hooks.register(MENUE, _eintrag)


@hooks.register("register_log_actions")
def register_regeleditor_log_actions(actions: Any) -> None:
    """Entering and taking back packages, confirming rules."""
    regeleditor.register_log_actions(actions)


@hooks.register("register_admin_urls")
def register_abdeckung_urls() -> list[URLResolver | URLPattern]:
    """The report about gaps and contradictions."""
    return abdeckung.admin_urls()


@hooks.register("register_reports_menu_item")
def register_abdeckung_menu_item() -> MenuItem:
    """The report, first in the menu "Berichte"."""
    return abdeckung.menue_eintrag()


@hooks.register("register_admin_urls")
def register_formular_urls() -> list[URLResolver]:
    """What the form of a service asks while somebody types."""
    return formular.admin_urls()


@hooks.register("insert_editor_js")
def insert_formular_js() -> str:
    """A form's own autosave is nobody else's save."""
    return formular.editor_js()


@hooks.register("register_log_actions")
def register_formular_log_actions(actions: Any) -> None:
    """Letting a finding pass, and showing it again."""
    formular.register_log_actions(actions)

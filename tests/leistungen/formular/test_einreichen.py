"""Submitting: what must be mended refuses it with the list, saving is never refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from leistungen.models import Leistung, Leistungsschluessel, Onlinedienst
from tests.leistungen.formular.browserform import form_url, lies_form, query
from tests.welt import Welt, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def workflow(db: None) -> Workflow:
    ablauf = Workflow.objects.create(name="Freigabe")
    aufgabe = GroupApprovalTask.objects.create(name="Freigeben")
    aufgabe.groups.add(Group.objects.create(name="freigabe"))
    WorkflowTask.objects.create(workflow=ablauf, task=aufgabe, sort_order=1)
    typ = ContentType.objects.get_for_model(Leistung)
    WorkflowContentType.objects.update_or_create(content_type=typ, defaults={"workflow": ablauf})
    return ablauf


@pytest.fixture
def sauber(welt: Welt) -> Leistung:
    """A service without anything that must be mended."""
    dienst = Onlinedienst.objects.get()
    dienst.vertrauensniveau = "20"
    publish(dienst)
    hund = welt.hund
    hund.typisierung_codes = ["5"]
    hund.redaktion = welt.stadtverwaltung
    hund.naechste_pruefung = date(2028, 11, 24)
    hund.leistungsschluessel = [Leistungsschluessel(schluessel="99050012000000", ist_primaer=True)]
    hund.save_revision().publish()
    hund.refresh_from_db()
    return hund


def reiche_ein(client: Client, pk: int, **werte: str) -> Any:
    daten = lies_form(client, form_url(pk))
    daten |= {name: [wert] for name, wert in {**werte, "action-submit": "1"}.items()}
    return client.post(
        form_url(pk),
        query(daten).urlencode(),
        content_type="application/x-www-form-urlencoded",
        follow=True,
    )


def test_clean_text_is_submitted(sauber: Leistung, workflow: Workflow, redaktion: Client) -> None:
    reiche_ein(redaktion, sauber.pk)
    sauber.refresh_from_db()

    assert sauber.current_workflow_state is not None


def test_text_to_mend_is_saved_but_not_submitted(
    sauber: Leistung, workflow: Workflow, redaktion: Client
) -> None:
    antwort = reiche_ein(redaktion, sauber.pk, kurztext_de="XX fehlt noch. Das wissen Sie.")
    sauber.refresh_from_db()
    html = antwort.content.decode()

    assert sauber.current_workflow_state is None
    assert sauber.get_latest_revision_as_object().kurztext_de.startswith("XX")
    assert "noch nicht zur Freigabe eingereicht" in html
    assert "<li>Kurztext: " in html

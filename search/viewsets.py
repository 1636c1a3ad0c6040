"""The admin's list and form of synonym rules."""

from __future__ import annotations

from typing import ClassVar

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import Suchregel


class SuchregelViewSet(ModelViewSet):
    """Words citizens use, and the words of the services; in effect as soon as they are saved."""

    model = Suchregel
    icon = "search"
    menu_label = "Synonymregeln"
    menu_name = "suchregeln"
    menu_order = 160
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display: ClassVar = [
        "links",
        "rechts",
        BooleanColumn("beidseitig", label="auch umgekehrt"),
        "gewicht",
        "owner",
        "geprueft_am",
        "ablauf",
        BooleanColumn("aktiv", label="aktiv"),
    ]
    list_filter: ClassVar = ["aktiv", "owner"]
    search_fields: ClassVar = ["links", "rechts"]
    search_backend_name = None
    panels: ClassVar = [
        MultiFieldPanel(
            [
                FieldPanel("links"),
                FieldPanel("rechts"),
                FieldRowPanel([FieldPanel("beidseitig"), FieldPanel("gewicht")]),
            ],
            heading="Regel",
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldRowPanel([FieldPanel("geprueft_am"), FieldPanel("ablauf")]),
                FieldPanel("aktiv"),
            ],
            heading="Pflege",
        ),
    ]


SUCHREGELN = SuchregelViewSet("suchregeln")

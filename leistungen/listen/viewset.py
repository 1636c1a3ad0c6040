"""The list part of the viewset of services; `leistungen.viewsets` adds the form."""

from __future__ import annotations

from typing import ClassVar

from leistungen.listen.ansicht import LeistungFilter, LeistungIndexView
from leistungen.listen.auswahl import LeistungChooserViewSet
from leistungen.listen.spalten import spalten


class LeistungListe:
    """What the list of services shows and how it is chosen from."""

    index_view_class = LeistungIndexView
    index_template_name = "leistungen/listen/index.html"
    index_results_template_name = "leistungen/listen/ergebnis.html"
    chooser_viewset_class = LeistungChooserViewSet
    filterset_class = LeistungFilter
    list_per_page = 50
    export_filename = "leistungen"
    list_display: ClassVar = ["titel", *spalten()]

"""Forms of rules: who is responsible for what where."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from leistungen.regeleditor.regelform import ZustaendigkeitForm

# What rules and bindings share.
REGEL = (
    FieldPanel("leistung", help_text="Für welche Leistung gilt die Regel?"),
    FieldPanel("gebiet", help_text="Die Regel gilt hier und in allem, was dazugehört."),
)
ZEITRAUM = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("gueltig_ab"), FieldPanel("gueltig_bis")])],
    heading="Gültigkeit",
    help_text="Leer heißt: ohne Anfang oder ohne Ende.",
)
ZUSTAENDIGKEIT = ObjectList(
    [
        *REGEL,
        FieldPanel("behoerde", help_text="Diese Behörde ist dort zuständig."),
        FieldRowPanel(
            [
                FieldPanel(
                    "rolle", help_text="Entscheidet die Behörde, oder nimmt sie nur Anträge an?"
                ),
                FieldPanel(
                    "wirkung",
                    help_text="„ersetzt“: Was weiter oben gilt, zählt hier nicht. "
                    "„ergänzt“: Es zählt auch.",
                ),
            ]
        ),
        FieldPanel(
            "wahl_erlaubt",
            help_text="Nur falls man sich unter mehreren Behörden eine aussuchen darf.",
        ),
        MultiFieldPanel(
            [FieldPanel("kriterium"), FieldPanel("werte")],
            heading="Bedingung",
            help_text="Nur falls außer dem Ort noch etwas entscheidet; sonst bleibt beides leer.",
        ),
        ZEITRAUM,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("verifiziert_am"), FieldPanel("verifiziert_durch")]),
                FieldPanel("pruefquelle", help_text="Zum Beispiel: Schreiben vom 3.11.2026."),
            ],
            heading="Fachlich geprüft",
            help_text="Eingetragen ist eine Regel auch ungeprüft. Geprüft ist sie erst, wenn "
            "die Behörde sie bestätigt hat.",
        ),
        FieldPanel("hinweis", help_text="Für die Redaktion und das Bürgertelefon."),
    ],
    base_form_class=ZustaendigkeitForm,
)

"""Services the start page offers first, each with a line that says when one needs it."""

from __future__ import annotations

HAEUFIG_GESUCHT = {
    "personalausweis-beantragen": "Neu, abgelaufen oder Daten geändert",
    "wohnsitz-anmelden": "Nach einem Umzug",
    "kfz-zulassen": "Neues oder gebrauchtes Auto",
    "fuehrerschein-umtauschen": "Alter Führerschein in Scheckkarte",
    "hundesteuer-anmelden": "Wenn Sie einen Hund halten",
    "geburtsurkunde": "Für Behörden, Heirat oder Reise",
    "wohngeld": "Zuschuss zur Miete",
    "elterngeld": "Nach der Geburt eines Kindes",
    "gewerbe-anmelden": "Wenn Sie sich selbstständig machen",
}

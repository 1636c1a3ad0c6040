"""Examples of every component in every state, for the debug page `/_muster/`.

Plain values that show the shape each component expects; nothing here is real. Telephone numbers
come from the range that the Bundesnetzagentur keeps free for fiction, addresses end in `.example`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

ZEITEN: list[dict[str, Any]] = [
    {"tag": "Montag", "zeit": "9–12 Uhr", "heute": False},
    {"tag": "Dienstag", "zeit": "9–12 Uhr und 13–18 Uhr", "heute": True},
    {"tag": "Mittwoch", "zeit": "geschlossen", "heute": False},
    {"tag": "Donnerstag", "zeit": "9–12 Uhr und 13–16 Uhr", "heute": False},
    {"tag": "Freitag", "zeit": "9–12 Uhr", "heute": False},
]


def karte(name: str, slug: str, **values: Any) -> dict[str, Any]:
    """Return an office card in which everything but name and address of the page is empty."""
    return {
        "name": name,
        "slug": slug,
        "url": f"/behoerde/{slug}/",
        "zustaendig_fuer": "",
        "aendern_url": "",
        "kriterium": "",
        "hinweis": "",
        "hinweis_datum": None,
        "anschrift": [],
        "telefon": "",
        "email": "",
        "termin_url": "",
        "weg_url": "",
        "weg_ziel": "",
        "vcard_url": "",
        "ansprechperson": "",
        "zeiten_zustand": "",
        "zeiten": [],
        "barrierefreiheit": [],
    } | values


def kontakt(ort: str, **values: Any) -> dict[str, Any]:
    """Return the fields of a card that name address, telephone and e-mail of an office in `ort`."""
    return {
        "anschrift": ["Musterstraße 1", f"99999 {ort}"],
        "telefon": "030 23125123",
        "email": "info@rathaus.example",
        "zeiten_zustand": "jetzt geöffnet bis 18 Uhr",
        "zeiten": ZEITEN,
    } | values


VOLLE_KARTE = karte(
    "Verwaltungsgemeinschaft Gramme-Vippach, Steuern",
    "vg-gramme-vippach",
    **kontakt(
        "Schloßvippach",
        zustaendig_fuer="Udestedt",
        aendern_url="/leistung/hundesteuer-anmelden/#zustaendig",
        hinweis="Am 24. Dezember ist geschlossen.",
        hinweis_datum=dt.date(2026, 11, 20),
        termin_url="/behoerde/vg-gramme-vippach/",
        weg_url="/behoerde/vg-gramme-vippach/",
        weg_ziel="OpenStreetMap",
        vcard_url="/behoerde/vg-gramme-vippach/",
        barrierefreiheit=[
            ("stufenloser Zugang", "ja"),
            ("Aufzug", "nein"),
            ("WC für alle", "keine Angabe"),
            ("Parkplatz", "ja"),
        ],
    ),
)


def block(zustand: str, nummer: int, **values: Any) -> dict[str, Any]:
    """Return an office block in this state; `nummer` makes its ids unique on the page."""
    return {
        "zustand": zustand,
        "karten": [],
        "orte": [],
        "ort_name": "",
        "ort_text": "",
        "fehler_ort": "",
        "frage": "",
        "vorbehalte": [],
        "spur": [],
        "allgemeiner_kontakt": None,
        "formular_url": "/leistung/hundesteuer-anmelden/",
        "id_praefix": f"muster-{nummer}-",
    } | values


def ort(ars: str, name: str, kreis: str, verband: str = "") -> dict[str, str]:
    """Return one entry of a choice list."""
    zusatz = f"gehört zu {verband}" if verband else ""
    return {"ars": ars, "name": name, "kreis": kreis, "verband": verband, "zusatz": zusatz}


ELXLEBEN = [
    ort("160705009013", "Elxleben", "Ilm-Kreis", "Verwaltungsgemeinschaft Riechheimer Berg"),
    ort("160685050009", "Elxleben", "Landkreis Sömmerda"),
]
VIELE_ORTE = [
    ort(f"1607450{number:05d}", name, "Saale-Holzland-Kreis", verband)
    for number, (name, verband) in enumerate(
        [
            ("Bobeck", "Verwaltungsgemeinschaft Stadtroda"),
            ("Bremsnitz", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Eineborn", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Geisenhain", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Karlsdorf", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Kleinebersdorf", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Lippersdorf-Erdmannsdorf", "Verwaltungsgemeinschaft Hügelland/Täler"),
            ("Waldeck", "Verwaltungsgemeinschaft Bad Klosterlausnitz"),
        ]
    )
] + [ort("160765099001", "Musterbach", "Landkreis Greiz")]

SPUR = [
    "Hundesteuer ist Aufgabe der Gemeinde.",
    "Für Udestedt erledigt das die Verwaltungsgemeinschaft Gramme-Vippach.",
]


def bloecke() -> list[tuple[str, dict[str, Any]]]:
    """Return the office block in its eight states, each with its title."""
    erfurt = karte("Stadtverwaltung Erfurt, Bürgeramt", "stadt-erfurt", **kontakt("Erfurt"))
    filiale = karte(
        "Stadtverwaltung Erfurt, Bürgerservice Süd",
        "stadt-erfurt-sued",
        **kontakt("Erfurt", zeiten_zustand="jetzt geschlossen, öffnet Donnerstag 9 Uhr"),
    )
    a_bis_k = erfurt | {"kriterium": "Familienname A–K", "slug": "zimmer-1"}
    l_bis_z = filiale | {"kriterium": "Familienname L–Z", "slug": "zimmer-2"}
    land = karte(
        "Thüringer Landesverwaltungsamt",
        "landesverwaltungsamt",
        **kontakt("Weimar", zeiten=[], zeiten_zustand=""),
    )
    rathaus = karte("Gemeinde Musterbach", "gemeinde-musterbach", **kontakt("Musterbach"))
    return [
        ("Ort fehlt", block("ORT_FEHLT", 1)),
        ("Ort mehrdeutig, bis 7", block("ORT_MEHRDEUTIG", 2, orte=ELXLEBEN, ort_name="Elxleben")),
        ("Ort mehrdeutig, mehr", block("ORT_MEHRDEUTIG", 3, orte=VIELE_ORTE, ort_name="07646")),
        ("Eindeutig", block("EINDEUTIG", 4, karten=[VOLLE_KARTE], ort_name="Udestedt", spur=SPUR)),
        ("Ortsunabhängig", block("ORTSUNABHAENGIG", 5, karten=[land])),
        ("Wahl", block("WAHL", 6, karten=[erfurt, filiale], ort_name="Erfurt")),
        (
            "Kriterium",
            block(
                "KRITERIUM",
                7,
                karten=[a_bis_k, l_bis_z],
                frage="Womit beginnt Ihr Familienname?",
            ),
        ),
        (
            "Keine Regel",
            block("KEINE_REGEL", 8, ort_name="Musterbach", allgemeiner_kontakt=rathaus),
        ),
        (
            "Vorbehalt",
            block(
                "VORBEHALT",
                9,
                karten=[erfurt | {"slug": "vorbehalt"}],
                vorbehalte=["In Erfurt entscheidet Ihre Straße. Bitte rufen Sie vorher an."],
            ),
        ),
    ]


def start(**values: Any) -> dict[str, Any]:
    """Return a start action in which everything is empty."""
    return {
        "label": "",
        "url": "",
        "zeile": "",
        "wartung": "",
        "hinweis": "",
        "formulare": [],
        "vor_ort": "",
        "gilt_fuer": "",
    } | values


FORMULAR = {"label": "Antrag als PDF", "url": "/hilfe/", "zusatz": "barrierefrei, 120 kB"}
VOR_ORT = "Persönlich oder per Post bei: Stadtverwaltung Erfurt, Steuern"
STARTS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "start-1-",
        "Online",
        start(
            label="Hund online anmelden",
            url="/hilfe/",
            zeile="Öffnet den Antragsdienst der Stadt Erfurt. Anmeldung mit BundID.",
            formulare=[FORMULAR],
            vor_ort=VOR_ORT,
            gilt_fuer="Erfurt",
        ),
    ),
    ("start-2-", "Nur PDF", start(formulare=[FORMULAR], vor_ort=VOR_ORT)),
    ("start-3-", "Nur vor Ort", start(vor_ort=VOR_ORT)),
    (
        "start-4-",
        "Online je nach Gemeinde",
        start(hinweis="In vielen Gemeinden online möglich. Geben Sie Ihren Ort an."),
    ),
    (
        "start-5-",
        "Wartung",
        start(
            label="Hund online anmelden",
            url="/hilfe/",
            wartung="Er ist ab 25. November 2026, 6 Uhr, wieder da.",
            vor_ort=VOR_ORT,
        ),
    ),
]

TREFFER: list[dict[str, Any]] = [
    {
        "titel": "Hund zur Hundesteuer anmelden",
        "url": "/leistung/hundesteuer-anmelden/",
        "kurztext": "Wenn Sie einen Hund halten, melden Sie ihn bei Ihrer Gemeinde an. "
        "Danach bekommen Sie einen Steuerbescheid.",
        "meta": ["Online möglich in Erfurt", "Zuständig: Stadtverwaltung Erfurt, Steuern"],
        "auch_bekannt_als": "Hundesteuer",
        "empfehlung": True,
    },
    {
        "titel": "Hund von der Hundesteuer abmelden",
        "url": "/leistung/hundesteuer-abmelden/",
        "kurztext": "Wenn Sie Ihren Hund nicht mehr haben, melden Sie ihn bei der Gemeinde ab.",
        "meta": ["Vor Ort oder per Post"],
        "auch_bekannt_als": "",
        "empfehlung": False,
    },
]


def _fakt(bezeichnung: str, *saetze: str) -> dict[str, Any]:
    return {"bezeichnung": bezeichnung, "saetze": [{"text": satz} for satz in saetze]}


def muster_context() -> dict[str, Any]:
    """Return everything that `templates/muster.html` shows."""
    return {
        "brotkrumen": [("Startseite", "/"), ("Für Entwickler", "/_muster/"), ("Muster", "")],
        "bloecke": bloecke(),
        "starts": STARTS,
        "treffer": TREFFER,
        "volle_karte": VOLLE_KARTE,
        "fakten": [
            _fakt("Kosten", "kostenfrei", "Ab 1. Januar 2027: 10 €"),
            _fakt("Frist", "Melden Sie den Hund innerhalb von zwei Wochen an."),
            _fakt("Dauer", "etwa 2 Wochen"),
        ],
        "fakt": [_fakt("Kosten", "8 bis 40 €")],
        "schritte": [
            "Sie füllen das Formular aus oder melden den Hund online an.",
            "Die Gemeinde prüft Ihre Angaben.",
            "Sie bekommen den Steuerbescheid und die Hundemarke per Post.",
        ],
        "punkte": ["Der Hund lebt in Ihrem Haushalt.", "Der Hund ist älter als drei Monate."],
        "weiterfuehrend": [("Satzung Ihrer Gemeinde", "/hilfe/")],
        "haeufig": [
            ("Personalausweis beantragen", "/", "Neu, verlängern, verloren"),
            ("Wohnsitz anmelden", "/", "Nach jedem Umzug, innerhalb von zwei Wochen"),
            ("Auto zulassen", "/", "Neu, gebraucht, Kennzeichen behalten"),
            ("Geburtsurkunde bestellen", "/", ""),
        ],
        "buchstaben": [(letter, "/" if letter not in "QXY" else "") for letter in LETTERS],
        "fehler_eine": [("q", "Geben Sie an, was Sie erledigen möchten.")],
        "fehler_viele": [
            ("q", "Geben Sie an, was Sie erledigen möchten."),
            ("ort", "Geben Sie einen Ort in Thüringen an."),
        ],
        "heute": dt.date(2026, 10, 12),
    }


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

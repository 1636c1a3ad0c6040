"""Which authorities the demo needs, from the areas alone: names, seats, tasks and their areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from editorial_workflows.demo.land import Flaeche, Land
from zufi.common.text import slugify_de

# Kinds of authorities: slug → name, and whether it is a general administration.
ARTEN: Mapping[str, tuple[str, bool]] = {
    "verwaltungsgemeinschaft": ("Verwaltungsgemeinschaft", True),
    "stadtverwaltung": ("Stadtverwaltung", True),
    "gemeindeverwaltung": ("Gemeindeverwaltung", True),
    "landratsamt": ("Landratsamt", True),
    "standesamt": ("Standesamt", False),
    "jobcenter": ("Jobcenter", False),
    "finanzamt": ("Finanzamt", False),
    "amtsgericht": ("Amtsgericht", False),
    "landesbehoerde": ("Landesbehörde", False),
    "bundesbehoerde": ("Bundesbehörde", False),
    "familienkasse": ("Familienkasse", False),
    "rentenversicherung": ("Rentenversicherung", False),
    "kammer": ("Kammer", False),
    "pflegekasse": ("Pflegekasse", False),
    "beitragsservice": ("Beitragsservice", False),
}
LANDESVERWALTUNGSAMT = "thueringer-landesverwaltungsamt"
# Over the authorities at the level of a Kreis.
FACHAUFSICHT = (("fachaufsicht", LANDESVERWALTUNGSAMT),)
# The court that keeps the commercial register of the whole Land.
REGISTERGERICHT = "amtsgericht-jena"


@dataclass(frozen=True, slots=True)
class Amt:
    """An authority of the demo.

    `aufgaben` leads from a task of `regeln.EBENEN` to the area where this authority does it;
    `hauptgebiet_id` is set for general administrations only; `uebergeordnet` is a slug;
    `beziehungen` are kinds of `Behoerdenbeziehung`, each with the slug of the other authority.
    """

    slug: str
    name: str
    art: str
    kurzbeschreibung: str
    plz: str
    ort: str
    aufgaben: Mapping[str, int] = field(default_factory=dict)
    hauptgebiet_id: int | None = None
    uebergeordnet: str = ""
    beziehungen: tuple[tuple[str, str], ...] = ()
    synonyme: str = ""
    unterscheidung: str = ""

    @property
    def genannte(self) -> frozenset[str]:
        """Slugs of the authorities this one refers to."""
        oben = {self.uebergeordnet} if self.uebergeordnet else set()
        return frozenset(oben | {slug for _, slug in self.beziehungen})


# Offices of which one serves everybody: slug, name, kind, task, level, seat, what it does.
_EINZIGE = (
    (LANDESVERWALTUNGSAMT, "Thüringer Landesverwaltungsamt", "landesbehoerde", "landesverwaltung",
     "land", "99423", "Weimar", "Das Landesverwaltungsamt erledigt Aufgaben für das ganze Land"),
    ("landesamt-fuer-bodenmanagement", "Thüringer Landesamt für Bodenmanagement und Geoinformation",
     "landesbehoerde", "kataster", "land", "99086", "Erfurt",
     "Das Landesamt führt das Liegenschaftskataster"),
    ("bundesamt-fuer-justiz", "Bundesamt für Justiz", "bundesbehoerde", "justizregister", "bund",
     "53113", "Bonn", "Das Bundesamt führt das Bundeszentralregister"),
    ("luftfahrt-bundesamt", "Luftfahrt-Bundesamt", "bundesbehoerde", "luftfahrt", "bund", "38108",
     "Braunschweig", "Das Bundesamt ist für die Zivilluftfahrt in Deutschland zuständig"),
    ("familienkasse", "Familienkasse", "familienkasse", "familienkasse", "bund", "99096", "Erfurt",
     "Die Familienkasse zahlt Kindergeld und Kinderzuschlag"),
    ("deutsche-rentenversicherung", "Deutsche Rentenversicherung", "rentenversicherung",
     "rentenversicherung", "bund", "99096", "Erfurt", "Die Rentenversicherung zahlt Renten"),
    ("pflegekasse", "Pflegekasse bei Ihrer Krankenkasse", "pflegekasse", "pflegekasse", "bund",
     "99084", "Erfurt", "Die Pflegekasse gehört zu Ihrer Krankenkasse"),
    ("beitragsservice", "Beitragsservice für den Rundfunkbeitrag",
     "beitragsservice",
     # The contribution is law of the Länder, by treaty.
     "beitragsservice", "land", "50829", "Köln",
     "Der Beitragsservice zieht den Rundfunkbeitrag ein"),
    ("handwerkskammer", "Handwerkskammer", "kammer", "kammer", "land", "99084", "Erfurt",
     "Die Handwerkskammer vertritt das Handwerk und prüft Meisterinnen und Meister"),
)  # fmt: skip


def plan_aemter(land: Land) -> tuple[Amt, ...]:
    """Return every authority of the demo, superior ones before their offices; slugs are unique."""
    verwaltungen = _unterscheide(
        [*(_verwaltung(gebiet, land) for gebiet in land.verwaltungsgebiete), *_landratsaemter(land)]
    )
    nachgeordnete = [
        *(_standesamt(amt) for amt in verwaltungen if "verwaltung" in amt.aufgaben),
        *(_jobcenter(amt, land) for amt in verwaltungen if "kreisverwaltung" in amt.aufgaben),
        *_bezirksaemter(land),
    ]
    return (*_einzige(land), *verwaltungen, *_unterscheide(nachgeordnete))


def _einzige(land: Land) -> list[Amt]:
    gebiete = {"land": land.land.id, "bund": land.bund.id}
    return [
        Amt(slug, name, art, f"{text} (Beispieldaten).", plz, ort, {aufgabe: gebiete[ebene]})
        for slug, name, art, aufgabe, ebene, plz, ort, text in _EINZIGE
    ]


def _verwaltung(gebiet: Flaeche, land: Land) -> Amt:
    """The general administration: of a VG its own body, else that of the Stadt or Gemeinde."""
    kreis = land.kreis(gebiet)
    if gebiet.art == "vg":
        kern = gebiet.name.removeprefix("Verwaltungsgemeinschaft ").removeprefix("VG ")
        name, art = f"Verwaltungsgemeinschaft {kern}", "verwaltungsgemeinschaft"
        text = "Die Verwaltungsgemeinschaft arbeitet für alle ihre Mitgliedsgemeinden"
        ort, plz = gebiet.sitz or kern, gebiet.plz
        synonyme = f"VG {kern}"
    else:
        gemeinde = land.flaechen[gebiet.erfuellt_durch_id or gebiet.id]
        art = "stadtverwaltung" if gemeinde.ist_stadt else "gemeindeverwaltung"
        name = f"{ARTEN[art][0]} {gemeinde.name}"
        text = f"Die {ARTEN[art][0]} ist für {gemeinde.name} zuständig"
        if gebiet.erfuellt_durch_id:
            text = f"Die {ARTEN[art][0]} arbeitet auch für benachbarte Gemeinden"
        ort, plz = gemeinde.name, gemeinde.plz
        synonyme = f"Rathaus {gemeinde.name}"
    aufgaben = {"verwaltung": gebiet.id}
    beziehungen: tuple[tuple[str, str], ...] = ()
    if gebiet.art == "kreisfreie_stadt":
        aufgaben["kreisverwaltung"] = gebiet.id
        beziehungen = FACHAUFSICHT
    return Amt(
        slug=slugify_de(name),
        name=name,
        art=art,
        kurzbeschreibung=f"{text} (Beispieldaten).",
        plz=plz,
        ort=ort,
        aufgaben=aufgaben,
        hauptgebiet_id=gebiet.id,
        synonyme=synonyme,
        beziehungen=beziehungen,
        unterscheidung=kreis.name,
    )


def _landratsaemter(land: Land) -> list[Amt]:
    return [
        Amt(
            slug=slugify_de(f"Landratsamt {kreis.name}"),
            name=f"Landratsamt {kreis.name}",
            art="landratsamt",
            kurzbeschreibung=f"Das Landratsamt arbeitet für den {_landkreis(kreis)} "
            "(Beispieldaten).",
            plz=kreis.plz,
            ort=kreis.sitz or kreis.name,
            aufgaben={"kreisverwaltung": kreis.id},
            hauptgebiet_id=kreis.id,
            synonyme=f"Kreisverwaltung {kreis.name}, {_landkreis(kreis)}",
            beziehungen=FACHAUFSICHT,
            unterscheidung=kreis.ars[:5],
        )
        for kreis in land.of_art("landkreis")
    ]


def _landkreis(kreis: Flaeche) -> str:
    """The Kreis in a sentence: Wartburgkreis, Ilm-Kreis, but Landkreis Gotha."""
    return kreis.name if kreis.name.lower().endswith("kreis") else f"Landkreis {kreis.name}"


def _standesamt(verwaltung: Amt) -> Amt:
    """The registry office of an administration; "VG" tells it from a town of the same name."""
    kern = verwaltung.name.partition(" ")[2]
    if verwaltung.art == "verwaltungsgemeinschaft":
        kern = f"der VG {kern}"
    return Amt(
        slug=slugify_de(f"Standesamt {kern}"),
        name=f"Standesamt {kern}",
        art="standesamt",
        kurzbeschreibung=f"Das Standesamt gehört zur {verwaltung.name} (Beispieldaten).",
        plz=verwaltung.plz,
        ort=verwaltung.ort,
        aufgaben={"standesamt": verwaltung.aufgaben["verwaltung"]},
        uebergeordnet=verwaltung.slug,
        unterscheidung=verwaltung.unterscheidung,
    )


def _jobcenter(verwaltung: Amt, land: Land) -> Amt:
    kreis = land.flaechen[verwaltung.aufgaben["kreisverwaltung"]]
    return Amt(
        slug=slugify_de(f"Jobcenter {kreis.name}"),
        name=f"Jobcenter {kreis.name}",
        art="jobcenter",
        kurzbeschreibung="Das Jobcenter zahlt die Grundsicherung für Arbeitsuchende "
        "(Beispieldaten).",
        plz=verwaltung.plz,
        ort=verwaltung.ort,
        aufgaben={"jobcenter": kreis.id},
        beziehungen=(("gemeinsame_einrichtung", verwaltung.slug),),
        unterscheidung=kreis.ars[:5],
    )


def _bezirksaemter(land: Land) -> list[Amt]:
    aemter = []
    for bezirk in land.bezirke:
        sitz = land.find_ort(bezirk.sitz)
        name = f"{ARTEN[bezirk.art][0]} {bezirk.sitz}"
        slug = slugify_de(name)
        aufgaben = {bezirk.art: bezirk.id}
        if slug == REGISTERGERICHT:
            aufgaben["registergericht"] = land.land.id
        aemter.append(
            Amt(
                slug=slug,
                name=name,
                art=bezirk.art,
                kurzbeschreibung=f"Das {ARTEN[bezirk.art][0]} hat einen eigenen Bezirk "
                "(Beispieldaten).",
                plz=sitz.plz if sitz else land.kreise[0].plz,
                ort=bezirk.sitz,
                aufgaben=aufgaben,
                unterscheidung=str(bezirk.id),
            )
        )
    return aemter


def _unterscheide(aemter: Iterable[Amt]) -> list[Amt]:
    """Give authorities of the same name their Kreis in name and slug."""
    aemter = list(aemter)
    anzahl = Counter(amt.slug for amt in aemter)
    return [
        amt
        if anzahl[amt.slug] == 1
        else replace(
            amt,
            slug=f"{amt.slug}-{slugify_de(amt.unterscheidung)}",
            name=f"{amt.name} ({amt.unterscheidung})",
        )
        for amt in aemter
    ]

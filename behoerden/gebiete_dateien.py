"""Area files (`fixtures/gebiete`, GV100AD) as plain values; nothing is written here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from behoerden.csv_dateien import DateiFehler, Zeile, read_csv
from behoerden.domain.gebietsdaten import (
    GEMEINDE,
    KREISFREIE_STADT,
    LAND_KENNUNG,
    LANDKREIS,
    VERBAENDE,
    GebietDaten,
    Gebietsdaten,
    Kennung,
    NachfolgeDaten,
    PlzDaten,
    SchluesselDaten,
    VersionDaten,
    bund_und_land,
)
from behoerden.domain.gebietsplan import ART_VERZEICHNIS
from behoerden.domain.gv100ad import SatzFehler, build_gebietsdaten, read_saetze
from behoerden.domain.ortsname import fold, namen
from behoerden.domain.ortsteil import build_ortsteile
from behoerden.domain.ortszuordnung import (
    Ortszeile,
    build_verzeichnis,
    certain_places,
    find_successor,
    official_names,
    ortsteile,
)
from behoerden.domain.schluessel import LAND_THUERINGEN, ags_from_ars

EIN_TAG = timedelta(days=1)
SCHLUESSELWECHSEL = "schluesselwechsel"
BELEG_NAME = (
    "Verzeichnis der entfallenen Schlüssel (Destatis); Nachfolger nach dem Namen des Ortes "
    "im Kreis (Gemeindeverzeichnis und GeoNames). Der Tag ist nur auf das Jahr genau."
)
BELEG_OFFEN = (
    "Verzeichnis der entfallenen Schlüssel (Destatis); der Nachfolger ist nicht belegt. "
    "Der Tag ist nur auf das Jahr genau."
)


@dataclass(frozen=True, slots=True)
class _Aenderung:
    """A row of gebietsaenderungen.csv."""

    alt_ags: str
    alt_ars: str
    alt_name: str
    neu_ags: str
    art: str
    wirksam_am: date
    datum_belegt: bool
    sicherheit: str
    beleg: str


def read_gebiete(ordner: Path) -> Gebietsdaten:
    """Return what the files of this folder say, checked and linked.

    Raises:
        DateiFehler: a file is missing or broken, a key is written twice or leads nowhere.
    """
    gebietsstand, plz_stand = _read_stand(ordner)
    aenderungen = list(_read_aenderungen(ordner))
    gebiete = {gebiet.kennung: gebiet for gebiet in bund_und_land()}
    for quelle in (
        _read_kreise(ordner),
        _read_verbaende(ordner),
        _read_gemeinden(ordner, aenderungen),
        _former(aenderungen, ordner),
    ):
        for gebiet, zeile in quelle:
            if gebiet.kennung in gebiete:
                raise zeile.fehler(f"Der Schlüssel {gebiet.kennung.wert} kommt zweimal vor.")
            gebiete[gebiet.kennung] = gebiet
    _check_links(gebiete)
    plz = frozenset(_read_plz(ordner, gebiete))
    verzeichnis = build_verzeichnis(gebiete.values(), plz)
    orte, aufgeloest = list(_read_orte(ordner)), list(_aufgeloeste_orte(aenderungen))
    namen_der_orte = frozenset(ortsteile(orte, verzeichnis, aufgeloest))
    nachfolgen = [_nachfolge(a) for a in aenderungen if a.art != SCHLUESSELWECHSEL]
    for zeile in _read_historisch(ordner):
        kennung = Kennung("ags", zeile.ziffern("ags", 8))
        if kennung in gebiete:
            continue
        gebiete[kennung] = _historic(zeile, gebiete)
        nachfolger = find_successor(kennung.wert, zeile.name("name"), verzeichnis)
        nachfolgen.append(_historic_nachfolge(gebiete[kennung], nachfolger))
    return Gebietsdaten(
        stand=gebietsstand,
        plz_stand=plz_stand,
        gebiete=gebiete,
        nachfolgen=tuple(nachfolgen),
        plz=plz,
        namen=namen_der_orte | frozenset(official_names(gebiete.values())),
        ortsteile=build_ortsteile(
            certain_places(orte, verzeichnis, aufgeloest), nachfolgen, gebiete
        ),
    )


def read_gv100ad(pfad: Path) -> Gebietsdaten:
    """Return what a GV100AD file says about the Land, read line by line.

    Raises:
        DateiFehler: the file is missing, not UTF-8, or a line is broken; names line and reason.
    """
    try:
        with pfad.open(encoding="utf-8", newline="") as datei:
            return build_gebietsdaten(read_saetze(datei, land=LAND_THUERINGEN))
    except FileNotFoundError:
        raise DateiFehler(pfad.name, None, "Die Datei fehlt.") from None
    except UnicodeDecodeError:
        raise DateiFehler(pfad.name, None, "Die Datei ist nicht in UTF-8 geschrieben.") from None
    except SatzFehler as error:
        raise DateiFehler(pfad.name, error.nummer or None, error.grund) from None


def _read_stand(ordner: Path) -> tuple[date, date]:
    try:
        werte = tomllib.loads((ordner / "stand.toml").read_text(encoding="utf-8"))
        return werte["gebietsstand"], werte["plz"]
    except FileNotFoundError:
        raise DateiFehler("stand.toml", None, "Die Datei fehlt.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise DateiFehler("stand.toml", None, f"Die Datei ist unlesbar ({error}).") from None


def _read_kreise(ordner: Path) -> Iterable[tuple[GebietDaten, Zeile]]:
    """Landkreise only: a kreisfreie Stadt is one area and comes with the municipalities."""
    for zeile in read_csv(ordner, "kreise.csv", ("kreis_schluessel", "ars", "name", "art", "sitz")):
        if zeile.wahl("art", (LANDKREIS, KREISFREIE_STADT)) == KREISFREIE_STADT:
            continue
        ars, name = zeile.ziffern("ars", 12), zeile.name("name")
        kreis = SchluesselDaten("kreis", zeile.ziffern("kreis_schluessel", 5))
        version = VersionDaten(
            name, name, LAND_KENNUNG, textkennzeichen="44", sitz=zeile.text("sitz")
        )
        schluessel = (SchluesselDaten("ars", ars), kreis)
        yield GebietDaten(Kennung("ars", ars), LANDKREIS, (version,), schluessel), zeile


def _read_verbaende(ordner: Path) -> Iterable[tuple[GebietDaten, Zeile]]:
    spalten = (
        "ars",
        "name",
        "art",
        "kreis_schluessel",
        "sitz",
        "erfuellt_durch_ars",
        "gueltig_ab",
        "gueltig_bis",
    )
    for zeile in read_csv(ordner, "verbaende.csv", spalten):
        art = zeile.wahl("art", tuple(sorted(VERBAENDE)))
        ars, name = zeile.ziffern("ars", 12), zeile.name("name")
        erfuellt = zeile.ziffern_oder_leer("erfuellt_durch_ars", 12)
        if (art == "vg") == bool(erfuellt):
            raise zeile.fehler("Genau die erfüllende Gemeinde braucht „erfuellt_durch_ars“.")
        ab, bis = zeile.tag("gueltig_ab"), zeile.tag("gueltig_bis")
        version = VersionDaten(
            name,
            name,
            _kreis(zeile.ziffern("kreis_schluessel", 5)),
            erfuellt_durch=Kennung("ags", ags_from_ars(erfuellt)) if erfuellt else None,
            textkennzeichen="54" if art == "vg" else "58",
            sitz=zeile.text("sitz"),
            ab=ab,
            bis=bis,
        )
        schluessel = (SchluesselDaten("ars", ars, ab, bis),)
        yield GebietDaten(Kennung("ars", ars), art, (version,), schluessel, ab, bis), zeile


def _kreis(schluessel: str) -> Kennung:
    return Kennung("ars", f"{schluessel}0000000")


def _read_gemeinden(
    ordner: Path, aenderungen: Iterable[_Aenderung]
) -> Iterable[tuple[GebietDaten, Zeile]]:
    """Living municipalities, with the Verband they had before a change of key."""
    wechsel = {a.alt_ags: a for a in aenderungen if a.art == SCHLUESSELWECHSEL}
    beginn = {a.neu_ags: a.wirksam_am for a in aenderungen if a.art == "neubildung"}
    spalten = (
        "ars",
        "ags",
        "name",
        "amtlicher_name",
        "textkennzeichen",
        "kreis_schluessel",
        "verband_ars",
        "sitz_plz",
        "einwohner",
        "flaeche_ha",
    )
    for zeile in read_csv(ordner, "gemeinden.csv", spalten):
        yield _gemeinde(zeile, wechsel, beginn), zeile


def _gemeinde(zeile: Zeile, wechsel: dict[str, _Aenderung], beginn: dict[str, date]) -> GebietDaten:
    ars, ags = zeile.ziffern("ars", 12), zeile.ziffern("ags", 8)
    if ags != ags_from_ars(ars):
        raise zeile.fehler(f"AGS {ags} und ARS {ars} passen nicht zusammen.")
    kreis = zeile.ziffern("kreis_schluessel", 5)
    kreisfrei = ags.endswith("000")
    verband = zeile.ziffern_oder_leer("verband_ars", 12)
    ab = beginn.get(ags)
    parent = Kennung("ars", verband) if verband else LAND_KENNUNG if kreisfrei else _kreis(kreis)
    aktuell = VersionDaten(
        name=zeile.name("name"),
        amtlicher_name=zeile.name("amtlicher_name"),
        parent=parent,
        textkennzeichen=zeile.text("textkennzeichen"),
        sitz_plz=zeile.ziffern_oder_leer("sitz_plz", 5),
        einwohner=zeile.zahl("einwohner"),
        flaeche_ha=zeile.zahl("flaeche_ha"),
        ab=ab,
    )
    versionen: tuple[VersionDaten, ...] = (aktuell,)
    schluessel: tuple[SchluesselDaten, ...] = (SchluesselDaten("ars", ars, ab),)
    if ags in wechsel:
        tag, alt_ars = wechsel[ags].wirksam_am, wechsel[ags].alt_ars
        versionen = _two_versions(aktuell, alt_ars, tag)
        schluessel = (
            SchluesselDaten("ars", alt_ars, ab, tag - EIN_TAG),
            SchluesselDaten("ars", ars, tag),
        )
    schluessel += (SchluesselDaten("ags", ags, ab),)
    if kreisfrei:
        schluessel += (SchluesselDaten("kreis", kreis),)
    art = KREISFREIE_STADT if kreisfrei else GEMEINDE
    return GebietDaten(Kennung("ags", ags), art, versionen, schluessel, ab)


def _two_versions(aktuell: VersionDaten, alt_ars: str, tag: date) -> tuple[VersionDaten, ...]:
    """The same municipality under its former Verband, and from `tag` on as it is now."""
    frueher = VersionDaten(
        aktuell.name,
        aktuell.amtlicher_name,
        _parent_from_ars(alt_ars),
        textkennzeichen=aktuell.textkennzeichen,
        ab=aktuell.ab,
        bis=tag - EIN_TAG,
    )
    return frueher, VersionDaten(
        aktuell.name,
        aktuell.amtlicher_name,
        aktuell.parent,
        textkennzeichen=aktuell.textkennzeichen,
        sitz_plz=aktuell.sitz_plz,
        einwohner=aktuell.einwohner,
        flaeche_ha=aktuell.flaeche_ha,
        ab=tag,
    )


def _parent_from_ars(ars: str) -> Kennung:
    """Return the Verband named in the key, or the Kreis: a 0 at its head is verbandsfrei."""
    return Kennung("ars", ars[:9] + "000") if ars[5] == "5" else _kreis(ars[:5])


def _read_aenderungen(ordner: Path) -> Iterable[_Aenderung]:
    spalten = (
        "alt_ags",
        "alt_ars",
        "alt_name",
        "neu_ags",
        "art",
        "wirksam_am",
        "datum_belegt",
        "sicherheit",
        "beleg",
    )
    for zeile in read_csv(ordner, "gebietsaenderungen.csv", spalten):
        tag = zeile.tag("wirksam_am")
        if tag is None:
            raise zeile.fehler("„wirksam_am“ ist leer.")
        yield _Aenderung(
            alt_ags=zeile.ziffern("alt_ags", 8),
            alt_ars=zeile.ziffern("alt_ars", 12),
            alt_name=zeile.name("alt_name"),
            neu_ags=zeile.ziffern_oder_leer("neu_ags", 8),
            art=zeile.wahl(
                "art", ("eingliederung", "neubildung", "umgliederung", "teilung", SCHLUESSELWECHSEL)
            ),
            wirksam_am=tag,
            datum_belegt=zeile.wahl("datum_belegt", ("ja", "nein")) == "ja",
            sicherheit=zeile.wahl("sicherheit", ("hoch", "mittel", "offen")),
            beleg=zeile.text("beleg"),
        )


def _former(aenderungen: Iterable[_Aenderung], ordner: Path) -> Iterable[tuple[GebietDaten, Zeile]]:
    """Municipalities that a change dissolved, with their last Verband and keys."""
    zeile = Zeile("gebietsaenderungen.csv", 0, {})
    for a in aenderungen:
        if a.art == SCHLUESSELWECHSEL:
            continue
        bis = a.wirksam_am - EIN_TAG
        version = VersionDaten(
            a.alt_name.removesuffix(", Stadt"), a.alt_name, _parent_from_ars(a.alt_ars), bis=bis
        )
        schluessel = (
            SchluesselDaten("ars", a.alt_ars, bis=bis),
            SchluesselDaten("ags", a.alt_ags, bis=bis),
        )
        kennung = Kennung("ags", a.alt_ags)
        yield GebietDaten(kennung, GEMEINDE, (version,), schluessel, bis=bis), zeile


def _nachfolge(a: _Aenderung) -> NachfolgeDaten:
    return NachfolgeDaten(
        vorgaenger=Kennung("ags", a.alt_ags),
        nachfolger=Kennung("ags", a.neu_ags) if a.neu_ags else None,
        wirksam_am=a.wirksam_am,
        datum_belegt=a.datum_belegt,
        art=a.art,
        sicherheit=a.sicherheit,
        beleg=a.beleg,
    )


def _aufgeloeste_orte(aenderungen: Iterable[_Aenderung]) -> Iterable[tuple[str, str]]:
    for a in aenderungen:
        if a.art != SCHLUESSELWECHSEL:
            for name in namen(a.alt_name):
                for kreis in {a.alt_ags[:5], a.neu_ags[:5] or a.alt_ags[:5]}:
                    yield kreis, fold(name).ae


def _read_historisch(ordner: Path) -> Iterable[Zeile]:
    return read_csv(ordner, "schluessel_historisch.csv", ("ags", "name", "zuletzt_im_gv_31_12"))


def _historic(zeile: Zeile, gebiete: dict[Kennung, GebietDaten]) -> GebietDaten:
    """An older municipality, of which only key, name and last year in the register are known."""
    ags, amtlich = zeile.ziffern("ags", 8), zeile.name("name")
    bis = date(int(zeile.ziffern("zuletzt_im_gv_31_12", 4)), 12, 31)
    kreis = _kreis(ags[:5])
    bekannt = kreis in gebiete
    version = VersionDaten(
        amtlich.removesuffix(", Stadt"), amtlich, kreis if bekannt else LAND_KENNUNG, bis=bis
    )
    schluessel = (SchluesselDaten("ags", ags, bis=bis),)
    art = GEMEINDE if bekannt else KREISFREIE_STADT
    return GebietDaten(Kennung("ags", ags), art, (version,), schluessel, bis=bis)


def _historic_nachfolge(gebiet: GebietDaten, nachfolger: Kennung | None) -> NachfolgeDaten:
    return NachfolgeDaten(
        vorgaenger=gebiet.kennung,
        nachfolger=nachfolger,
        wirksam_am=(gebiet.bis or date.min) + EIN_TAG,
        datum_belegt=False,
        art=ART_VERZEICHNIS,
        sicherheit="mittel" if nachfolger else "offen",
        beleg=BELEG_NAME if nachfolger else BELEG_OFFEN,
    )


def _read_plz(ordner: Path, gebiete: dict[Kennung, GebietDaten]) -> Iterable[PlzDaten]:
    for zeile in read_csv(ordner, "plz_gemeinden_odbl.csv", ("plz", "ags")):
        kennung = Kennung("ags", zeile.ziffern("ags", 8))
        if kennung not in gebiete:
            raise zeile.fehler(f"Zur AGS {kennung.wert} gibt es keine Gemeinde.")
        yield PlzDaten(zeile.ziffern("plz", 5), kennung)


def _read_orte(ordner: Path) -> Iterable[Ortszeile]:
    for zeile in read_csv(ordner, "orte_geonames.csv", ("plz", "ort", "kreis_schluessel")):
        yield Ortszeile(
            zeile.ziffern("plz", 5), zeile.name("ort"), zeile.ziffern("kreis_schluessel", 5)
        )


def _check_links(gebiete: dict[Kennung, GebietDaten]) -> None:
    for gebiet in gebiete.values():
        for version in gebiet.versionen:
            for ziel in (version.parent, version.erfuellt_durch):
                if ziel is not None and ziel not in gebiete:
                    raise DateiFehler(
                        "Gebietsdateien",
                        None,
                        f"{gebiet.name} ({gebiet.kennung.wert}) verweist auf {ziel.wert}, "
                        "und dieses Gebiet gibt es nicht.",
                    )

"""Word lists of the generated texts; made up here, so no licence but our own applies."""

from __future__ import annotations

OBJEKTE = (
    "Abfallbehälter", "Abwasseranschluss", "Anglerkarte", "Anwohnerparkausweis",
    "Ausnahme vom Fahrverbot", "Ausstellungsfläche", "Bauantrag", "Baumfällung",
    "Baustellenschild", "Beglaubigung", "Beihilfe", "Betriebserlaubnis", "Bewohnerkarte",
    "Bibliotheksausweis", "Bienenhaltung", "Brandschutzprüfung", "Brauchtumsfeuer",
    "Brunnenbohrung", "Denkmalförderung", "Eheurkunde", "Einbürgerung", "Einfuhr von Tieren",
    "Einschulung", "Elternbeitrag", "Erbschein", "Fahrgastschein", "Fahrerkarte",
    "Ferienbetreuung", "Feuerwerk", "Firmensitz", "Fischereiabgabe", "Flurstück", "Fördermittel",
    "Fundsache", "Gartenfest", "Gaststätte", "Gefahrgut", "Gehwegreinigung", "Genossenschaft",
    "Geschwindigkeitsmessung", "Gewerbe", "Grabstelle", "Grundsteuer", "Halteverbot",
    "Handwerksrolle", "Hausanschluss", "Hausnummer", "Heizkostenhilfe", "Hundehaltung",
    "Jagdschein", "Jugendgruppe", "Kampfmittelprüfung", "Kanalanschluss", "Katasterauszug",
    "Kindertagespflege", "Kleinkläranlage", "Kompostplatz", "Kurzzeitpflege", "Ladestation",
    "Lagerfeuer", "Lehrgang", "Lernmittel", "Leihfrist", "Lichtbildausweis", "Marktstand",
    "Meldebescheinigung", "Mietspiegel", "Musikschule", "Nachtarbeit", "Namensänderung",
    "Notfallplan", "Obstbaumpflanzung", "Parkerleichterung", "Personenbeförderung", "Pflegegrad",
    "Photovoltaikanlage", "Plakatierung", "Prüfbescheinigung", "Regenwasserversickerung",
    "Reisegewerbe", "Sammlung", "Schankerlaubnis", "Schülerbeförderung", "Schwimmhalle",
    "Sondernutzung", "Sperrmüll", "Sportanlage", "Spielgerät", "Stellplatz", "Steuerbescheid",
    "Straßenfest", "Tagespflege", "Taxikonzession", "Tierbestand", "Trinkwasserprobe",
    "Umweltplakette", "Vereinsregister", "Verkehrszeichen", "Versammlung", "Waldumwandlung",
    "Wanderweg", "Wasserentnahme", "Weihnachtsmarkt", "Wohnberechtigung", "Zeugnis",
    "Zirkusgastspiel", "Zuschuss", "Zweitwohnung",
)  # fmt: skip
VERBEN = (
    "anmelden", "abmelden", "ändern", "beantragen", "verlängern", "anzeigen", "ersetzen",
    "prüfen lassen", "bestätigen lassen", "übertragen", "zurückgeben", "ruhen lassen",
)  # fmt: skip
ZUSAETZE = (
    "", "für Betriebe", "für Vereine", "für Familien", "für Schulen", "für Auszubildende",
    "nach einem Umzug", "nach einem Todesfall", "bei Verlust", "für das laufende Jahr",
)  # fmt: skip
THEMEN = (
    "Abfall und Umwelt", "Arbeit", "Ausweise", "Bauen", "Bildung", "Familie", "Freizeit",
    "Gesundheit", "Gewerbe", "Hilfe im Alltag", "Kultur", "Land und Forst", "Steuern", "Tiere",
    "Veranstaltungen", "Verkehr", "Vereine", "Wasser", "Wohnen",
)  # fmt: skip
FAECHER = (
    "Bürgerbüro", "Ordnungsamt", "Bauamt", "Amt für Soziales", "Umweltamt", "Jugendamt",
    "Schulamt", "Kämmerei", "Gewerbeamt", "Straßenverkehrsamt", "Gesundheitsamt", "Kulturamt",
    "Hauptamt", "Liegenschaftsamt",
)  # fmt: skip
UNTERLAGEN = (
    "Personalausweis oder Reisepass", "ausgefüllter Antrag", "Nachweis über den Wohnsitz",
    "Lageplan im Maßstab 1:500", "letzter Bescheid", "Vollmacht, wenn Sie jemanden vertreten",
    "Nachweis über das Einkommen der letzten drei Monate", "Auszug aus dem Register",
    "Kopie des Mietvertrags", "aktuelles Lichtbild", "Bestätigung der Versicherung",
    "Einverständnis der Nachbarn", "Bescheinigung der Schule", "Skizze der Fläche",
    "Kontonummer für die Auszahlung", "Nachweis der Fachkunde",
)  # fmt: skip
SAETZE = (
    "{objekt} {verb}: Das erledigen Sie bei der Verwaltung an Ihrem Wohnort.",
    "Wenn Sie {objekt} {verb} möchten, brauchen Sie dafür in der Regel einen Antrag.",
    "Der Antrag ist formlos möglich, ein Vordruck erleichtert aber die Bearbeitung.",
    "Die Verwaltung prüft Ihre Angaben und meldet sich, wenn etwas fehlt.",
    "In einfachen Fällen erhalten Sie die Entscheidung sofort.",
    "Liegen alle Unterlagen vor, dauert die Prüfung meist nicht länger als {tage} Tage.",
    "Ändern sich Ihre Verhältnisse, teilen Sie das bitte innerhalb von {tage} Tagen mit.",
    "Eine Vertretung ist möglich, wenn sie eine schriftliche Vollmacht vorlegt.",
    "Für Minderjährige handeln die Eltern gemeinsam.",
    "Ein persönlicher Termin ist nur nötig, wenn eine Unterschrift geleistet werden muss.",
    "Über die Höhe entscheidet die Stelle nach der Satzung Ihrer Gemeinde.",
    "Die Genehmigung gilt {jahre} Jahre und kann danach verlängert werden.",
    "Ohne Genehmigung darf mit dem Vorhaben nicht begonnen werden.",
    "Wer dagegen verstößt, muss mit einem Bußgeld rechnen.",
    "Auskünfte über andere Personen erteilt die Behörde nur mit deren Zustimmung.",
    "Die Daten werden nach Abschluss des Verfahrens {jahre} Jahre aufbewahrt.",
    "Bei größeren Vorhaben werden auch die Nachbargemeinden beteiligt.",
    "Fragen beantwortet die Behörde vorab gern am Telefon.",
    "Ist der Bescheid fehlerhaft, können Sie seine Berichtigung verlangen.",
    "Die Zahlung ist bar, mit Karte oder per Überweisung möglich.",
    "Bringen Sie bitte {unterlage} mit.",
    "Wird der Antrag abgelehnt, erfahren Sie schriftlich den Grund.",
)  # fmt: skip
SCHRITTE = (
    "Sie stellen den Antrag schriftlich oder vor Ort.",
    "Die Behörde prüft, ob alle Unterlagen vollständig sind.",
    "Fehlt etwas, erhalten Sie eine Nachricht mit einer Frist von {tage} Tagen.",
    "Die Behörde beteiligt, wenn nötig, weitere Stellen.",
    "Sie bezahlen die Gebühr.",
    "Sie erhalten den Bescheid mit der Post.",
    "Sie holen das Dokument ab und bestätigen den Empfang.",
)  # fmt: skip
GESETZE = (
    "§ {para} Thüringer Verwaltungsverfahrensgesetz (ThürVwVfG)",
    "§ {para} Thüringer Kommunalordnung (ThürKO)",
    "§ {para} Gewerbeordnung (GewO)",
    "§ {para} Sozialgesetzbuch Zehntes Buch (SGB X)",
    "§ {para} Thüringer Bauordnung (ThürBO)",
)  # fmt: skip

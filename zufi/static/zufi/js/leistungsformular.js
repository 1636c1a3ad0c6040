/* Edit form of a Leistung: counters, sentences of rows, findings while typing, jumps, late editors.
   Without script the form saves as well; findings and sentences are those of the last load. */
(() => {
  "use strict";

  const PAUSE_SATZ = 300;
  const PAUSE_PRUEFEN = 600; // with the answer within a second of the last key
  const NOCH = 20; // so many characters left are announced

  const form = () => document.querySelector("form[data-edit-form]");
  const csrf = () => form()?.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  const frage = async (url, daten, signal) => {
    const antwort = await fetch(url, {
      method: "POST",
      body: daten,
      signal,
      headers: { Accept: "application/json", "X-CSRFToken": csrf() },
    });
    const json = await antwort.json().catch(() => ({}));
    return antwort.ok ? json : { fehler: json.fehler || "Das hat nicht geklappt." };
  };

  const nach = (pause, tu) => {
    let uhr = 0;
    return (...werte) => {
      window.clearTimeout(uhr);
      uhr = window.setTimeout(() => tu(...werte), pause);
    };
  };

  /* ---- counters ---------------------------------------------------------------------------- */
  const laenge = (feld) => {
    if (!feld.hasAttribute("data-draftail-input")) return feld.value.trim().length;
    const bereich = feld.parentElement.querySelector("[contenteditable='true']");
    return bereich ? bereich.innerText.trim().length : 0;
  };

  const zaehle = (zaehler) => {
    const feld = zaehler.closest("[data-field]")?.querySelector("input, textarea");
    if (!feld) return;
    const grenze = Number(zaehler.dataset.lfZaehler);
    const zeichen = laenge(feld);
    const rest = grenze - zeichen;
    zaehler.textContent = `${zeichen} von ${grenze} Zeichen`;
    zaehler.classList.toggle("lf-zaehler--lang", rest < 0);
    const knapp = rest < 0 ? "lang" : rest <= NOCH ? "knapp" : "";
    if (zaehler.dataset.stand !== undefined && zaehler.dataset.stand !== knapp) {
      if (knapp === "knapp") melde(`Noch ${rest} Zeichen.`);
      if (knapp === "lang") melde(`${-rest} Zeichen mehr als gut lesbar.`);
    }
    zaehler.dataset.stand = knapp;
  };

  const melde = (text) => {
    const ort = document.querySelector("[data-lf-gemeldet]");
    if (ort) ort.textContent = text;
  };

  /* ---- the sentence of a row ----------------------------------------------------------------- */
  const zeigeSatz = async (satz) => {
    const url = document.querySelector("[data-lf-satz-url]")?.dataset.lfSatzUrl;
    const zeile = satz.closest("[data-inline-panel-child]");
    if (!url || !zeile) return;
    // A row that was added carries the number Wagtail gave it, its template does not.
    const feld = zeile.querySelector("input[name$='-uuid']");
    const praefix = feld ? feld.name.replace(/-uuid$/, "") : satz.dataset.lfFormular;
    const daten = new FormData();
    daten.set("relation", satz.dataset.lfSatz);
    daten.set("formular", praefix);
    zeile.querySelectorAll("input[name], select[name], textarea[name]").forEach((eingabe) => {
      if ((eingabe.type === "checkbox" || eingabe.type === "radio") && !eingabe.checked) return;
      if (eingabe.type !== "file") daten.append(eingabe.name, eingabe.value);
    });
    const nummer = String(Number(satz.dataset.nummer || 0) + 1);
    satz.dataset.nummer = nummer;
    const antwort = await frage(url, daten).catch(() => null);
    if (!antwort || satz.dataset.nummer !== nummer) return; // a newer question is under way
    satz.querySelector(".lf-satz__text").textContent = antwort.satz || "–";
    let fehler = satz.querySelector(".lf-satz__fehler");
    if (!fehler) {
      fehler = document.createElement("span");
      fehler.className = "lf-satz__fehler";
      satz.append(fehler);
    }
    fehler.textContent = antwort.fehler || "";
  };
  const spaeterSatz = new WeakMap();
  const satzVon = (ziel) => {
    const satz = ziel.closest?.("[data-inline-panel-child]")?.querySelector("[data-lf-satz]");
    if (!satz) return;
    if (!spaeterSatz.has(satz)) spaeterSatz.set(satz, nach(PAUSE_SATZ, zeigeSatz));
    spaeterSatz.get(satz)(satz);
  };

  /* ---- findings ------------------------------------------------------------------------------ */
  let laufend = null;
  const pruefe = async () => {
    const panel = document.querySelector("[data-lf-pruefen]");
    if (!panel || !form()) return;
    if (panel.contains(document.activeElement) && document.activeElement.matches("input")) {
      spaeterPruefen(); // somebody writes a reason: nothing may move under the fingers
      return;
    }
    laufend?.abort();
    laufend = new AbortController();
    const daten = new FormData(form());
    [...daten.keys()].filter((name) => name.startsWith("passt-so")).forEach((name) => daten.delete(name));
    const antwort = await frage(panel.dataset.lfPruefen, daten, laufend.signal).catch(() => null);
    if (!antwort?.html) return;
    const ort = panel.querySelector("[data-lf-befunde]");
    if (ort.contains(document.activeElement) && document.activeElement.matches("input")) return;
    ort.innerHTML = antwort.html;
    fasseZusammen(antwort.zusammenfassung);
  };
  const spaeterPruefen = nach(PAUSE_PRUEFEN, pruefe);

  const fasseZusammen = (text) => {
    document.querySelectorAll("[data-lf-zusammenfassung]").forEach((ort) => {
      if (ort.textContent !== text) {
        ort.textContent = text;
        melde(text);
      }
    });
  };

  const passtSo = async (knopf) => {
    const panel = knopf.closest("[data-lf-pruefen]");
    const daten = new FormData();
    daten.set("passt-so", knopf.value);
    knopf.closest("li").querySelectorAll("input[name^='passt-so']").forEach((eingabe) => {
      daten.set(eingabe.name, eingabe.value);
    });
    const antwort = await frage(knopf.getAttribute("formaction"), daten);
    const fehler = knopf.parentElement.querySelector(".lf-passt__fehler");
    if (antwort.fehler) {
      if (fehler) fehler.textContent = antwort.fehler;
      return;
    }
    knopf.blur();
    await pruefe();
    panel.querySelector(".lf-zusammenfassung")?.setAttribute("tabindex", "-1");
    panel.querySelector(".lf-zusammenfassung")?.focus();
  };

  /* ---- jumps --------------------------------------------------------------------------------- */
  const oeffne = (ziel) => {
    const tafel = ziel.closest("[role=tabpanel]");
    if (tafel?.hidden) document.querySelector(`[role=tab][href="#${CSS.escape(tafel.id)}"]`)?.click();
    for (let ort = ziel; ort; ort = ort.parentElement?.closest("details")) {
      if (ort.matches?.("details")) ort.open = true;
    }
    const zu = ziel.closest("[data-panel]")?.querySelector("[data-panel-toggle][aria-expanded=false]");
    zu?.click();
  };

  const textstelle = (bereich, zitat) => {
    const gang = document.createTreeWalker(bereich, NodeFilter.SHOW_TEXT);
    for (let knoten = gang.nextNode(); knoten; knoten = gang.nextNode()) {
      const stelle = knoten.data.indexOf(zitat);
      if (stelle < 0) continue;
      const auswahl = document.createRange();
      auswahl.setStart(knoten, stelle);
      auswahl.setEnd(knoten, stelle + zitat.length);
      return auswahl;
    }
    return null;
  };

  const markiere = (feld, zitat) => {
    if (!feld.hasAttribute("data-draftail-input")) {
      feld.focus();
      const stelle = zitat ? feld.value.indexOf(zitat) : -1;
      if (stelle >= 0) feld.setSelectionRange?.(stelle, stelle + zitat.length);
      return;
    }
    const versuche = (rest) => {
      const bereich = feld.closest("[data-field-input]")?.querySelector("[contenteditable='true']");
      if (!bereich) {
        if (rest) window.setTimeout(() => versuche(rest - 1), 100); // a late editor is starting
        return;
      }
      bereich.focus();
      const stelle = zitat && textstelle(bereich, zitat);
      if (!stelle) return;
      const auswahl = window.getSelection();
      auswahl.removeAllRanges();
      auswahl.addRange(stelle);
      stelle.startContainer.parentElement.scrollIntoView({ block: "center" });
    };
    versuche(20);
  };

  // A tab shows its panel a moment after the click; what is hidden takes no focus.
  const wennSichtbar = (ziel, tu, rest = 20) => {
    if (ziel.getClientRects().length || !rest) tu();
    else window.setTimeout(() => wennSichtbar(ziel, tu, rest - 1), 50);
  };

  const springe = (name, zeile, zitat) => {
    const marke = zeile && document.querySelector(`[data-lf-zeile="${CSS.escape(zeile)}"]`);
    if (marke) {
      const kasten = marke.closest("[data-inline-panel-child]");
      const felder = [...kasten.querySelectorAll("input:not([type=hidden]), textarea, select")];
      const ziel = (zitat && felder.find((feld) => feld.value?.includes?.(zitat))) || felder[0];
      oeffne(ziel || marke);
      wennSichtbar(kasten, () => {
        kasten.scrollIntoView({ block: "center" });
        if (ziel) markiere(ziel, zitat);
      });
      return;
    }
    const ort = document.querySelector(
      `form[data-edit-form] [name="${CSS.escape(name)}"], #id_${CSS.escape(name)}-ADD, #id_${CSS.escape(name)}`,
    );
    if (!ort) return;
    const bedienbar = "input, select, textarea, button, [tabindex]";
    const feld = ort.matches(bedienbar) ? ort : ort.querySelector(bedienbar) || ort;
    oeffne(feld);
    const rahmen = feld.closest("[data-field]") || feld;
    wennSichtbar(rahmen, () => {
      rahmen.scrollIntoView({ block: "center" });
      if (feld.type === "hidden" && !feld.hasAttribute("data-draftail-input")) {
        feld.closest("[data-field-input]")?.querySelector("button, a, input:not([type=hidden])")?.focus();
      } else markiere(feld, zitat);
    });
  };

  /* ---- editors that start when their fold is opened ------------------------------------------ */
  const starte = (falte) => {
    falte.querySelectorAll("[data-lf-spaeter]").forEach((feld) => {
      feld.setAttribute("data-controller", feld.dataset.lfSpaeter);
      feld.removeAttribute("data-lf-spaeter");
    });
  };

  /* ---- place of the preview ------------------------------------------------------------------ */
  const zeigeOrt = async (formular) => {
    const meldung = formular.querySelector("[role=status]");
    const antwort = await frage(formular.getAttribute("action"), new FormData(formular));
    meldung.textContent = antwort.fehler || `Die Vorschau zeigt ${antwort.ort}.`;
    if (antwort.fehler) return;
    formular.querySelector("[name=ort]").value = antwort.ort;
    const modus = document.getElementById("id_preview_mode");
    if (!modus) return;
    if (!["ort", "treffer", "druck"].includes(modus.value)) modus.value = "ort";
    modus.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* ---- listeners ----------------------------------------------------------------------------- */
  const geaendert = (event) => {
    if (!form()?.contains(event.target) || event.target.closest("[data-lf-pruefen]")) return;
    event.target
      .closest("[data-field]")
      ?.querySelectorAll("[data-lf-zaehler]")
      .forEach(zaehle);
    satzVon(event.target);
    spaeterPruefen();
  };
  document.addEventListener("input", geaendert);
  document.addEventListener("change", geaendert);
  document.addEventListener("keyup", (event) => {
    if (event.target.isContentEditable) geaendert(event); // Draft.js tells nobody else
  });
  document.addEventListener("w-formset:added", spaeterPruefen);
  document.addEventListener("w-formset:removed", spaeterPruefen);
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.open && event.target.querySelector?.("[data-lf-spaeter]")) starte(event.target);
    },
    true,
  );
  document.addEventListener("click", (event) => {
    const passt = event.target.closest("[data-lf-passt]");
    if (passt) {
      event.preventDefault();
      passtSo(passt);
      return;
    }
    const sprung = event.target.closest("[data-lf-springe], [data-lf-springe-zeile]");
    if (sprung) {
      event.preventDefault();
      springe(sprung.dataset.lfSpringe || "", sprung.dataset.lfSpringeZeile || "", sprung.dataset.lfZitat || "");
      return;
    }
    if (event.target.closest("[data-lf-zum-pruefen]")) {
      event.preventDefault();
      const panel = document.getElementById("lf-pruefen");
      if (!panel) return;
      oeffne(panel);
      wennSichtbar(panel, () => {
        panel.scrollIntoView({ block: "start" });
        panel.querySelector("a, button, summary")?.focus();
      });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-lf-grund]")) return;
    event.preventDefault(); // Enter would send the whole form
    event.target.closest("details").querySelector("[data-lf-passt]").click();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-lf-vorschau-ort]")) return;
    event.preventDefault();
    zeigeOrt(event.target);
  });

  const beginne = () => {
    document.querySelectorAll("[data-lf-zaehler]").forEach(zaehle);
    document.querySelectorAll("details[open]").forEach(starte);
    const text = document.querySelector(".lf-zusammenfassung")?.textContent.trim();
    if (text) {
      document.querySelectorAll("[data-lf-zusammenfassung]").forEach((ort) => {
        ort.textContent = text;
      });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", beginne);
  else beginne();
})();

/* Opens Wagtail's dialogue for several objects and ticks what was chosen.
   Without script the field for names does the same when the form is sent. */
(() => {
  "use strict";

  const add = (widget, item) => {
    const liste = widget.querySelector("[data-gewaehlt]");
    const vorhanden = liste.querySelector(`input[value="${CSS.escape(String(item.id))}"]`);
    if (vorhanden) {
      vorhanden.checked = true;
      return;
    }
    const zeile = document.createElement("li");
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.name = widget.dataset.name;
    box.value = item.id;
    box.checked = true;
    label.append(box, ` ${item.title || item.string}`);
    zeile.append(label);
    liste.append(zeile);
  };

  const open = (widget) => {
    window.ModalWorkflow({
      url: widget.dataset.dialog,
      urlParams: { multiple: 1 },
      onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        chosen: (items) => {
          items.forEach((item) => add(widget, item));
          widget.querySelector("[data-leer]").hidden = true;
          widget.querySelector("[data-gemeldet]").textContent = `${items.length} hinzugefügt.`;
          widget.dispatchEvent(new Event("change", { bubbles: true }));
        },
      },
    });
  };

  document.addEventListener("click", (event) => {
    const knopf = event.target.closest("[data-mehrfachauswahl-oeffnen]");
    if (knopf) open(knopf.closest("[data-mehrfachauswahl]"));
  });

  const zeigeKnoepfe = () =>
    document.querySelectorAll("[data-mehrfachauswahl-oeffnen]").forEach((knopf) => {
      knopf.hidden = false;
    });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", zeigeKnoepfe);
  else zeigeKnoepfe();
})();

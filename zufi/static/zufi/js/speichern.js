/* One form never overtakes itself. After an autosave the form knows that it stands on what was just
   stored, a manual save waits for the autosave under way, and none starts after it. Otherwise the
   server would take the form's own autosave for somebody else's save (zufi.common.admin).
   Without script there is no autosave. */
(() => {
  "use strict";

  const GEDULD = 5000; // an autosave that never answers does not hold the editor up
  let laeuft = false;
  let sendet = false;
  let weiter = null;

  const fertig = () => {
    laeuft = false;
    const tu = weiter;
    weiter = null;
    tu?.();
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (sendet) event.preventDefault();
    else laeuft = true;
  });
  document.addEventListener("w-autosave:success", (event) => {
    const { revision_id: id, revision_created_at: am } = event.detail?.data || {};
    const felder = document.querySelector("form[data-edit-form]")?.elements;
    if (id && am && felder?.loaded_revision_id) {
      felder.loaded_revision_id.value = id;
      felder.loaded_revision_created_at.value = am;
    }
    fertig();
  });
  document.addEventListener("w-autosave:error", fertig);
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!form.matches("form[data-edit-form]") || event.defaultPrevented) return;
      if (!laeuft) {
        sendet = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (weiter) return;
      const knopf = event.submitter;
      if (knopf?.name) {
        // The button is disabled by now, and what is disabled is not sent.
        const wert = document.createElement("input");
        wert.type = "hidden";
        wert.name = knopf.name;
        wert.value = knopf.value;
        form.append(wert);
      }
      weiter = () => {
        sendet = true;
        form.requestSubmit();
      };
      window.setTimeout(fertig, GEDULD);
    },
    true,
  );
})();

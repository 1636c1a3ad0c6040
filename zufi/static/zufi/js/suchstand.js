/* Marks beside objects that say "wartet" look again until they are in the search. Convenience only. */
(function () {
  "use strict";
  const url = document.currentScript.dataset.suchstandUrl;
  const PAUSE = 2000;
  const MAX = 150;
  let tries = 0;

  function waiting() {
    return Array.from(document.querySelectorAll('[data-suchstand][data-zustand="wartet"]'));
  }

  function show(mark, state) {
    mark.classList.remove("zf-suchstand--" + mark.dataset.zustand);
    mark.classList.add("zf-suchstand--" + state.zustand);
    mark.dataset.zustand = state.zustand;
    mark.querySelector("[data-suchstand-text]").textContent = state.text;
    mark.querySelector("[data-suchstand-hinweis]").textContent = state.hinweis;
  }

  async function look() {
    const marks = waiting();
    if (marks.length && !document.hidden && tries < MAX) {
      tries += 1;
      const names = marks.map((mark) => mark.dataset.suchstand).join(",");
      try {
        const answer = await fetch(url + "?o=" + encodeURIComponent(names));
        if (answer.ok) {
          const states = await answer.json();
          marks.forEach((mark) => states[mark.dataset.suchstand] && show(mark, states[mark.dataset.suchstand]));
        }
      } catch (error) {
        /* Away for a moment: the next look comes. */
      }
    }
    if (!marks.length) tries = 0;
    window.setTimeout(look, PAUSE);
  }

  window.setTimeout(look, PAUSE);
})();

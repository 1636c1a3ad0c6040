/* The report "Suche" refreshes its content in place. Without this script a reload does the same. */
(function () {
  "use strict";
  const frame = document.querySelector("[data-stand]");
  if (!frame) return;
  const QUICK = 2000;
  const CALM = 10000;

  function isInUse() {
    const active = document.activeElement;
    return frame.contains(active) && active !== document.body;
  }

  function replace(html) {
    const open = Array.from(frame.querySelectorAll("details[open][id]"), (details) => details.id);
    frame.innerHTML = html;
    open.forEach((id) => {
      const details = document.getElementById(id);
      if (details) details.open = true;
    });
  }

  async function refresh() {
    if (!document.hidden && !isInUse()) {
      try {
        const answer = await fetch(frame.dataset.standUrl);
        if (answer.ok && !isInUse()) replace(await answer.text());
      } catch (error) {
        /* Away for a moment: the next look comes. */
      }
    }
    plan();
  }

  function plan() {
    const moving = frame.querySelector('[data-bewegt="ja"]');
    window.setTimeout(refresh, moving ? QUICK : CALM);
  }

  plan();
})();

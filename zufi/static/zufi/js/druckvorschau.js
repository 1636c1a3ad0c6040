/* Preview "Druck": what the style sheet says about paper holds on the screen, so that nothing has
   to be written twice. Without script the preview is the page on the screen. */
(() => {
  "use strict";

  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText === "print") {
        rule.media.mediaText = "all";
      }
    }
  }
  document.querySelectorAll("details").forEach((details) => {
    details.open = true;
  });
  document.documentElement.dataset.druck = "";
})();

// Editable combobox, list autocomplete with manual selection (ARIA APG).
// Enhances <input data-vorschlaege="ort|leistung">; without it the form works as it stands.
(() => {
  const MIN = 2, MIN_DIGITS = 3, WAIT = 150;
  document.querySelectorAll('input[data-vorschlaege]').forEach((input) => {
    const kind = input.dataset.vorschlaege, id = `${input.id}-lb`;
    const status = document.getElementById('vorschlag-status'); // <div role="status" class="kern-sr-only">
    const key = document.getElementById(`${input.id}-ars`); // optional hidden field
    const box = Object.assign(document.createElement('ul'), { id, className: 'zf-lb', hidden: true });
    box.setAttribute('role', 'listbox');
    box.setAttribute('aria-label', kind === 'ort' ? 'Vorschläge für Orte' : 'Vorschläge für Leistungen');
    input.after(box);
    for (const [k, v] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
      'aria-controls': id, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    })) input.setAttribute(k, v);
    let items = [], active = -1, timer = 0, ctrl;

    const show = (open) => {
      box.hidden = !open;
      input.setAttribute('aria-expanded', String(open));
      if (!open) mark(-1);
    };
    const mark = (i) => {
      active = i;
      [...box.children].forEach((o, n) => o.setAttribute('aria-selected', String(n === i)));
      if (i < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', box.children[i].id);
      box.children[i].scrollIntoView({ block: 'nearest' });
      // Announced here as well: VoiceOver with Safari ignores aria-activedescendant.
      status.textContent = [items[i].label, items[i].hint, `${i + 1} von ${items.length}`].filter(Boolean).join(', ');
    };
    const choose = (i) => {
      input.value = items[i].value;
      if (key) key.value = items[i].ars || '';
      show(false);
      status.textContent = `${items[i].label} ausgewählt`;
    };
    const option = (it, i) => {
      const li = Object.assign(document.createElement('li'), { id: `${id}-${i}`, textContent: it.label });
      li.setAttribute('role', 'option');
      li.setAttribute('aria-selected', 'false');
      if (it.hint) {
        li.append(
          Object.assign(document.createElement('span'), { className: 'kern-sr-only', textContent: ', ' }),
          Object.assign(document.createElement('small'), { textContent: it.hint }),
        );
      }
      li.addEventListener('mousedown', (e) => { e.preventDefault(); choose(i); });
      return li;
    };
    const render = () => {
      box.replaceChildren(...items.map(option));
      active = -1;
      show(items.length > 0);
      const noun = items.length === 1 ? 'Vorschlag' : 'Vorschläge';
      status.textContent = items.length ? `${items.length} ${noun}, mit Pfeiltasten wählen` : 'Keine Vorschläge';
    };
    const load = async () => {
      ctrl?.abort();
      ctrl = new AbortController();
      try {
        const r = await fetch(`/vorschlaege/?art=${kind}&q=${encodeURIComponent(input.value)}`, { signal: ctrl.signal });
        if (!r.ok) return show(false);
        const data = await r.json();
        // The person may have left the field meanwhile: a list must not open behind them.
        if (document.activeElement === input) { items = data.items; render(); }
      } catch (e) {
        if (e.name !== 'AbortError') show(false);
      }
    };
    input.addEventListener('input', () => {
      if (key) key.value = '';
      clearTimeout(timer);
      const text = input.value.trim();
      if (text.length < (/^\d+$/.test(text) ? MIN_DIGITS : MIN)) {
        ctrl?.abort();
        items = [];
        return show(false);
      }
      timer = setTimeout(load, WAIT);
    });
    input.addEventListener('keydown', (e) => {
      const n = items.length, open = !box.hidden;
      if (e.key === 'ArrowDown' && n) {
        e.preventDefault();
        if (!open) show(true);
        mark((active + 1) % n);
      } else if (e.key === 'ArrowUp' && n && open) {
        e.preventDefault();
        mark(active <= 0 ? n - 1 : active - 1);
      } else if (e.key === 'Enter' && open && active >= 0) {
        e.preventDefault();
        choose(active);
      } else if (e.key === 'Escape') {
        e.preventDefault();
        if (open) show(false);
        else { input.value = ''; if (key) key.value = ''; }
      } else if ((e.key === 'Home' || e.key === 'End') && open) mark(-1);
      else if (e.key === 'Tab') show(false);
    });
    input.addEventListener('blur', () => { clearTimeout(timer); ctrl?.abort(); show(false); });
  });
})();

// Disclosure for main menu and filters: <button class="zf-auf" aria-expanded="false" aria-controls="…">,
// directly followed by its target. Without this script the target is simply visible.
document.documentElement.classList.add('js');
document.querySelectorAll('.zf-auf').forEach((btn) => {
  const isOpen = () => btn.getAttribute('aria-expanded') === 'true';
  const set = (open) => btn.setAttribute('aria-expanded', String(open));
  btn.addEventListener('click', () => set(!isOpen()));
  for (const el of [btn, document.getElementById(btn.getAttribute('aria-controls'))]) {
    el.addEventListener('keydown', (e) => {
      if (e.key === 'Escape' && btn.offsetParent && isOpen()) { set(false); btn.focus(); }
    });
  }
});
// A page with a list of errors moves the focus there, so that it is read first.
document.querySelector('[data-fokus]')?.focus();

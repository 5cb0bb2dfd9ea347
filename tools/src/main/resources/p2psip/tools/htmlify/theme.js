// Before the first paint: the colours that were chosen last, and that a script is there.
document.documentElement.classList.add('js');
try {
  if (localStorage.getItem('theme')) document.documentElement.dataset.theme = localStorage.getItem('theme');
  if (localStorage.getItem('citations')) document.documentElement.classList.add('uncited');
} catch (e) { /* not kept, then */ }

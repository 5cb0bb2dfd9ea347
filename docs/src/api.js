// Before the first paint: the colours that were chosen last on the pages of the site.
try {
  if (localStorage.getItem('theme')) document.documentElement.dataset.theme = localStorage.getItem('theme');
} catch (e) { /* not kept, then */ }

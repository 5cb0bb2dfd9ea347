// Pages need none of this: it adds the dark switch, the keys and the search.
(function () {
  'use strict';
  var root = document.documentElement, up = document.body.dataset.up;
  var theme = null;
  try { theme = localStorage.getItem('theme'); } catch (e) { /* not kept, then */ }
  if (theme) root.dataset.theme = theme;

  var button = document.createElement('button');
  button.textContent = 'light / dark';
  button.onclick = function () {
    var dark = root.dataset.theme ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch (e) { /* not kept, then */ }
  };
  document.querySelector('nav').appendChild(button);

  // j and k: next and previous citation; t: its test; r: its RFC
  var at = -1;
  function stops() { return Array.prototype.slice.call(document.querySelectorAll('.note, .s[id]')); }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === 'INPUT') return;
    var all = stops();
    if (event.key === 'j' || event.key === 'k') {
      at = Math.max(0, Math.min(all.length - 1, at + (event.key === 'j' ? 1 : -1)));
      if (all[at]) all[at].scrollIntoView({ block: 'center' });
    } else if (all[at] && event.key === 't') {
      var test = all[at].querySelector('.of-test summary');
      if (test) test.click();
    } else if (all[at] && event.key === 'r') {
      var rfc = all[at].querySelector('.where a');
      if (rfc) location.href = rfc.href;
    }
  });

  var box = document.getElementById('search');
  if (!box) return;
  box.parentNode.hidden = false;
  var entries = null, found = document.getElementById('found');
  window.search = function (all) { entries = all; show(); };
  function load() {
    if (entries || document.getElementById('index')) return;
    var script = document.createElement('script');
    script.id = 'index';
    script.src = up + 'search.js';
    document.body.appendChild(script);
  }
  function show() {
    found.textContent = '';
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!entries || !words.length) return;
    entries.filter(function (entry) {
      var text = (entry[0] + ' ' + entry[1]).toLowerCase();
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    }).sort(function (a, b) { return a[0].length - b[0].length; }).slice(0, 40).forEach(function (entry) {
      var item = document.createElement('li'), link = document.createElement('a'), kind = document.createElement('small');
      link.href = up + entry[2];
      link.textContent = entry[0];
      kind.textContent = entry[1];
      item.append(link, kind);
      found.appendChild(item);
    });
  }
  box.addEventListener('focus', load);
  box.addEventListener('input', show);
})();

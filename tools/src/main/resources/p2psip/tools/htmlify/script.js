// Pages need none of this: it adds the dark switch, folding, the keys, copying and the search.
(function () {
  'use strict';
  var root = document.documentElement, up = document.body.dataset.up;
  var nav = document.querySelector('nav'), tools;
  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }
  function make(tag, text, into) {
    var element = document.createElement(tag);
    element.textContent = text;
    into.appendChild(element);
    return element;
  }

  var theme = null;
  try { theme = localStorage.getItem('theme'); } catch (e) { /* not kept, then */ }
  if (theme) root.dataset.theme = theme;

  tools = make('span', '', nav);
  tools.className = 'tools';

  // The search box stands on the front page; elsewhere it is made here.
  var box = document.getElementById('search');
  if (box) box.parentNode.hidden = false;
  else {
    box = make('input', '', tools);
    box.type = 'search';
    box.placeholder = 'Search ( / )';
    box.setAttribute('aria-label', 'Search');
  }
  var found = document.getElementById('found');
  if (!found) {
    found = make('ul', '', nav);
    found.id = 'found';
  }
  found.hidden = false;

  var fold = make('button', 'unfold', tools);
  fold.title = 'Open or close all that is folded (o)';
  fold.onclick = function () {
    var open = fold.textContent === 'unfold';
    all('main details').forEach(function (details) { details.open = open; });
    fold.textContent = open ? 'fold' : 'unfold';
  };
  var dark = make('button', 'light / dark', tools);
  dark.onclick = function () {
    var now = root.dataset.theme ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = now ? 'light' : 'dark';
    try { localStorage.setItem('theme', root.dataset.theme); } catch (e) { /* not kept, then */ }
  };

  // What a link points at is opened, and so is what it lies in.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
  }
  addEventListener('hashchange', reveal);
  reveal();

  // A block of code can be copied whole: its lines, without numbers.
  all('.code').forEach(function (code) {
    if (!navigator.clipboard) return;
    var copy = make('button', 'copy', code);
    copy.className = 'copy';
    copy.onclick = function () {
      navigator.clipboard.writeText(all('pre', code).map(function (pre) { return pre.textContent; }).join(''))
        .then(function () { copy.textContent = 'copied'; });
    };
  });

  // j and k: next and previous citation; t: its test, c: its code, r: its RFC; o: fold; /: search
  var at = -1, stops = all('.note, .s[id]');
  function go(step) {
    if (stops[at]) stops[at].classList.remove('at');
    at = Math.max(0, Math.min(stops.length - 1, at + step));
    if (!stops[at]) return;
    stops[at].classList.add('at');
    stops[at].scrollIntoView({ block: 'center' });
  }
  // In a source page a note holds its tests; in an RFC they stand in the margin under its number.
  function lead(kind) {
    if (!stops[at]) return;
    var details = stops[at].querySelector('details.of-' + kind);
    if (details) {
      details.open = !details.open;
      return;
    }
    var number = stops[at].querySelector('.no'), row = stops[at].closest('.row');
    var by = number && row && all('.by-' + kind, row).filter(function (line) {
      var mine = line.querySelector('.no');
      return !mine || mine.textContent === number.textContent;
    })[0];
    var link = (by || stops[at]).querySelector(by ? 'a' : '.of-' + kind + ' a');
    if (link) location.href = link.href;
  }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === box) {
      if (event.key === 'Escape') box.blur();
      if (event.key === 'Enter' && found.firstChild) location.href = found.querySelector('a').href;
      return;
    }
    switch (event.key) {
      case 'j': go(1); break;
      case 'k': go(-1); break;
      case 't': lead('test'); break;
      case 'c': lead('code'); break;
      case 'r':
        var rfc = stops[at] && stops[at].querySelector('.where a');
        if (rfc) location.href = rfc.href;
        break;
      case 'o': fold.click(); break;
      case '/': event.preventDefault(); box.focus(); break;
    }
  });

  // Names, sections and our words are looked through first, then the texts of the RFCs.
  var entries = [], loaded = false;
  window.search = function (names) { entries = names.concat(entries); show(); };
  window.searchText = function (rfc, sections) {
    sections.forEach(function (section) {
      var page = 'rfc' + rfc + '/' + section[0].split('.')[0] + '.html#s' + section[0];
      section[1].forEach(function (block) {
        entries.push([block[1], 'RFC ' + rfc + ' §' + section[0], page + (block[0] ? 'p' + block[0] : ''), true]);
      });
    });
  };
  function load() {
    if (loaded) return;
    loaded = true;
    ['search.js', 'text.js'].forEach(function (name) {
      var script = document.createElement('script');
      script.src = up + name;
      script.async = false;
      script.onload = show;
      document.body.appendChild(script);
    });
  }
  // Exact names before names that begin so, before the rest, before running text; short ones first.
  function rank(entry, query) {
    var name = entry[0].toLowerCase();
    if (entry[3]) return (name.indexOf(query) < 0 ? 6e5 : 4e5);
    var last = name.slice(name.lastIndexOf('.') + 1);
    return (name === query || last === query ? 0 : last.indexOf(query) === 0 ? 1e5
        : name.indexOf(query) >= 0 ? 2e5 : 3e5) + name.length;
  }
  function show() {
    found.textContent = '';
    var query = box.value.toLowerCase().trim(), words = query.split(/\s+/).filter(Boolean);
    if (!words.length) return;
    var hits = entries.filter(function (entry) {
      var text = (entry[3] ? entry[0] : entry[0] + ' ' + entry[1]).toLowerCase();
      return words.every(function (word) { return text.indexOf(word) >= 0; });
    });
    hits.map(function (entry, i) { return [rank(entry, query), i, entry]; })
      .sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; }).slice(0, 40)
      .forEach(function (hit) {
        var item = make('li', '', found), link = make('a', '', item);
        link.href = up + hit[2][2];
        excerpt(hit[2][0], hit[2][3] ? words : [], link);
        make('small', hit[2][1], item);
      });
    if (hits.length > 40) make('li', hits.length + ' in all', found);
    if (!hits.length && entries.length) make('li', 'nothing found', found);
  }
  // Running text is cut around the first word looked for.
  function excerpt(text, words, link) {
    if (!words.length) { link.textContent = text; return; }
    var hit = text.toLowerCase().indexOf(words[0]), from = Math.max(0, hit - 60);
    link.append((from ? '… ' : '') + text.slice(from, hit));
    make('mark', text.slice(hit, hit + words[0].length), link);
    link.append(text.slice(hit + words[0].length, hit + 90) + (text.length > hit + 90 ? ' …' : ''));
  }
  box.addEventListener('focus', load);
  box.addEventListener('input', function () { load(); show(); });
  var asked = new URLSearchParams(location.search).get('q');
  if (asked) { box.value = asked; load(); }
})();

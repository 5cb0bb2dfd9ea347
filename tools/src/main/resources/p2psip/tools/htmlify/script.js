// Pages need none of this: it adds the dark switch, folding, the keys, copying, lists that can be sorted, and
// the search.
(function () {
  'use strict';
  var root = document.documentElement, up = document.body.dataset.up;
  var nav = document.querySelector('header nav');
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function make(tag, text, into, kind) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (kind) element.className = kind;
    into.appendChild(element);
    return element;
  }
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value); else localStorage.removeItem(name);
    } catch (e) { /* not kept, then */ }
  }

  // The search box stands on the front page; elsewhere it is made here.
  var tools = make('span', '', nav, 'tools'), box = document.getElementById('search');
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

  var dark = make('button', '◐', tools);
  dark.title = 'Light or dark';
  dark.setAttribute('aria-label', 'Light or dark');
  dark.onclick = function () {
    var now = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = now ? 'light' : 'dark';
    keep('theme', root.dataset.theme);
  };
  var ask = make('button', '?', tools);
  ask.title = 'The keys (?)';
  ask.setAttribute('aria-label', 'The keys');
  ask.onclick = help;
  function help() {
    var dialog = document.querySelector('dialog.keys') || make('dialog', '', document.body, 'keys');
    dialog.textContent = '';
    make('h2', 'Keys', dialog);
    var list = make('dl', '', dialog);
    [['j k', 'next and previous note, or sentence'], ['t', 'to its test'], ['l', 'to its line of code'],
      ['r', 'to its sentence in the RFC'], ['c', 'fold the lines of citations away, or show them'],
      ['o', 'open all that is folded, or close it'], ['/', 'search: "words in quotes" stand together'],
      ['?', 'this']].forEach(function (key) {
      make('dt', key[0], list);
      make('dd', key[1], list);
    });
    make('button', 'close', dialog).onclick = function () { dialog.close(); };
    dialog.showModal();
  }

  // The menu closes when one looks elsewhere.
  var menu = nav.querySelector('.menu');
  document.addEventListener('click', function (event) { if (menu && !menu.contains(event.target)) menu.open = false; });

  var opened = false;
  function fold() {
    opened = !opened;
    all('main details').forEach(function (details) { details.open = opened; });
    all('.note').forEach(function (note) { note.classList.toggle('whole', opened); });
  }
  addEventListener('beforeprint', function () { if (!opened) fold(); });

  // What a link points at is opened, and so is what it lies in.
  function target() { return location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1))); }
  function reveal() {
    var there = target();
    for (var node = there; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
    if (there) there.scrollIntoView();
  }
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();

  // A note shows three lines until it is wanted; it and its line point at each other.
  all('.note').forEach(function (note) {
    var line = document.getElementById('L' + note.id.slice(1));
    note.addEventListener('click', function (event) {
      if (!event.target.closest('a, details') && !String(getSelection())) note.classList.toggle('whole');
    });
    if (line) [note, line].forEach(function (one) {
      one.addEventListener('mouseenter', function () { note.classList.add('tied'); line.classList.add('tied'); });
      one.addEventListener('mouseleave', function () { note.classList.remove('tied'); line.classList.remove('tied'); });
    });
  });

  // The code of a page can be copied whole: its lines, without numbers.
  all('.code').forEach(function (code) {
    if (!navigator.clipboard) return;
    var copy = make('button', 'copy', code, 'copy');
    copy.onclick = function () {
      var text = all('.l', code).map(function (line) { return line.textContent.slice(line.firstChild.textContent.length); }).join('');
      navigator.clipboard.writeText(text).then(function () { copy.textContent = 'copied'; });
    };
  });

  // What can only be read by scrolling can be reached by a key.
  all('pre, .tableblock').filter(function (pre) { return pre.scrollWidth > pre.clientWidth; }).forEach(function (pre) { pre.tabIndex = 0; });

  var at = -1, stops = all('.note, .s[id]');
  function go(step) {
    if (stops[at]) stops[at].classList.remove('at');
    if (at < 0) {   // from what is to be seen
      at = stops.findIndex(function (stop) { return stop.getBoundingClientRect().bottom > 60; }) - (step > 0 ? 1 : 0);
    }
    at = Math.max(0, Math.min(stops.length - 1, at + step));
    if (!stops[at]) return;
    stops[at].classList.add('at');
    stops[at].scrollIntoView({ block: 'center' });
  }
  // In a source page a note holds its tests; in an RFC they stand in the margin under its number.
  function lead(kind) {
    var stop = stops[at], number, row, by;
    if (!stop) return;
    number = stop.querySelector('.no');
    row = stop.closest('.row');
    by = number && row && all('.by-' + kind, row).find(function (line) {
      var mine = line.querySelector('.no');
      return !mine || mine.textContent === number.textContent;
    });
    var link = by ? by.querySelector('a') : stop.querySelector('.of-' + kind + ' > a');
    if (link) location.href = link.href;
    else if (kind === 'code') location.hash = 'L' + stop.id.slice(1);
  }
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var links = all('a', found), on = links.indexOf(document.activeElement);
    if ((event.target === box || on >= 0) && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && links.length) {
      event.preventDefault();
      on += event.key === 'ArrowDown' ? 1 : -1;
      (links[on] || box).focus();
      return;
    }
    if (event.key === 'Escape') {
      if (menu) menu.open = false;
      if (event.target === box || on >= 0) { box.value = ''; show(); box.blur(); }
      return;
    }
    if (event.target === box && event.key === 'Enter' && links.length) location.href = links[0].href;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    switch (event.key) {
      case 'j': go(1); break;
      case 'k': go(-1); break;
      case 't': lead('test'); break;
      case 'l': lead('code'); break;
      case 'r':
        var rfc = stops[at] && stops[at].querySelector('.where a');
        if (rfc) location.href = rfc.href;
        break;
      case 'c': keep('citations', root.classList.toggle('uncited') ? 'folded' : ''); break;
      case 'o': fold(); break;
      case '?': help(); break;
      case '/': event.preventDefault(); box.focus(); break;
    }
  });

  // A list is filtered by what is chosen and typed, and sorted by the heading that is clicked.
  all('table.list').forEach(function (table) {
    var rows = all('tbody tr', table), filter = document.querySelector('.filter'), body = table.tBodies[0];
    function cell(row, n) { return row.cells[n].textContent; }
    function rfc(row) { return cell(row, 0).replace(/\u00a0/g, ' ').replace(/ §.*/, ''); }
    function choice(name, of) {
      var select = make('select', '', filter);
      select.setAttribute('aria-label', name);
      make('option', name, select).value = '';
      Array.from(new Set(rows.map(of))).forEach(function (value) { make('option', value, select); });
      select.onchange = sift;
      return function (row) { return !select.value || of(row) === select.value; };
    }
    var tests = [choice('All RFCs', rfc), choice('All standings', function (row) { return cell(row, 1); }),
      choice('All words', function (row) { return cell(row, 2); })];
    var text = make('input', '', filter), count = make('span', '', filter);
    text.type = 'search';
    text.placeholder = 'Section or words';
    text.setAttribute('aria-label', 'Section or words');
    text.oninput = sift;
    count.setAttribute('role', 'status');
    filter.hidden = false;
    function sift() {
      var words = text.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row) {
        var all = row.textContent.toLowerCase();
        row.hidden = !tests.every(function (test) { return test(row); })
          || !words.every(function (word) { return all.indexOf(word) >= 0; });
        if (!row.hidden) shown++;
      });
      count.textContent = shown + ' of ' + rows.length;
    }
    var order = rows.slice();
    all('thead th', table).forEach(function (head, n) {
      var button = document.createElement('button'), down = false;
      button.textContent = head.textContent;
      head.textContent = '';
      head.appendChild(button);
      button.onclick = function () {
        down = head.getAttribute('aria-sort') === 'ascending';
        all('thead th', table).forEach(function (other) { other.removeAttribute('aria-sort'); });
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        rows = order.slice();
        if (n) rows.sort(function (a, b) { return cell(a, n).localeCompare(cell(b, n)); });
        if (down) rows.reverse();
        rows.forEach(function (row) { body.appendChild(row); });
      };
    });
    sift();
  });

  // What is looked through: names and sections; the rules of the RFCs, our words for them, the book, what else the
  // RFCs say; the API.
  // An entry is [text, where it is from, address, kind]; the kinds that come first are shown first.
  var NAME = 0, RULE = 1, OURS = 2, BOOK = 3, TEXT = 4, API = 5;
  var entries = [], loaded = false;
  window.search = function (names) {
    names.forEach(function (name) { entries.push([name[0], name[1], name[2], /^rfc/.test(name[1]) ? OURS : NAME]); });
    show();
  };
  window.searchBook = function (page, title, paragraphs) {
    entries.push([title, 'chapter', page, NAME]);
    paragraphs.forEach(function (p) {
      p[1].split(/(?<=[.?!:]) (?=[A-Z])/).forEach(function (sentence) {
        entries.push([sentence, title, page + p[0], BOOK]);
      });
    });
  };
  window.searchText = function (rfc, sections) {
    sections.forEach(function (section) {
      var id = '.html#s' + section[0], page = 'source/rfc' + rfc + '/' + section[0].split('.')[0] + id;
      section[1].forEach(function (block) {
        for (var i = 1; i < block.length; i += 2) {
          entries.push([block[i + 1], 'RFC ' + rfc + ' §' + section[0] + (block[i] ? '-' + block[i] : ''),
            page + (block[i] ? '-' + block[i] : block[0] ? 'p' + block[0] : ''), block[i] ? RULE : TEXT]);
        }
      });
    });
  };
  // The javadoc has an index of its own.
  window.updateSearchResults = window.updateSearchResults || function () { /* it has its own page */ };
  function api() {
    (window.typeSearchIndex || []).forEach(function (type) {
      if (type.p) entries.push([type.l, 'API, ' + type.p,
        'api/' + type.p.replace(/\./g, '/') + '/' + type.l + '.html', API]);
    });
    (window.memberSearchIndex || []).forEach(function (member) {
      entries.push([member.c + '.' + member.l, 'API, ' + member.p,
        'api/' + member.p.replace(/\./g, '/') + '/' + member.c + '.html#' + encodeURI(member.u || member.l), API]);
    });
    show();
  }
  function load() {
    if (loaded) return;
    loaded = true;
    var names = ['search.js', 'text.js'];
    if ('book' in document.body.dataset) names.splice(1, 0, 'book.js');
    if ('api' in document.body.dataset) names.push('api/type-search-index.js', 'api/member-search-index.js');
    names.forEach(function (name, n) {
      var script = document.createElement('script');
      script.src = up + name;
      script.async = false;
      script.onload = n === names.length - 1 && name.indexOf('api/') === 0 ? api : show;
      document.body.appendChild(script);
    });
  }
  var STOP = /^(a|an|and|are|as|at|be|by|for|from|has|if|in|is|it|its|of|on|or|that|the|then|this|to|was|when|will|with|what|why|who|how|does|do)$/;
  // A word is found where a word begins with it; a short one only whole; a phrase as it stands.
  function pattern(word, whole) {
    var escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
    return new RegExp('(^|[^\\p{L}\\p{N}])' + escaped + (whole || word.length < 3 ? '(?![\\p{L}\\p{N}])' : ''), 'iu');
  }
  function query(text) {
    var phrases = [], rest = text.replace(/"([^"]+)"?/g, function (_, phrase) { phrases.push(phrase.trim()); return ' '; });
    var words = rest.split(/\s+/).filter(Boolean), weighty = words.filter(function (word) { return !STOP.test(word.toLowerCase()); });
    if (!weighty.length && !phrases.length) weighty = words;
    return {
      needed: phrases.filter(Boolean).map(function (p) { return pattern(p, true); })
        .concat(weighty.map(function (word) { return pattern(word); })),
      name: text.replace(/"/g, '').trim().toLowerCase(),
      together: text.trim() ? pattern(text.replace(/"/g, '').trim(), true) : null
    };
  }
  // Exact names first, then those that begin so; then sentences with the words together; then the rest.
  function rank(entry, asked) {
    var name = entry[0].toLowerCase(), last = name.slice(name.lastIndexOf('.') + 1).replace(/\(.*/, '');
    var kind = entry[3], together = asked.together.test(entry[0]);
    if (kind === NAME || kind === API) {
      if (name === asked.name || last === asked.name) return kind;
      if (last.indexOf(asked.name) === 0) return 10 + kind;
    }
    return (together ? 20 : 40) + kind;
  }
  function show() {
    found.textContent = '';
    if (!box.value.trim()) return;
    var asked = query(box.value);
    var hits = entries.filter(function (entry) {
      var text = entry[3] === NAME || entry[3] === OURS ? entry[0] + ' ' + entry[1] : entry[0];
      return asked.needed.every(function (word) { return word.test(text); });
    });
    hits.map(function (entry, i) { return [rank(entry, asked), entry[0].length > 300 ? 1 : 0, i, entry]; })
      .sort(function (a, b) { return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]; }).slice(0, 40)
      .forEach(function (hit) {
        var item = make('li', '', found), link = make('a', '', item);
        link.href = up + hit[3][2];
        marked(hit[3][0], asked, link);
        make('small', ' ' + hit[3][1], item);
      });
    if (hits.length > 40) make('li', hits.length + ' in all', found);
    if (!hits.length && entries.length) make('li', 'nothing found', found);
  }
  // The sentence, with what was looked for marked; a long one is cut around it.
  function marked(text, asked, link) {
    var hit = asked.together.exec(text) || asked.needed[0] && asked.needed[0].exec(text);
    if (!hit) { link.textContent = text; return; }
    var from = hit.index + (hit[1] || '').length, to = hit.index + hit[0].length, begin = from > 160 ? from - 120 : 0;
    link.append((begin ? '… ' : '') + text.slice(begin, from));
    make('mark', text.slice(from, to), link);
    link.append(text.slice(to, to + 200) + (text.length > to + 200 ? ' …' : ''));
  }
  box.addEventListener('focus', load);
  box.addEventListener('input', function () { load(); show(); });
  var wanted = new URLSearchParams(location.search).get('q');
  if (wanted) { box.value = wanted; load(); }
})();

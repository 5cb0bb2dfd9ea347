'use strict';
// What the page of a conversation can do beyond being read: step, play, filter, and light up what belongs together.
// Field n of a message is the nth row of its table, the nth group of its figure and the nth run of its bytes.
(() => {
  const ladder = document.querySelector('.ladder');
  if (!ladder) return;
  const root = document.documentElement;
  const rungs = [...ladder.querySelectorAll('.rungs > a')];
  const play = ladder.querySelector('[data-do=play]');
  let at = -1, timer = 0;

  const messageOf = rung => document.getElementById(rung.hash.slice(1));
  const seen = rung => rung.offsetParent !== null;

  // a message, opened

  const linked = new Map();   // a cut and its parts

  function parts(cut) {
    if (linked.has(cut)) return linked.get(cut);
    const [, numbers, letters] = cut.querySelectorAll('.bytes > pre');
    const found = {
      rows: [...cut.querySelector('.t-parts').tBodies[0].rows], numbers: [...numbers.children], letters: [...letters.children],
      groups: [...cut.querySelectorAll('.t-bits > g')], quotes: quotes(cut), now: Object.assign(document.createElement('p'), {className: 'now'}),
    };
    found.rows.forEach((row, i) => row.tabIndex = i ? -1 : 0);
    cut.append(found.now);
    linked.set(cut, found);
    return found;
  }

  /** The sentences that this message names, beside it. */
  function quotes(cut) {
    const names = new Set([...cut.querySelectorAll('.t-parts td:last-child > a')].map(a => a.hash.slice(1)));
    if (![...names].some(name => document.querySelector('#' + name + ' > q'))) return [];
    const list = Object.assign(document.createElement('ol'), {className: 'quotes'});
    for (const name of names) {
      const item = document.getElementById(name).cloneNode(true);
      item.removeAttribute('id');
      item.dataset.q = name;
      item.tabIndex = -1;
      list.append(item);
    }
    cut.append(list);
    return [...list.children];
  }

  const quoteOf = row => row.querySelector('td:last-child > a')?.hash.slice(1);

  let lit = [];

  /** Lights up some fields, with their sentences or of one sentence. */
  function tie(cut, fields, sentence) {
    lit.forEach(each => each.classList.remove('on'));
    const {rows, numbers, letters, groups, quotes, now} = parts(cut);
    const names = new Set(sentence ? [sentence] : fields.map(i => quoteOf(rows[i])));
    const named = quotes.filter(item => names.has(item.dataset.q));
    lit = [...fields.flatMap(i => [rows[i], numbers[i], letters[i], groups[i]]), ...named].filter(each => each);
    lit.forEach(each => each.classList.add('on'));
    if (named.length && !sentence) {
      const list = named[0].parentElement;
      list.scrollTop = named[0].offsetTop - list.offsetTop - list.clientHeight / 3;
    }
    if (fields.length === 1) now.replaceChildren(...said(rows[fields[0]]));
  }

  /** A field in a line: what it holds, what that says. */
  function said(row) {
    const name = document.createElement('b');
    const cells = [...row.cells].map(cell => cell.textContent);
    name.textContent = (cells.length === 3 ? cells[0] : cells[1] + ' ' + cells[2]).slice(0, 90);
    return [name, ' ' + cells.at(-2) + ' ', row.cells[row.cells.length - 1].firstElementChild?.cloneNode(true) ?? ''];
  }

  /** The fields at which something points. */
  function pointed(target) {
    const cut = target.closest?.('.cut');
    if (!cut || !cut.closest('.said[open]')) return null;
    const {rows, numbers, letters, groups, quotes} = parts(cut);
    const quote = target.closest('.quotes > li');
    if (quote && quotes.includes(quote)) {
      const fields = rows.flatMap((row, i) => quoteOf(row) === quote.dataset.q ? [i] : []);
      return {cut, fields, sentence: quote.dataset.q};
    }
    const one = [[rows, 'tr'], [numbers, 'i'], [letters, 'i'], [groups, 'g']]
        .map(([all, name]) => all.indexOf(target.closest(name))).find(i => i >= 0);
    return one === undefined ? null : {cut, fields: [one], row: rows[one]};
  }

  function point(event) {
    const found = pointed(event.target);
    if (found) tie(found.cut, found.fields, found.sentence);
  }
  document.addEventListener('mouseover', point);
  document.addEventListener('focusin', point);
  document.addEventListener('click', event => {
    const link = event.target.closest?.('.cut .t-parts a, .now a');
    const found = pointed(link?.closest('tr') ?? event.target);
    if (!found?.row || event.target.closest('summary')) return;
    if (link) event.preventDefault();
    found.row.focus({preventScroll: event.target.closest('tr') === found.row});
    history.replaceState(null, '', '#' + found.row.id);
  });

  // along the ladder

  function here(index, scroll = true) {
    rungs[at]?.classList.remove('t-at');
    at = index;
    rungs.forEach((rung, i) => {
      rung.tabIndex = i === Math.max(0, at) ? 0 : -1;
      rung.classList.toggle('later', timer !== 0 && i > at);
    });
    rungs[at]?.classList.add('t-at');
    if (scroll) rungs[at]?.scrollIntoView({block: 'nearest'});
  }

  function show(message, field) {
    for (const other of document.querySelectorAll('.said[open]')) if (other !== message) other.open = false;
    message.open = true;
    message.querySelectorAll('.cut').forEach(parts);
    here(rungs.findIndex(rung => rung.hash === '#' + message.id));
    message.scrollIntoView({block: 'start'});
    const row = field && document.getElementById(field);
    if (row) {
      row.focus();
      tie(row.closest('.cut'), [row.sectionRowIndex]);
    }
    return message;
  }

  /** Steps over what is hidden; answers whether there was a message. */
  function step(by) {
    let next = at + by;
    while (rungs[next] && !seen(rungs[next])) next += by;
    if (!rungs[next]) return false;
    const inside = document.activeElement?.closest('.said');
    show(messageOf(rungs[next]));
    history.replaceState(null, '', rungs[next].hash);
    if (inside) messageOf(rungs[next]).querySelector('summary').focus({preventScroll: true});
    else rungs[next].focus({preventScroll: true});
    return true;
  }

  function playing(on) {
    clearInterval(timer);
    timer = on ? setInterval(() => { if (!step(1)) playing(false); }, 1500) : 0;
    play.textContent = on ? 'pause' : 'play';
    here(on && at === rungs.length - 1 ? -1 : at, false);
    if (on && !step(1)) playing(false);
  }

  function visit() {
    const [, id] = location.hash.match(/^#(m\d+)(-f\d+)?$/) ?? [];
    const message = id && document.getElementById(id);
    if (message) show(message, location.hash === '#' + id ? '' : location.hash.slice(1));
  }

  document.addEventListener('toggle', event => {
    const message = event.target;
    if (!message.matches?.('.said') || !message.open) return;
    message.querySelectorAll('.cut').forEach(parts);
    here(rungs.findIndex(rung => rung.hash === '#' + message.id), false);
  }, true);
  window.addEventListener('hashchange', visit);
  ladder.addEventListener('click', event => {
    const rung = event.target.closest('.rungs > a');
    if (rung && rung.hash === location.hash) show(messageOf(rung));
    const button = event.target.closest('[data-do]');
    if (button?.dataset.do === 'play') playing(!timer);
    else if (button?.dataset.do === 'up') back();
    else if (button) step(button.dataset.do === 'on' ? 1 : -1);
  });
  ladder.addEventListener('change', event =>
    root.classList.toggle('no-' + event.target.value, !event.target.checked));

  // keys

  function along(list, from, by) {
    let next = from + by;
    while (list[next] && !seen(list[next])) next += by;
    if (!list[next]) return;
    list[from].tabIndex = -1;
    list[next].tabIndex = 0;
    list[next].focus();
  }

  const keys = {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), ArrowRight: () => step(1), ArrowLeft: () => step(-1),
    p: () => { playing(!timer); return true; }, x: () => fold(), Escape: () => back(),
  };

  function move(by) {
    const rung = rungs.indexOf(document.activeElement);
    if (rung >= 0) return along(rungs, rung, by), true;
    const row = document.activeElement?.closest('.t-parts tbody tr');
    if (row) return along([...row.parentElement.rows], row.sectionRowIndex, by), true;
    return false;
  }

  function fold() {
    const all = document.querySelectorAll('.said[open] .hex');
    const open = ![...all].some(hex => hex.open);
    all.forEach(hex => hex.open = open);
    return all.length > 0;
  }

  function back() {
    const rung = rungs[Math.max(0, at)];
    if (timer) playing(false);
    rung?.focus();
    return Boolean(rung);
  }

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
    if (event.key === 'Enter' && rungs.includes(event.target)) {
      // as a link does, and the keys go on within the message
      event.preventDefault();
      history.replaceState(null, '', event.target.hash);
      show(messageOf(event.target)).querySelector('summary').focus({preventScroll: true});
    } else if (keys[event.key]?.()) event.preventDefault();
  });

  ladder.querySelector('.t-bar').hidden = false;
  here(-1, false);
  visit();
})();

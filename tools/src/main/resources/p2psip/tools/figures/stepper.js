// Moves the machines of this page. What each does is in the data that the build has made by running
// it; here it is looked up, never decided.
(() => {
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const seconds = ms => ms / 1000 + ' s';

  for (const place of document.querySelectorAll('.stepper')) {
    const id = place.dataset.machine, section = place.closest('section');
    const machine = JSON.parse(place.firstElementChild.textContent);
    const rows = [...section.querySelectorAll('.moves tr')];
    const sentences = [...section.querySelectorAll('.sentences li')];
    let variant = Object.keys(machine.variants)[0];
    let steps = [];   // {input, from, to, row, cites, at}

    const here = () => steps.length ? steps.at(-1).to : 0;
    const now = () => steps.length ? steps.at(-1).at : 0;
    const situation = number => machine.variants[variant][number];
    const first = s => Object.keys(s.due)[0] ?? machine.pass;
    const greyed = (move, from) => !move || move.to === from && move.row >= 0
      && !machine.rows[move.row].length;
    const move = (from, input) => {
      const found = situation(from).moves[input];
      if (!found) return undefined;
      const [after, to, row, ...cites] = found;
      return {input, from, to, row, cites, at: now() + after};
    };

    // the controls
    const status = make('div', {className: 'st-said'});
    status.setAttribute('role', 'status');
    const state = make('p', {className: 'st-state'});
    const ladder = make('pre', {tabIndex: 0});
    ladder.setAttribute('role', 'group');
    ladder.setAttribute('aria-label', 'What was sent and told');
    const time = make('button', {type: 'button', onclick: () => take(first(situation(here())))});
    const back = make('button', {type: 'button', textContent: 'back', onclick: () => {
      steps.pop();
      show();
    }});
    const reset = make('button', {type: 'button', textContent: 'reset', onclick: () => {
      steps = [];
      show();
    }});
    const bar = make('div', {className: 'st-bar'}, time, back, reset);
    if (Object.keys(machine.variants).length > 1) bar.append(make('label', {}, 'over ',
      make('select', {onchange: event => {
        variant = event.target.value;
        steps = [];
        show();
      }}, ...Object.keys(machine.variants).map(name => make('option', {textContent: name})))));
    const inputs = [...machine.inputs, ...machine.timers].map(name => {
      const button = make('button', {type: 'button', textContent: name, onclick: () =>
        button.ariaDisabled === 'true' ? whyNot(name) : take(name)});
      const why = make('button', {type: 'button', className: 'st-why', textContent: 'why not?',
        onclick: () => whyNot(name)});
      why.setAttribute('aria-label', 'why not ' + name + '?');
      return {name, button, why, timer: machine.timers.includes(name)};
    });
    place.append(make('h3', {textContent: 'Move it'}), state, bar, make('ul',
      {className: 'st-inputs'}, ...inputs.map(i => make('li', {}, i.button, i.why))), status, ladder);
    place.hidden = false;

    // An input happens at once; a timer when it is due, and those before it before.
    const take = name => {
      const timer = machine.timers.includes(name);
      do {
        const from = here(), due = situation(from).due;
        if (timer && !(name in due)) break;
        const step = move(from, timer ? first(situation(from)) : name);
        if (!step) return;
        steps.push(step);
      } while (timer && steps.at(-1).input !== name);
      show();
    };

    const say = (text, cites, row) => {
      status.replaceChildren(make('p', {textContent: text}), make('ul', {},
        ...cites.map(n => make('li', {}, ...sentences[n].cloneNode(true).childNodes))));
      sentences.forEach((li, n) => li.classList.toggle('on', cites.includes(n)));
      rows.forEach((tr, n) => tr.classList.toggle('on', n === row));
    };

    const sectionOf = name => (machine.sections[name] ?? '').replace(/rfc(\d+)#/, 'RFC $1 §');

    // The step that led into the state where it is now.
    const entered = () => steps.findLast(s => situation(s.from).state !== situation(s.to).state);

    const whyNot = name => {
      const at = situation(here()), found = move(here(), name);
      if (!at.state) return say('The machine is not there yet: it begins with ' + machine.begin
        + '.', [], -1);
      if (at.over.length) return say(at.state + ' is its end: nothing reaches it there any more.',
        at.over, found ? found.row : -1);
      if (machine.timers.includes(name)) {
        const cites = entered().cites;
        return say(name + ' is not set in ' + at.state + '. '
          + (cites.length ? 'What the machine obeyed when it came here:'
            : 'What it sets here says ' + sectionOf(at.state) + '.'), cites, entered().row);
      }
      if (name === machine.begin && !found)
        return say('It begins once. Reset it to begin again.', [], -1);
      if (!found) return say('This cannot happen now: nothing was asked or sent that it would'
        + ' answer.', [], -1);
      const reason = rows[found.row].querySelector('span');
      if (reason) {
        say('In ' + at.state + ' the machine ignores ' + name + ':', found.cites, found.row);
        return status.append(make('p', {}, ...reason.cloneNode(true).childNodes));
      }
      say(found.cites.length ? 'In ' + at.state + ' the machine ignores ' + name
        + '. The line that decides it obeys:' : 'No sentence forbids ' + name + ' in ' + at.state
        + ': the machine ignores it. What it hears there says ' + sectionOf(at.state) + '.',
        found.cites, found.row);
    };

    // The ladder: whoever is above at the left, below at the right, the machine between them.
    const WIDTH = 22;
    const arrow = (text, right) => right ? text.padStart(WIDTH - 1, '-') + '>'
      : '<' + text.padEnd(WIDTH - 1, '-');
    const line = (at, left, right) => at.padStart(8) + ' |' + left.padEnd(WIDTH) + '|'
      + right.padEnd(WIDTH) + '|';
    const drawn = step => {
      const out = [], at = seconds(step.at);
      const above = machine.fromAbove.includes(step.input);
      const own = machine.timers.includes(step.input) || step.row < 0;
      if (own) out.push(line(at, '', ' ' + step.input));
      else out.push(above ? line(at, arrow(' ' + step.input + ' ', true), '')
        : line(at, '', arrow(' ' + step.input + ' ', false)));
      for (const done of step.row < 0 ? [] : machine.rows[step.row])
        out.push(done.startsWith('send ') ? line('', '', arrow(' ' + done.slice(5) + ' ', true))
          : line('', arrow(' ' + done + ' ', false), ''));
      const from = situation(step.from).state, to = situation(step.to).state;
      if (from !== to) out.push(line('', '', '[' + to + ']'));
      return out;
    };

    const show = () => {
      const at = situation(here()), last = steps.at(-1);
      const due = Object.entries(at.due).map(([timer, ms]) => timer + ' in ' + seconds(ms)
        + ' (at ' + seconds(now() + ms) + ')');
      state.replaceChildren('State ', make('b', {textContent: at.state || 'not begun'}),
        ' · clock ' + seconds(now()) + ' · ' + (due.length ? due.join(', ') : 'no timer is set'));
      time.textContent = Object.keys(at.due).length ? 'let time pass to ' + first(at)
        : 'let 10 s pass';
      time.ariaDisabled = String(!at.state);
      back.ariaDisabled = reset.ariaDisabled = String(!steps.length);
      for (const {name, button, why, timer} of inputs) {
        const no = timer ? !(name in at.due) : at.over.length > 0
          || greyed(move(here(), name), here());
        button.ariaDisabled = String(no);
        why.hidden = !no;
      }
      for (const rect of section.querySelectorAll('rect[data-state]'))
        rect.classList.toggle('on', rect.dataset.state === at.state);
      const done = last && last.row >= 0 ? machine.rows[last.row] : [];
      const edge = last && [situation(last.from).state || 'begin', last.input, at.state,
        done.join(', ') || '-'].join(' | ');
      for (const rect of section.querySelectorAll('rect[data-edge]'))
        rect.classList.toggle('on', rect.dataset.edge === edge);
      rows.forEach(tr => tr.classList.toggle('here', tr.dataset.from === at.state));
      say(!last ? 'Begin with ' + machine.begin + '.' : seconds(last.at) + ': ' + last.input + '. '
        + (done.length ? done.join(', ') + '. ' : '') + 'State ' + at.state + '.',
        last ? last.cites : [], last ? last.row : -1);
      const names = (' '.repeat(9) + machine.above).padEnd(8 + WIDTH) + 'machine'
        + machine.below.padStart(WIDTH - 3);
      ladder.textContent = [names, ...steps.flatMap(drawn)].join('\n');
      ladder.scrollTop = ladder.scrollHeight;
    };
    show();
  }
})();

// The page: what is typed and pressed, and what is shown. All that others have said is put there as
// text, never as HTML.
import { Telephone } from './sip.js';
import { Sound, ring } from './sound.js';

/** Texts that are shown; the oldest go. */
const SHOWN = 200;

const at = id => document.getElementById(id);
const state = at('state'), call = at('call');
let phone = null, current = null, sound = null, still = () => {};

/** What was typed as an address: with `sip:`, and our own domain if it has none. Null if it is none. */
function address(text, domain) {
  const typed = text.trim(), plain = /^sips?:/i.test(typed) ? typed : 'sip:' + typed;
  const whole = plain.includes('@') || !domain ? plain : `${plain}@${domain}`;
  return /^sips?:[A-Za-z0-9\-_.!~*'()&=+$,;?/%]+@[A-Za-z0-9\-.[\]:]+$/i.test(whole) ? whole : null;
}

function say(element, text) { element.textContent = text; }

function mistake(input, text) {
  input.setCustomValidity(text);
  input.reportValidity();
  input.addEventListener('input', () => input.setCustomValidity(''), { once: true });
}

// Who I am

at('who').addEventListener('submit', async event => {
  event.preventDefault();
  if (phone) return leave();
  const aor = address(at('aor').value, '');
  if (!aor) return mistake(at('aor'), 'An address is like alice@example.com');
  try {
    const response = await fetch('node.json');
    if (!response.ok) throw new Error('it is starting');
    phone = new Telephone((await response.json()).sip, aor, at('password').value);
  } catch (why) {
    return say(state, 'the node cannot be asked: ' + why.message);
  }
  localStorage.setItem('aor', at('aor').value.trim());
  phone.addEventListener('state', ({ detail }) => {
    say(state, detail);
    state.dataset.is = detail === 'registered' ? 'good' : 'other';
  });
  phone.addEventListener('call', ({ detail }) => came(detail));
  phone.addEventListener('text', ({ detail }) => show(detail.from, detail.text));
  entered(true);
});

function leave() {
  phone.leave();
  phone = null;
  entered(false);
}

function entered(here) {
  at('aor').readOnly = at('password').readOnly = here;
  say(at('enter'), here ? 'Leave' : 'Register');
  at('speak').disabled = at('write').disabled = !here;
  if (here) at('to').focus();
}

addEventListener('pagehide', () => phone?.leave());

// Calls

at('dial').addEventListener('submit', event => {
  event.preventDefault();
  const to = address(at('to').value, phone.aor.replace(/^[^@]*@/, ''));
  if (!to) return mistake(at('to'), 'An address is like bob@example.com');
  if (current) return;
  follow(phone.dial(to));
  sound = new Sound(at('player'));
  current.begin(sound);
});

function came(next) {
  if (current) return next.end();   // one at a time
  follow(next);
  still = ring();
  at('answer').focus();
}

const WORDS = { calling: 'Calling', ringing: 'Ringing at', early: 'Calling', coming: 'Call from', answering: 'Answering', talking: 'Talking to' };

function follow(next) {
  current = next;
  call.hidden = false;
  at('dial').hidden = true;
  next.addEventListener('state', () => changed(next));
  changed(next);
}

function changed(next) {
  if (next !== current) return;
  if (next.state !== 'coming') { still(); still = () => {}; }
  if (next.state === 'over') {
    say(at('how'), `Call with ${next.peer} ended${next.why ? ': ' + next.why : ''}`);
    sound?.close();
    sound = current = null;
    call.hidden = true;
    at('dial').hidden = false;
    at('to').focus();
    return;
  }
  say(at('how'), `${WORDS[next.state] ?? 'Calling'} ${next.peer}`);
  at('answer').hidden = next.state !== 'coming';
  at('mute').hidden = at('keypad').hidden = next.state !== 'talking';
  at('mute').setAttribute('aria-pressed', 'false');
  say(at('end'), next.state === 'coming' ? 'Decline' : 'Hang up');
}

at('answer').addEventListener('click', () => {
  sound = new Sound(at('player'));
  current.answer(sound);
  at('end').focus();
});
at('end').addEventListener('click', () => current?.end());
at('mute').addEventListener('click', () => {
  sound.muted = !sound.muted;
  at('mute').setAttribute('aria-pressed', String(sound.muted));
});
at('keypad').addEventListener('click', ({ target }) => target.value && sound?.press(target.value));
addEventListener('keydown', event => {
  if (current?.state === 'talking' && !event.ctrlKey && !event.altKey && !event.metaKey && /^[0-9*#]$/.test(event.key)
    && !event.target.matches('input, textarea')) sound.press(event.key);
});

// Texts

at('text').addEventListener('submit', async event => {
  event.preventDefault();
  const to = address(at('whom').value, phone.aor.replace(/^[^@]*@/, '')), text = at('words').value;
  if (!to) return mistake(at('whom'), 'An address is like bob@example.com');
  if (!text.trim()) return mistake(at('words'), 'Nothing is written');
  at('words').value = '';
  const line = show('to ' + to, text);
  const why = await phone.say(to, text);
  if (why) say(line.appendChild(document.createElement('small')), ` has not arrived: ${why}`);
});

function show(who, text) {
  const line = document.createElement('li'), from = line.appendChild(document.createElement('b'));
  say(from, who);
  line.append(' ', text);
  at('said').append(line);
  at('log').tabIndex = 0;   // there is something to scroll
  while (at('said').children.length > SHOWN) at('said').firstElementChild.remove();
  line.scrollIntoView({ block: 'nearest' });
  return line;
}

at('aor').value = localStorage.getItem('aor') ?? '';
entered(false);
// for whoever wants to look what WebRTC says: getStats of the call's connection
Object.defineProperty(window, 'connection', { get: () => sound?.connection ?? null });

// SIP over a WebSocket (RFC 3261, RFC 7118), as much of it as a telephone in a page needs: messages,
// transactions, dialogs, passwords by digest (RFC 7616). It knows nothing of sound: a call's
// descriptions are text here. The other side is our own node, but what others say comes through it.
import { md5 } from './md5.js';

const COMPACT = { v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', c: 'content-type', l: 'content-length' };
const LISTS = new Set(['via', 'route', 'record-route', 'contact', 'allow', 'supported']);
const ALLOW = 'INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS';
/** RFC 3261 17.1.1.1: T1 and T2, in milliseconds, and how long a transaction may take. */
const T1 = 500, T2 = 4000, LONG = 64 * T1;
/** What comes at most: one message, and calls at a time. */
const LONGEST = 65536, CALLS = 8;

const PHRASES = { 100: 'Trying', 180: 'Ringing', 200: 'OK', 400: 'Bad Request', 405: 'Method Not Allowed',
  415: 'Unsupported Media Type', 480: 'Temporarily Unavailable', 481: 'Call/Transaction Does Not Exist', 486: 'Busy Here',
  487: 'Request Terminated', 488: 'Not Acceptable Here', 491: 'Request Pending', 500: 'Server Internal Error', 603: 'Decline' };

/** So many bytes by chance, in hexadecimal. */
export const chance = bytes => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), b => b.toString(16).padStart(2, '0')).join('');

/** Values between commas that stand in no quotation and no brackets. */
function split(text) {
  const parts = [];
  let part = '', quoted = false, bracketed = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '\\') { part += c + (text[++i] ?? ''); continue; }
    if (c === '"' && !bracketed) quoted = !quoted;
    else if (!quoted && c === '<') bracketed = true;
    else if (!quoted && c === '>') bracketed = false;
    if (c === ',' && !quoted && !bracketed) { parts.push(part.trim()); part = ''; } else part += c;
  }
  return [...parts, part.trim()].filter(each => each);
}

/** A message as it came; null if it is none. */
export function parse(text) {
  if (typeof text !== 'string' || text.length > LONGEST) return null;
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [start, ...lines] = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return null;
    const said = line.slice(0, colon).trim().toLowerCase(), name = COMPACT[said] ?? said;
    const value = line.slice(colon + 1).trim();
    headers.set(name, [...headers.get(name) ?? [], ...LISTS.has(name) ? split(value) : [value]]);
  }
  const answer = /^SIP\/2\.0 ([1-6]\d\d) (.*)$/.exec(start), asked = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start);
  const cseq = /^(\d{1,10})\s+([A-Z]+)$/.exec(headers.get('cseq')?.[0] ?? '');
  if (!answer && !asked || !cseq || !['via', 'from', 'to', 'call-id'].every(name => headers.has(name))) return null;
  return { status: answer ? +answer[1] : 0, reason: answer?.[2] ?? '', method: asked?.[1] ?? cseq[2], uri: asked?.[2] ?? '',
    cseq: +cseq[1], headers, body: text.slice(end + 4), first: name => headers.get(name)?.[0] ?? '', all: name => headers.get(name) ?? [] };
}

/** The URI of a From, To, Contact or Route. */
export const uri = value => /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0].trim();
/** A parameter behind the URI. */
const param = (value, name) => new RegExp(`;\\s*${name}=([^;\\s]*)`, 'i').exec(value.replace(/<[^>]*>/, ''))?.[1] ?? '';
const branch = message => param(message.all('via')[0], 'branch');

const sha256 = async text => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  b => b.toString(16).padStart(2, '0')).join('');

/** What this page can hash by, the preferred first. */
const HASHES = new Map([['SHA-256', sha256], ['MD5', async text => md5(text)]]);

/** A challenge as name and value; null if it is none by digest, or asks for what is not done here. */
function read(challenge) {
  const said = Object.fromEntries([...challenge.replace(/^Digest\s+/i, '').matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)]
    .map(each => [each[1].toLowerCase(), each[2] ?? each[3]]));
  const auth = !said.qop || said.qop.split(',').some(each => each.trim() === 'auth');
  said.algorithm = (said.algorithm ?? 'MD5').toUpperCase();
  return /^Digest\s/i.test(challenge) && auth && HASHES.has(said.algorithm) ? said : null;
}

/** What answers the best of some challenges (RFC 7616), or null if there is none that can be. */
export async function digest(challenges, method, target, user, password, cnonce = chance(8)) {
  const asked = challenges.map(read).filter(each => each), best = [...HASHES.keys()].map(name => asked.find(each => each.algorithm === name));
  const said = best.find(each => each), hash = HASHES.get(said?.algorithm);
  if (!said) return null;
  const one = await hash(`${user}:${said.realm}:${password}`), two = await hash(`${method}:${target}`);
  const answer = await hash(said.qop ? `${one}:${said.nonce}:00000001:${cnonce}:auth:${two}` : `${one}:${said.nonce}:${two}`);
  return `Digest username="${user}", realm="${said.realm}", nonce="${said.nonce}", uri="${target}", response="${answer}", algorithm=${said.algorithm}`
    + (said.opaque === undefined ? '' : `, opaque="${said.opaque}"`) + (said.qop ? `, qop=auth, nc=00000001, cnonce="${cnonce}"` : '');
}

/** One telephone: its connection, its registration, its calls and texts. Listeners are told `state`, `call` and `text`. */
export class Telephone extends EventTarget {
  #socket = null;
  #place;             // where the node is
  #aor; #user; #password;
  #host = chance(6) + '.invalid';
  #asked = new Map();   // requests of ours that wait for a response, by branch and method
  #calls = new Map();   // by Call-ID
  #registration = { id: chance(12), tag: chance(6), cseq: 0, timer: 0 };
  #wanted = true;
  #patience = 1000;

  constructor(place, aor, password) {
    super();
    this.#place = place;
    this.#aor = aor;
    this.#user = decodeURIComponent(/^sips?:([^@]*)@/.exec(aor)[1]);
    this.#password = password;
    this.#connect();
  }

  get aor() { return this.#aor; }
  get contact() { return `<sip:${/^sips?:([^@]*)@/.exec(this.#aor)[1]}@${this.#host};transport=ws>`; }
  get calls() { return [...this.#calls.values()]; }

  tell(type, detail) { this.dispatchEvent(new CustomEvent(type, { detail })); }

  #connect() {
    const socket = this.#socket = new WebSocket(this.#place, 'sip');
    this.tell('state', 'connecting');
    socket.onopen = () => { this.#patience = 1000; this.register(); };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => {
      clearTimeout(this.#registration.timer);
      [...this.#asked.values()].forEach(each => each.fail('no connection'));
      if (!this.#wanted) return;
      this.tell('state', 'no connection to the node');
      setTimeout(() => this.#wanted && this.#connect(), this.#patience);
      this.#patience = Math.min(2 * this.#patience, 30000);
    };
  }

  /** Ends its calls and its registration. */
  async leave() {
    this.#wanted = false;
    clearTimeout(this.#registration.timer);
    this.calls.forEach(each => each.end());
    await this.#register(0).catch(() => {});
    this.#socket.close();
    this.tell('state', 'not registered');
  }

  register() {
    this.#register(600).then(seconds => {
      this.tell('state', 'registered');
      this.#registration.timer = setTimeout(() => this.register(), 500 * seconds);
    }, why => {
      this.tell('state', 'not registered: ' + why.message);
      this.#registration.timer = setTimeout(() => this.register(), 30000);
    });
  }

  async #register(expires) {
    const { id, tag } = this.#registration, domain = 'sip:' + this.#aor.replace(/^sips?:[^@]*@/, '');
    const response = await this.ask(() => ({ method: 'REGISTER', uri: domain, from: `<${this.#aor}>;tag=${tag}`, to: `<${this.#aor}>`,
      id, cseq: ++this.#registration.cseq, headers: [['Contact', `${this.contact};expires=${expires}`], ['Supported', 'path']] }));
    if (response.status >= 300) throw new Error(`${response.status} ${response.reason}`);
    const ours = response.all('contact').find(each => uri(each) === uri(this.contact));
    return Math.max(60, +(param(ours ?? '', 'expires') || response.first('expires') || expires));
  }

  send(text) { if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text); }

  /**
   * Sends a request and waits for its final response, with a password if one is asked for.
   * @param make  a new one each time: its CSeq counts
   * @param heard is told of provisional responses, and of each other 2xx
   */
  async ask(make, heard = () => {}) {
    let asked = make();
    let response = await this.#transaction(asked, heard);
    const proxy = response.status === 407;
    if (response.status === 401 || proxy) {
      const proof = await digest(response.all(proxy ? 'proxy-authenticate' : 'www-authenticate'), asked.method, asked.uri, this.#user, this.#password);
      if (!proof) throw new Error('the node asks for a password in a way that is not known here');
      asked = make();
      asked.headers.push([proxy ? 'Proxy-Authorization' : 'Authorization', proof]);
      response = await this.#transaction(asked, heard);
    }
    return response;
  }

  #transaction(asked, heard) {
    asked.branch = 'z9hG4bK' + chance(10);
    const name = `${asked.branch} ${asked.method}`;   // a CANCEL has the branch of what it cancels
    return new Promise((resolve, reject) => {
      const forget = () => { clearTimeout(timer); this.#asked.delete(name); };
      const fail = why => { forget(); reject(new Error(why)); };
      let final = false;
      let timer = setTimeout(() => fail('no answer'), LONG);
      this.#asked.set(name, { fail, heard: response => {
        if (response.status < 200) {
          if (asked.method === 'INVITE') { clearTimeout(timer); timer = setTimeout(() => fail('no answer'), 300000); }
          return heard(response, asked);
        }
        if (asked.method === 'INVITE' && response.status >= 300) this.send(this.#ack(asked, response));
        if (final) return heard(response, asked);
        final = true;
        clearTimeout(timer);
        timer = setTimeout(forget, asked.method === 'INVITE' ? LONG : 0);
        resolve(response);
      } });
      this.send(this.request(asked));
    });
  }

  #ack(asked, response) {
    return this.request({ ...asked, method: 'ACK', to: response.first('to'), headers: asked.headers.filter(([name]) => name === 'Route'), body: '' });
  }

  /** The text of a request. */
  request({ method, uri, from, to, id, cseq, branch, headers = [], body = '' }) {
    const by = this.#place.startsWith('wss:') ? 'WSS' : 'WS';
    return this.#text(`${method} ${uri} SIP/2.0`, [['Via', `SIP/2.0/${by} ${this.#host};branch=${branch}`], ['Max-Forwards', 70], ['From', from],
      ['To', to], ['Call-ID', id], ['CSeq', `${cseq} ${method}`], ...headers], body);
  }

  #text(start, headers, body) {
    return [start, ...headers.map(([name, value]) => `${name}: ${value}`), `Content-Length: ${new TextEncoder().encode(body).length}`, '', body].join('\r\n');
  }

  /** Answers a request. */
  respond(request, status, headers = [], body = '', tag = chance(6)) {
    const to = request.first('to');
    const text = this.#text(`SIP/2.0 ${status} ${PHRASES[status]}`, [...request.all('via').map(each => ['Via', each]),
      ['From', request.first('from')], ['To', param(to, 'tag') || status === 100 ? to : `${to};tag=${tag}`], ['Call-ID', request.first('call-id')],
      ['CSeq', `${request.cseq} ${request.method}`], ...request.all('record-route').map(each => ['Record-Route', each]), ...headers], body);
    this.send(text);
    return text;
  }

  #receive(data) {
    const message = parse(data);
    if (!message) return;
    if (message.status) return this.#asked.get(`${branch(message)} ${message.method}`)?.heard(message);
    const call = this.#calls.get(message.first('call-id'));
    if (call) return call.asked(message);
    switch (message.method) {
      case 'ACK': return;
      case 'OPTIONS': return this.respond(message, 200, [['Allow', ALLOW], ['Accept', 'application/sdp, text/plain']]);
      case 'MESSAGE': return this.#said(message);
      case 'INVITE':
        if (param(message.first('to'), 'tag')) return this.respond(message, 481);
        if (!message.first('contact')) return this.respond(message, 400);
        if (this.#calls.size >= CALLS) return this.respond(message, 486);
        return this.tell('call', Call.coming(this, message));
      default: return this.respond(message, param(message.first('to'), 'tag') || message.method === 'CANCEL' ? 481 : 405, [['Allow', ALLOW]]);
    }
  }

  #said(message) {
    if (!/^text\/plain\b/i.test(message.first('content-type'))) return this.respond(message, 415, [['Accept', 'text/plain']]);
    this.respond(message, 200);
    this.tell('text', { from: uri(message.first('from')), text: message.body });
  }

  /** Sends a text; null, or why it has not arrived. */
  async say(to, text) {
    const id = chance(12), tag = chance(6);
    let cseq = 0;
    try {
      const response = await this.ask(() => ({ method: 'MESSAGE', uri: to, from: `<${this.#aor}>;tag=${tag}`, to: `<${to}>`, id, cseq: ++cseq,
        headers: [['Content-Type', 'text/plain;charset=UTF-8']], body: text }));
      return response.status < 300 ? null : `${response.status} ${response.reason}`;
    } catch (why) {
      return why.message;
    }
  }

  /** Calls somebody: the call, which is told of its sound by {@link Call#begin}. */
  dial(to) { return new Call(this, { to, id: chance(12), local: `<${this.#aor}>;tag=${chance(6)}`, remote: `<${to}>`, target: to }); }

  add(call) { this.#calls.set(call.id, call); }
  remove(call) { this.#calls.delete(call.id); }
}

/**
 * One call. Listeners are told `state`: calling, ringing, coming, early, talking or over.
 * Its sound is an object of the page's: `offer()`, `answer(description)`, `accept(description, early)`, which all may wait.
 */
export class Call extends EventTarget {
  #phone; #invite = null; #sound = null; #asked = null; #cseq = 0; #routes = []; #unheard = null; #cancelled = false; #early = '';

  constructor(phone, { to, id, local, remote, target }) {
    super();
    Object.assign(this, { peer: to, id, local, remote, target, state: 'new', why: '' });
    this.#phone = phone;
    phone.add(this);
  }

  static coming(phone, invite) {
    const call = new Call(phone, { to: uri(invite.first('from')), id: invite.first('call-id'), local: `${invite.first('to')};tag=${chance(6)}`,
      remote: invite.first('from'), target: uri(invite.first('contact')) });
    call.#invite = invite;
    call.#routes = invite.all('record-route');
    call.#respond(180, [['Contact', phone.contact]]);
    call.#enter('coming');
    return call;
  }

  #enter(state, why = '') {
    if (this.state === 'over') return;
    Object.assign(this, { state, why });
    if (state === 'over') { clearTimeout(this.#unheard); this.#phone.remove(this); }
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  #respond(status, headers = [], body = '', to = this.#invite) { return this.#phone.respond(to, status, headers, body, param(this.local, 'tag')); }

  #dialogRequest(method, headers = [], body = '', cseq = ++this.#cseq) {
    return { method, uri: this.target, from: this.local, to: this.remote, id: this.id, cseq, branch: 'z9hG4bK' + chance(10),
      headers: [...this.#routes.map(each => ['Route', each]), ...headers], body };
  }

  /** Calls. */
  async begin(sound) {
    this.#sound = sound;
    this.#enter('calling');
    try {
      const sdp = await sound.offer();
      if (this.state === 'over') return;
      const response = await this.#phone.ask(() => this.#asked = this.#dialogRequest('INVITE', [['Contact', this.#phone.contact], ['Allow', ALLOW],
        ['Content-Type', 'application/sdp']], sdp), again => this.#heard(again));
      if (response.status >= 300) return this.#enter('over', this.#cancelled ? '' : `${response.status} ${response.reason}`);
      await this.#taken(response);
    } catch (why) {
      this.#enter('over', why.message);
    }
  }

  /** A provisional response, or a 2xx that came again or from one more who has taken the call. */
  async #heard(response) {
    if (response.status >= 200) return this.#again(response);
    if (this.#cancelled) return this.#cancel();
    if (response.status === 180) this.#enter('ringing');
    if (response.status > 100 && response.body && /^application\/sdp/i.test(response.first('content-type')) && response.body !== this.#early) {
      this.#early = response.body;
      await this.#sound.accept(response.body, true).then(() => this.#enter('early'), () => {});
    }
  }

  async #taken(response) {
    this.remote = response.first('to');
    this.target = uri(response.first('contact')) || this.target;
    this.#routes = response.all('record-route').toReversed();
    this.#acknowledge();
    if (this.#cancelled || this.state === 'over') return this.#bye();
    try {
      await this.#sound.accept(response.body, false);
      this.#enter('talking');
    } catch (why) {
      this.#bye();
      this.#enter('over', 'its sound cannot be heard here: ' + why.message);
    }
  }

  #acknowledge() { this.#phone.send(this.#phone.request(this.#dialogRequest('ACK', [], '', this.#asked.cseq))); }

  #again(response) {
    if (response.first('to') === this.remote) return this.#acknowledge();
    const other = { ...this.#dialogRequest('ACK', [], '', this.#asked.cseq), to: response.first('to'), uri: uri(response.first('contact')),
      headers: response.all('record-route').toReversed().map(each => ['Route', each]) };
    this.#phone.send(this.#phone.request(other));
    this.#phone.ask(() => ({ ...other, method: 'BYE', cseq: this.#asked.cseq + 1 })).catch(() => {});
  }

  /** Takes a call that came. */
  async answer(sound) {
    const invite = this.#invite;
    this.#sound = sound;
    this.#enter('answering');
    try {
      const sdp = invite.body ? await sound.answer(invite.body) : await sound.offer();
      if (this.state === 'over') return;
      this.#repeat(this.#respond(200, [['Contact', this.#phone.contact], ['Allow', ALLOW], ['Content-Type', 'application/sdp']], sdp));
    } catch (why) {
      if (this.state !== 'over') this.#respond(488);
      this.#enter('over', why.message);
    }
  }

  /** A 2xx is sent again until it is acknowledged. */
  #repeat(text, after = T1, since = 0) {
    this.#unheard = setTimeout(() => {
      if (since + after >= LONG) { this.#bye(); return this.#enter('over', 'no word from the caller'); }
      this.#phone.send(text);
      this.#repeat(text, Math.min(2 * after, T2), since + after);
    }, after);
  }

  /** A request comes in this call. */
  async asked(request) {
    switch (request.method) {
      case 'ACK':
        clearTimeout(this.#unheard);
        if (request.body && !this.#invite?.body && this.state === 'answering') await this.#sound.accept(request.body, false).catch(() => {});
        return this.state === 'answering' && this.#enter('talking');
      case 'CANCEL':
        if (this.state !== 'coming' && this.state !== 'answering') return this.#phone.respond(request, 481);
        this.#respond(200, [], '', request);
        this.#respond(487);
        return this.#enter('over', 'missed');
      case 'BYE':
        this.#respond(200, [], '', request);
        if (this.state === 'coming') this.#respond(487);
        return this.#enter('over');
      case 'INVITE': return this.#changed(request);
      case 'MESSAGE': case 'OPTIONS': return this.#respond(200, [['Allow', ALLOW]], '', request);
      default: return this.#respond(405, [['Allow', ALLOW]], '', request);
    }
  }

  /** The other side changes its sound. */
  async #changed(request) {
    if (this.state === 'coming') return this.#respond(180, [['Contact', this.#phone.contact]]);
    if (this.state !== 'talking') return this.#respond(491, [], '', request);
    this.#invite = request;
    this.target = uri(request.first('contact')) || this.target;
    try {
      const sdp = request.body ? await this.#sound.answer(request.body) : await this.#sound.offer();
      this.#repeat(this.#respond(200, [['Contact', this.#phone.contact], ['Content-Type', 'application/sdp']], sdp, request));
    } catch {
      this.#respond(488, [], '', request);
    }
  }

  #cancel() {
    this.#phone.send(this.#phone.request({ ...this.#asked, method: 'CANCEL', headers: this.#asked.headers.filter(([name]) => name === 'Route'), body: '' }));
  }

  #bye() { this.#phone.ask(() => this.#dialogRequest('BYE')).catch(() => {}); }

  /** Ends it, however far it is. */
  end() {
    switch (this.state) {
      case 'coming': case 'answering': this.#respond(603); break;
      case 'calling': case 'new': this.#cancelled = true; break;   // cancelled as soon as the other has said something
      case 'ringing': case 'early': this.#cancelled = true; this.#cancel(); break;
      case 'talking': this.#bye();
    }
    this.#enter('over');
  }
}

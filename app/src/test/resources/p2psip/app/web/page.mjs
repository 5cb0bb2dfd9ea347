// What the page says by SIP, without a browser: a WebSocket that notes what is sent and is handed
// what comes. Prints ladders: `>` is sent, `<` came.
const { parse, digest, Telephone } = await import('./sip.js');

const lines = [];
let socket = null;
globalThis.WebSocket = class {
  static OPEN = 1;
  readyState = 1;
  constructor() { socket = this; }
  send(text) {
    const message = parse(text);
    lines.push(['>', message.status || message.method, message]);
  }
  close() {}
};
const rest = () => new Promise(done => setTimeout(done, 5));
const last = () => lines.findLast(([way]) => way === '>')[2];
async function comes(text) {
  const message = parse(text);
  lines.push(['<', message.status || message.method, message]);
  socket.onmessage({ data: text });
  await rest();
}
const same = (request, ...names) => names.flatMap(name =>
  request.all(name.toLowerCase()).map(value => `${name}: ${value}`));
const answer = (request, status, to, ...more) => comes([`SIP/2.0 ${status} Word`,
  ...same(request, 'Via', 'From', 'Call-ID'), `CSeq: ${request.cseq} ${request.method}`,
  `To: ${request.first('to')}${to && !request.first('to').includes('tag=') ? ';tag=' + to : ''}`,
  ...more, '', ''].join('\r\n'));
const asks = (method, more = []) => comes([`${method} sip:alice@x.invalid SIP/2.0`,
  'Via: SIP/2.0/WS node;branch=z9hG4bK' + method, 'Via: SIP/2.0/UDP b;branch=z9hG4bK2',
  'From: "B, o" <sip:bob@example.com>;tag=b', 'To: <sip:alice@example.com>'
  + (method === 'INVITE' ? '' : ';tag=ours'), 'i: in-1', `CSeq: 7 ${method}`,
  'Record-Route: <sip:one;lr>, <sip:two;lr>', 'm: <sip:bob@192.0.2.9>', ...more, '', 'sdp']
  .join('\r\n'));
const sound = { offer: async () => 'offer', answer: async () => 'answer', accept: async () => {} };
function tell(name) {
  console.log(`${name}: ${lines.map(([way, what]) => way + what).join(' ')}`);
  lines.length = 0;
}

const phone = new Telephone('ws://node', 'sip:alice@example.com', 'secret');
const states = [], came = [], texts = [];
phone.addEventListener('state', ({ detail }) => states.push(detail));
phone.addEventListener('call', ({ detail }) => came.push(detail));
phone.addEventListener('text', ({ detail }) => texts.push(`${detail.from} ${detail.text}`));
socket.onopen();
await rest();
await answer(last(), 401, 'n', 'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth"');
await answer(last(), 200, 'n', `Contact: ${last().first('contact')}`);
tell('registers');
console.log('state:', states.join(', '));

let call = phone.dial('sip:bob@example.com');
call.begin(sound);
await rest();
let invite = last();
await answer(invite, 180, 'b');
await answer(invite, 200, 'b', 'Contact: <sip:bob@192.0.2.9>', 'Record-Route: <sip:one;lr>, <sip:two;lr>');
console.log('ack:', last().uri, last().all('route').join(' '), 'CSeq', last().cseq);
await answer(invite, 200, 'b', 'Contact: <sip:bob@192.0.2.9>');
await answer(invite, 200, 'other', 'Contact: <sip:carol@192.0.2.9>');
call.end();
await rest();
tell('calls, is taken by two');

call = phone.dial('sip:bob@example.com');
call.begin(sound);
await rest();
invite = last();
call.end();
await answer(invite, 180, 'b');
await answer(last(), 200, 'b');
await answer(invite, 487, 'b');
tell('gives up');

await asks('INVITE', ['c: application/sdp']);
came[0].answer(sound);
await rest();
const taken = last();
await asks('ACK');
await asks('BYE');
tell('is called');
console.log('taken:', taken.all('via').length, taken.all('record-route').length, taken.body);

await asks('INVITE');
await asks('CANCEL');
tell('is missed');
await asks('MESSAGE', ['Content-Type: text/plain']);
await asks('INFO');
await asks('OPTIONS');
tell('is told');
console.log('texts:', texts.join());
console.log('calls left:', phone.calls.length);

// RFC 7616 3.9.1
for (const algorithm of ['MD5', 'SHA-256'])
  console.log(algorithm, /response="(\w+)"/.exec(await digest([`Digest realm="http-auth@example.org",`
    + ` qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",`
    + ' opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'], 'GET', '/dir/index.html', 'Mufasa',
  'Circle of Life', 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'))[1]);
console.log('basic:', await digest(['Basic realm="r"'], 'GET', '/', 'u', 'p'));
const nonsense = ['', 'INVITE', 'INVITE sip:a SIP/2.0\r\n\r\n', 'x'.repeat(70000), '\r\n\r\n',
  'SIP/2.0 200 OK\r\nVia: x\r\nnonsense\r\n\r\n', null, new ArrayBuffer(4)];
console.log('nonsense:', nonsense.map(each => parse(each)).join());
process.exit(0);

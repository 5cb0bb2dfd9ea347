// Three pages of a browser that are telephones by JsSIP: they register, send each other texts, call
// each other, and the first transfers its call with the second to the third. A fourth page, from
// elsewhere, does not come in. Prints a line for each, and nothing else if all is well.
// PAGES is a folder with playwright-core and bundle.js, which puts JsSIP into the window; WS is
// the server, DOMAIN the users', PORT where the pages are from (the next one is elsewhere).
import fs from 'fs';
import http from 'http';
import { createRequire } from 'module';
import path from 'path';

const { PAGES, WS, DOMAIN, PORT, BROWSER } = process.env;
const { chromium } = createRequire(path.join(PAGES, 'x.js'))('playwright-core');

const serve = port => http.createServer((asked, answer) => {
  const script = asked.url === '/bundle.js';
  answer.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  answer.end(script ? fs.readFileSync(path.join(PAGES, 'bundle.js'))
    : '<!doctype html><meta charset=utf-8><script src="bundle.js"></script>');
}).listen(port, '127.0.0.1');
const servers = [serve(+PORT), serve(+PORT + 1)];
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--headless=new',
  '--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
  '--disable-features=WebRtcHideLocalIpsWithMdns', '--ignore-certificate-errors'] });

function phone({ user, WS, DOMAIN }) {
  const seen = window.seen = [], sessions = [], connections = window.connections = [];
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = function (...all) {
    const connection = new Connection(...all);
    connections.push(connection);
    connection.addEventListener('track', event => {   // what nobody plays is not counted as heard
      const audio = document.createElement('audio');
      audio.srcObject = new MediaStream([event.track]);
      audio.play().catch(() => {});
    });
    return connection;
  };
  window.RTCPeerConnection.prototype = Connection.prototype;
  Object.assign(window.RTCPeerConnection, Connection);
  const media = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };
  const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(WS)],
    uri: `sip:${user}@${DOMAIN}`, password: 'pw-' + user });
  const follow = (session, name) => {
    sessions.push(session);
    for (const what of ['confirmed', 'ended', 'failed'])
      session.on(what, () => seen.push(name + what));
    session.on('refer', asked => asked.accept(call => follow(call, 'next-'), media));
  };
  for (const what of ['registered', 'registrationFailed', 'disconnected'])
    ua.on(what, () => seen.push(what));
  ua.on('newMessage', ({ originator, request }) =>
    originator === 'remote' && seen.push(request.body));
  ua.on('newRTCSession', ({ session, originator }) => {
    if (originator === 'local') return;
    follow(session, 'in-');
    session.answer(media);
  });
  window.dial = to => follow(ua.call(to, media), 'out-');
  window.hangUp = () => sessions.filter(each => !each.isEnded()).forEach(each => each.terminate());
  window.say = (to, text) => new Promise(done => ua.sendMessage(to, text, { eventHandlers: {
    succeeded: () => done('sent'), failed: event => done('failed ' + event.cause) } }));
  window.refer = to => new Promise(done => sessions.find(each => each.isEstablished()).refer(to, {
    eventHandlers: { requestFailed: () => done('refused'), accepted: () => done('accepted'),
      failed: () => done('failed') } }));
  ua.start();
}

async function open(user, port) {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(phone, { user, WS, DOMAIN });
  return page;
}

const sees = (page, what, times = 1) => page.waitForFunction(([what, times]) =>
  window.seen.filter(each => each === what).length >= times, [what, times], { timeout: 30000 });
const hears = page => page.waitForFunction(async () => {
  let packets = 0;
  (await window.connections.at(-1).getStats()).forEach(each => {
    if (each.type === 'inbound-rtp') packets = each.packetsReceived;
  });
  return packets >= 50;
}, undefined, { timeout: 30000, polling: 200 });
const hangUp = page => page.evaluate(() => window.hangUp());

try {
  const users = ['one', 'two', 'three'], uri = at => `sip:${users[at % 3]}@${DOMAIN}`;
  const pages = [];
  for (const user of users) pages.push(await open(user, +PORT));
  for (const page of pages) await sees(page, 'registered');
  console.log('registered');
  for (let at = 0; at < 3; at++) {
    console.log('text', await pages[at].evaluate(to => window.say(to, 'hello ☎'), uri(at + 1)));
    await sees(pages[(at + 1) % 3], 'hello ☎');
  }
  for (let at = 0; at < 3; at++) {
    const caller = pages[at], callee = pages[(at + 1) % 3];
    await caller.evaluate(to => window.dial(to), uri(at + 1));
    await sees(caller, 'out-confirmed');
    await sees(callee, 'in-confirmed');
    await hears(caller);
    await hears(callee);
    await hangUp(at % 2 ? callee : caller);
    await sees(caller, 'out-ended');
    await sees(callee, 'in-ended');
    console.log('call');
  }
  await pages[0].evaluate(to => window.dial(to), uri(1));
  await sees(pages[0], 'out-confirmed', 2);
  console.log('transfer', await pages[0].evaluate(to => window.refer(to), uri(2)));
  await sees(pages[1], 'next-confirmed');
  await hangUp(pages[0]);
  await hears(pages[1]);
  await hears(pages[2]);
  await hangUp(pages[2]);
  await sees(pages[1], 'next-ended');
  console.log('over');
  const other = await open('one', +PORT + 1);
  await sees(other, 'disconnected');
  console.log('from elsewhere', await other.evaluate(() =>
    window.seen.includes('registered') ? 'registered' : 'kept out'));
} finally {
  await browser.close();
  servers.forEach(server => server.close());
}

// A page of a browser that is a telephone calls a plain one and is called by it: the node's own
// page if OWN is its address, else one with JsSIP. Prints a line for each thing that was seen, with
// the tone that the page hears; who starts it has the plain telephone call when it is `waiting`,
// and hang up when that is `taken`.
// PAGES is a folder with playwright-core and bundle.js, WS the server of JsSIP, PORT where its page
// is from, TONE a sound file for the microphone, TRUSTED the key of an authority that the browser
// believes, as base64 of its SHA-256.
import fs from 'fs';
import http from 'http';
import { createRequire } from 'module';
import path from 'path';

const { PAGES, OWN, WS, PORT, BROWSER, TONE, TRUSTED } = process.env;
const { chromium } = createRequire(path.join(PAGES, 'x.js'))('playwright-core');
const PATIENCE = { timeout: 40000 };

const server = http.createServer((asked, answer) => {
  const script = asked.url === '/bundle.js';
  answer.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  answer.end(script ? fs.readFileSync(path.join(PAGES, 'bundle.js'))
    : '<!doctype html><meta charset=utf-8><script src="bundle.js"></script>');
}).listen(+PORT, '127.0.0.1');
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--headless=new',
  '--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
  '--use-file-for-fake-audio-capture=' + TONE,
  '--ignore-certificate-errors-spki-list=' + TRUSTED] });
const page = await browser.newPage();

// what is heard, and a microphone that nobody corrects: to a browser a tone is noise
await page.addInitScript(() => {
  const Connection = window.RTCPeerConnection, devices = navigator.mediaDevices;
  window.tracks = [];
  window.RTCPeerConnection = function (...all) {
    const connection = window.last = new Connection(...all);
    connection.addEventListener('track', event => window.tracks.push(event.track));
    return connection;
  };
  window.RTCPeerConnection.prototype = Connection.prototype;
  const microphone = devices?.getUserMedia.bind(devices);
  if (devices) devices.getUserMedia = () => microphone({ audio: { echoCancellation: false,
    noiseSuppression: false, autoGainControl: false } });
});

const hears = () => page.evaluate(async () => {
  const audio = new AudioContext({ sampleRate: 8000 }), listener = audio.createAnalyser();
  listener.fftSize = 8192;
  listener.smoothingTimeConstant = 0;
  audio.createMediaStreamSource(new MediaStream([window.tracks.at(-1)])).connect(listener);
  const bins = new Float32Array(listener.frequencyBinCount);
  for (let tries = 0; tries < 60; tries++) {
    await new Promise(done => setTimeout(done, 500));
    listener.getFloatFrequencyData(bins);
    const best = bins.indexOf(Math.max(...bins));
    if (tries > 3 && bins[best] > -50) {
      await audio.close();
      return Math.round(best * 8000 / listener.fftSize / 10) * 10;
    }
  }
  return 'silence';
});

const dtls = () => page.evaluate(async () => {
  let state = 'none';
  (await window.last.getStats()).forEach(each => {
    if (each.type === 'transport') state = each.dtlsState;
  });
  return state;
});

const ours = {
  async open() {
    await page.goto(OWN);
    await page.fill('#aor', 'alice@example.com');
    await page.press('#aor', 'Enter');
    await ours.shows('#state', '^registered$');
  },
  shows: (where, what) => page.waitForFunction(([where, what]) =>
    new RegExp(what).test(document.querySelector(where).textContent), [where, what], PATIENCE),
  async dial() {
    await page.fill('#to', 'bob');
    await page.press('#to', 'Enter');
    await ours.shows('#how', '^Talking to');
  },
  end: () => page.click('#end'),
  ended: () => ours.shows('#how', 'ended'),
  async take() {
    await ours.shows('#how', '^Call from');
    await page.keyboard.press('Enter');   // the button that answers has the focus
    await ours.shows('#how', '^Talking to');
  },
};

const jssip = {
  async open() {
    await page.goto(`http://127.0.0.1:${PORT}/`);
    await page.evaluate(WS => {
      const seen = window.seen = [];
      const media = { mediaConstraints: { audio: true, video: false },
        pcConfig: { iceServers: [] } };
      const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(WS)],
        uri: 'sip:alice@example.com', password: 'none' });
      ua.on('registered', () => seen.push('registered'));
      ua.on('newRTCSession', ({ session, originator }) => {
        window.session = session;
        for (const what of ['confirmed', 'ended', 'failed'])
          session.on(what, () => seen.push(what));
        session.connection ? play(session.connection)
          : session.on('peerconnection', ({ peerconnection }) => play(peerconnection));
        if (originator === 'remote') session.answer(media);
      });
      const play = connection => connection.addEventListener('track', ({ track }) => {
        const audio = document.createElement('audio');   // what nobody plays is not heard
        audio.srcObject = new MediaStream([track]);
        audio.play().catch(() => {});
      });
      window.dial = () => ua.call('sip:bob@example.com', media);
      ua.start();
    }, WS);
    await jssip.sees('registered');
  },
  sees: async what => {
    await page.waitForFunction(what => window.seen.includes(what), what, PATIENCE);
    await page.evaluate(() => { window.seen.length = 0; });
  },
  async dial() {
    await page.evaluate(() => { window.dial(); });
    await jssip.sees('confirmed');
  },
  end: () => page.evaluate(() => window.session.terminate()),
  ended: () => jssip.sees('ended'),
  take: () => jssip.sees('confirmed'),
};

try {
  const phone = OWN ? ours : jssip;
  await phone.open();
  console.log('registered');
  await phone.dial();
  console.log('calls, hears', await hears(), 'by DTLS', await dtls());
  await phone.end();
  await phone.ended();
  console.log('waiting');
  await phone.take();
  console.log('called, hears', await hears(), 'by DTLS', await dtls());
  console.log('taken');
  await phone.ended();
  console.log('over');
} catch (why) {
  console.log(why.message, OWN ? await page.textContent('body') : '');
} finally {
  await browser.close();
  server.close();
}

// The views that are tables: records, peers, settings, keys.

import {ask, get, path} from './channel.js';
import {ago, brief, by, bytes, el, facts, say, table} from './dom.js';

/** Has what a button does said where it is: what came of it, or why not. */
export async function tried(status, what) {
    try {
        say(status, await what(), 'good');
    } catch (e) {
        say(status, e.message, 'bad');
    }
}

// records

const RECORD = [['Key', '', r => r.key], ['Kind', '', r => r.kind],
    ['Value', 'mono', r => short(r.value)],
    ['Owner', 'id', r => el('span', {title: r.owner}, brief(r.owner))],
    ['Number', 'n', r => r.sequence], ['Until', '', r => r.expires.slice(0, 19).replace('T', ' ')]];

function short(text) {
    return text.length > 160 ? text.slice(0, 160) + ' …' : text;
}

export function beginRecords() {
    by('write').addEventListener('submit', event => {
        event.preventDefault();
        tried(by('said'), () => record(event.submitter?.value ?? 'get', by('key').value));
    });
}

async function record(what, key) {
    const at = path('dht', key);
    if (what === 'put') {
        await ask('PUT', at, {value: by('text').value, ttl: Number(by('seconds').value)});
        return `${key} is stored.`;
    }
    if (what === 'rm') {
        await ask('DELETE', at);
        return `What this node has put under ${key} is removed.`;
    }
    const {records} = await get(at);
    table(by('found'), 'Nothing lies there.', RECORD, records);
    return `${records.length} ${records.length === 1 ? 'record' : 'records'} under ${key}.`;
}

export async function records() {
    const {records, more} = await get('/records');
    say(by('held-size'), `${records.length + more}` + (more ? `, the first ${records.length}` : ''));
    table(by('held'), 'None.', RECORD, records);
}

// peers

let before = new Map(), since = 0;

export async function peers() {
    const {peers} = await get('/peers');
    const now = performance.now(), seconds = (now - since) / 1000;
    const rate = (peer, way) => {
        const old = before.get(peer.id)?.[way];
        return bytes(peer[way]) + (old === undefined || peer[way] < old ? ''
            : `, ${bytes((peer[way] - old) / seconds)}/s`);
    };
    table(by('peer-table'), 'It speaks with nobody yet.', [
        ['Id', 'id', p => el('span', {title: p.id}, brief(p.id))],
        ['Address', '', p => p.relay ? 'by ' + brief(p.relay) : p.address],
        ['Role', '', p => p.role + (p.link ? ', link' : '')],
        ['Round trip', 'n', p => p.roundTrip === undefined ? '' : p.roundTrip.toFixed(1) + ' ms'],
        ['Sent', 'n', p => rate(p, 'sent')], ['Received', 'n', p => rate(p, 'received')],
        ['Since', 'n', p => ago(p.since)], ['Heard', 'n', p => ago(p.heard)]], peers,
    String(now));
    before = new Map(peers.map(peer => [peer.id, peer]));
    since = now;
    facts(by('stats'), flat(await get('/stats')));
}

const flat = (object, prefix = '') => Object.entries(object).flatMap(([name, value]) =>
    typeof value === 'object' ? flat(value, prefix + name + '.') : [[prefix + name, value]]);

// settings

export async function settings() {
    const all = (await get('/config')).settings;
    table(by('setting-table'), 'None.', [['Name', '', s => s.key],
        ['Value', '', s => choice(s)], ['Now', '', s => s.running], ['From', '', s => s.from],
        ['Counts', '', s => s.counts], ['What it is', '', s => s.about]], all);
}

function choice(setting) {
    const box = el('input', {value: setting.value, size: 14, 'aria-label': setting.key,
        title: setting.form, spellcheck: 'false'});
    const change = (method, body) => tried(by('settings-said'), async () => {
        const {key, value, counts} = await ask(method, path('config', setting.key), body);
        await settings();
        return `${key} = ${value}: ${counts}`;
    });
    return el('form', {onsubmit: event => {
        event.preventDefault();
        change('PUT', {value: box.value});
    }}, box, ' ', el('button', {'aria-label': 'Set ' + setting.key}, 'Set'), ' ', el('button',
        {type: 'button', 'aria-label': 'As usual: ' + setting.key,
            onclick: () => change('DELETE')}, 'As usual'));
}

// identities and pins

export function beginKeys() {
    by('pin').addEventListener('submit', event => {
        event.preventDefault();
        tried(by('keys-said'), () => pinned('PUT', by('pin-address').value,
            {key: by('pin-key').value}));
    });
}

async function pinned(method, address, body) {
    await ask(method, path('pins', address), body);
    await keys();
    return method === 'PUT' ? `${address} is whoever has that key.`
        : `The keys of ${address} are forgotten.`;
}

export async function keys() {
    const own = await get('/peers');
    facts(by('own'), [['This node', own.id], ['Address', own.address],
        ['Part', own.superNode ? 'a super-node' : 'an ordinary node']]);
    const {pins} = await get('/pins');
    const button = (text, pin, method, body) => el('button', {type: 'button',
        'aria-label': `${text} ${pin.address} ${brief(pin.key)}`, onclick: () =>
            tried(by('keys-said'), () => pinned(method, pin.address, body))}, text);
    table(by('pin-table'), 'Nobody was called yet.', [['Address', '', p => p.address],
        ['Key', 'id', p => p.key], ['Trust', '', p => p.trust],
        ['Since', '', p => p.since.slice(0, 19).replace('T', ' ')],
        ['Do', '', p => el('span', {}, button('Believe', p, 'PUT', {key: p.key}), ' ',
            button('Forget', p, 'DELETE'))]], pins);
}

// The page of the console: which view is shown, and what keeps it true. What is seen is asked for
// about once a second, and only while somebody looks; events are taken in many at a time.

import * as channel from './channel.js';
import {by, el, say} from './dom.js';
import * as calls from './calls.js';
import * as ring from './ring.js';
import * as stage from './stage.js';
import * as tables from './tables.js';

/** How often what is seen is asked for, and events are taken in, in milliseconds. */
const BEAT = 1000, GULP = 100;

/** Events that may wait for being taken in; the oldest are not seen. */
const WAITING = 2000;

const TITLES = {ring: 'Ring', records: 'Records', peers: 'Peers', calls: 'Calls',
    settings: 'Settings', keys: 'Keys'};
const REFRESH = {ring: ring.refresh, records: tables.records, peers: tables.peers,
    calls: calls.refresh, settings: () => { }, keys: () => { }};

const waiting = [];
let views = [], shown = '', busy = false, simulated = false;

async function begin() {
    theme();
    try {
        await channel.enter();
        const there = await channel.get('/views');
        views = there.views;
        simulated = views.includes('stage');
        begun(there.site);
    } catch (e) {
        by('enter').hidden = false;
        say(by('why'), e.status === 401 ? 'This tab has not entered yet, or the node was started'
            + ' anew.' : e.message, 'bad');
        say(by('state'), 'outside', 'bad');
        addEventListener('hashchange', () => location.reload());
    }
}

function begun(site) {
    by('views').append(...views.filter(name => TITLES[name]).map(name =>
        el('a', {href: '#/' + name, id: 'to-' + name}, TITLES[name])));
    ring.begin(simulated ? stage.stage : undefined);
    if (simulated) stage.begin(ring, () => ring.refresh());
    calls.begin(site);
    tables.beginRecords();
    tables.beginKeys();
    addEventListener('hashchange', show);
    document.addEventListener('visibilitychange', beat);
    by('skip').addEventListener('click', event => {
        event.preventDefault();
        by('main').focus();
    });
    show();
    setInterval(beat, BEAT);
    setInterval(gulp, GULP);
    channel.listen(take, why => say(by('state'), why || 'live', why ? 'bad' : 'good'));
}

/** Shows the view that the address names, the first if it names none. */
async function show() {
    const wanted = location.hash.slice(2);
    shown = views.includes(wanted) && TITLES[wanted] ? wanted : views[0];
    for (const each of document.querySelectorAll('.view')) each.hidden = each.id !== shown;
    for (const each of by('views').children) {
        if (each.id === 'to-' + shown) each.setAttribute('aria-current', 'page');
        else each.removeAttribute('aria-current');
    }
    document.title = TITLES[shown] + ' – p2psip console';
    await guarded(() => shown === 'settings' ? tables.settings()
        : shown === 'keys' ? tables.keys() : REFRESH[shown]());
}

/** Once a second; the next time only when the last is over. */
async function beat() {
    if (document.hidden || busy) return;
    busy = true;
    await guarded(async () => {
        if (simulated && shown === 'ring') await stage.refresh();
        await REFRESH[shown]();
    });
    busy = false;
}

async function guarded(what) {
    try {
        await what();
    } catch (e) {
        say(by('state'), e.message, 'bad');
    }
}

// events

function take(kind, told) {
    if (waiting.length === WAITING) waiting.shift();
    waiting.push([kind, told]);
}

function gulp() {
    for (const [kind, told] of waiting.splice(0)) {
        if (kind === 'message' && (told.protocol === 'DHT' || told.protocol === 'P2P'))
            ring.message(told);
        else if (kind === 'message' && told.protocol === 'SIP' || kind === 'state')
            calls.heard(kind, told);
    }
}

// by day and by night

function theme() {
    const button = by('theme'), root = document.documentElement;
    const dark = () => root.dataset.theme ? root.dataset.theme === 'dark'
        : matchMedia('(prefers-color-scheme: dark)').matches;
    const chosen = () => {
        button.setAttribute('aria-pressed', String(dark()));
        ring.repaint();
    };
    if (localStorage.getItem('theme')) root.dataset.theme = localStorage.getItem('theme');
    button.addEventListener('click', () => {
        localStorage.setItem('theme', root.dataset.theme = dark() ? 'light' : 'dark');
        chosen();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', chosen);
    chosen();
}

begin();

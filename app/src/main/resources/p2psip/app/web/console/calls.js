// Calls as ladders: the node in the middle, who speaks with it beside it, time downwards. Messages
// are put together by their Call-ID; states of machines by the branch that their names bear.

import {get, ask} from './channel.js';
import {by, changed, el, say, svg, table} from './dom.js';

/** Calls remembered, and rows of each; branches whose call is known. */
const CALLS = 20, ROWS = 200, BRANCHES = 500;

/** Where the rules of a method or of a class of answers are. */
const METHODS = {INVITE: 'rfc3261#13', ACK: 'rfc3261#17.1.1.3', BYE: 'rfc3261#15',
    CANCEL: 'rfc3261#9', REGISTER: 'rfc3261#10', OPTIONS: 'rfc3261#11', MESSAGE: 'rfc3428#4',
    SUBSCRIBE: 'rfc6665#4', NOTIFY: 'rfc6665#4', REFER: 'rfc3515#2', PRACK: 'rfc3262#4',
    UPDATE: 'rfc3311#5', INFO: 'rfc6086#4', PUBLISH: 'rfc3903#4'};

const calls = new Map();
const branches = new Map();
let site = false, drawn = '', dirty = false;

export function begin(withSite) {
    site = withSite;
    by('call').addEventListener('change', refresh);
    by('ask-why').addEventListener('click', why);
}

/** A message of SIP has passed, or a machine has entered a state. */
export function heard(kind, told) {
    const id = kind === 'message' ? ofMessage(told) : branches.get(
        Object.keys(told).includes('machine') ? /z9hG4bK\S+/.exec(told.machine)?.[0] : '');
    if (!id) return;
    const call = calls.get(id) ?? calls.set(id, {rows: [], more: 0}).get(id);
    if (calls.size > CALLS) calls.delete(calls.keys().next().value);
    if (call.rows.length < ROWS) call.rows.push({kind, ...told});
    else call.more++;
    dirty = true;
}

function ofMessage(told) {
    const id = /^(?:Call-ID|i)\s*:\s*(\S+)/mi.exec(told.text)?.[1];
    for (const [branch] of told.text.matchAll(/z9hG4bK[^\s;,>]+/g)) {
        branches.set(branch, id);
        if (branches.size > BRANCHES) branches.delete(branches.keys().next().value);
    }
    return id;
}

/** Which address leads to a rule, on the annotated pages where they are here. */
export function rule(citation) {
    const m = /^rfc(\d+)#(\w+)((?:\.\d+)*)((?:-\d+)?)/.exec(citation ?? '');
    if (!m) return undefined;
    return site ? `/site/source/rfc${m[1]}/${m[2]}.html#s${m[2]}${m[3]}${m[4]}`
        : `https://www.rfc-editor.org/rfc/rfc${m[1]}#section-${m[2]}${m[3]}`;
}

function citation(row) {
    if (row.kind !== 'message') return row.citation;
    const status = /^(\d)\d\d /.exec(row.summary)?.[1];
    return status ? 'rfc3261#21.' + status : METHODS[row.summary.split(' ')[0]];
}

/** The list of calls, the ladder and the media of the one that is chosen. */
export async function refresh() {
    const {calls: going} = await get('/calls');
    const names = new Map(going.map(call =>
        [call.callId, `${call.from} to ${call.to}, ${call.state}`]));
    for (const [id, call] of calls) if (!names.has(id)) names.set(id, title(call) + ', over');
    options(by('call'), [...names].reverse());
    const {media} = await get('/media');
    table(by('media'), 'No sound goes by this node.', [['Call', '', m => m.callId],
        ['From', '', m => m.from], ['Packets', 'n', m => m.packets],
        ['Lost', 'n', m => `${m.missing} (${(100 * m.loss).toFixed(1)} %)`],
        ['Jitter', 'n', m => m.jitter.toFixed(1) + ' ms']], media);
    const id = by('call').value;
    if (!dirty && drawn === id) return;
    const same = drawn === id;
    drawn = id;
    dirty = false;
    draw(calls.get(id), same);
}

const title = call => {
    const first = call.rows.find(row => row.kind === 'message');
    const name = header => new RegExp(`^${header}\\s*:.*?(sips?:[^;>\\s]+)`, 'mi')
        .exec(first?.text ?? '')?.[1] ?? '?';
    return `${first?.summary.split(' ')[0] ?? ''} ${name('From')} to ${name('To')}`;
};

/** Fills a choice and keeps what was chosen. */
function options(choice, all) {
    if (!changed(choice, JSON.stringify(all))) return;
    const was = choice.value;
    choice.replaceChildren(...(all.length ? all : [['', 'none yet']])
        .map(([value, text]) => el('option', {value}, text)));
    if (all.some(([value]) => value === was)) choice.value = was;
}

const LINE = 26, TOP = 34, NODE = 'this node';

function draw(call, same) {
    if (!call) return void (by('ladder').replaceChildren(), by('texts').replaceChildren());
    const others = [...new Set(call.rows.filter(row => row.kind === 'message')
        .map(row => row.remote))].slice(0, 6);
    const columns = [...others.slice(0, 1), NODE, ...others.slice(1)];
    const width = Math.max(2, columns.length) * 220;
    const x = name => 130 + Math.max(0, columns.indexOf(name)) * 220 - (columns.length > 1 ? 0 : 60);
    const height = TOP + LINE * (call.rows.length + 1);
    const begin = Date.parse(call.rows[0].at);
    const lines = columns.map(name => svg('g', {}, svg('line', {class: 'life', x1: x(name),
        x2: x(name), y1: TOP - 8, y2: height - 8}),
    svg('text', {x: x(name), y: TOP - 16, 'text-anchor': 'middle'}, cut(name, 24))));
    const rows = call.rows.map((row, i) => rung(row, x, TOP + LINE * (i + 0.8),
        ((Date.parse(row.at) - begin) / 1000).toFixed(3)));
    by('ladder').replaceChildren(svg('svg', {class: 'ladder', role: 'group',
        'aria-label': 'The ladder of the call', viewBox: `0 0 ${width} ${height}`}, ...lines,
    ...rows), ...(call.more ? [el('p', {}, `and ${call.more} more`)] : []));
    const open = [...by('texts').children].map(each => same && each.open);
    by('texts').replaceChildren(...call.rows.filter(row => row.kind === 'message').slice(0, 60)
        .map((row, i) => el('details', {open: open[i] && ''}, el('summary', {}, (row.sent ? 'to '
            : 'from ') + row.remote + ': ' + row.summary), el('pre', {}, row.text))));
}

function rung(row, x, y, time) {
    const to = rule(citation(row));
    const at = svg('text', {class: 'soft', x: 4, y: y + 4}, time);
    if (row.kind !== 'message') return leads(to, '', at, svg('text',
        {x: x(NODE) + 8, y: y + 4}, `${row.machine?.split(' ').slice(0, 2).join(' ') ?? ''}: `
        + (row.state ?? row.text)));
    const [from, end] = row.sent ? [x(NODE), x(row.remote)] : [x(row.remote), x(NODE)];
    const way = Math.sign(end - from) || 1;
    const bad = /^[456]\d\d /.test(row.summary) ? 'bad' : '';
    return leads(to, bad, at,
        svg('line', {class: 'arrow', x1: from, x2: end - 6 * way, y1: y + 6, y2: y + 6}),
        svg('path', {class: 'tip', d: `M${end} ${y + 6}l${-9 * way} -4v8z`}),
        svg('text', {x: (from + end) / 2, y, 'text-anchor': 'middle'}, cut(row.summary, 26)));
}

const cut = (text, room) => text.length > room ? text.slice(0, room - 1) + '…' : text;

/** What leads to a rule is a link to it, in a tab of its own. */
const leads = (address, kind, ...parts) => address ? svg('a', {href: address, class: kind,
    target: '_blank', rel: 'noopener noreferrer'}, ...parts)
    : svg('g', {class: kind}, ...parts);

async function why() {
    const callId = by('call').value;
    try {
        const told = callId ? await ask('POST', '/why', {callId}) : await get('/why');
        say(by('because'), told.what + (told.cause ? ` (${told.cause.advice ?? told.cause.name})`
            : ''));
    } catch (e) {
        say(by('because'), e.message, 'bad');
    }
}

// The ring: its nodes where their ids put them, what the selected one sees of it, and messages as
// they pass. Nodes are elements that stay as long as their node does; messages are strokes on a
// canvas, drawn a few times a second whatever their number, and a list of the last ones.

import {get, path} from './channel.js';
import {brief, by, el, facts, say, svg} from './dom.js';

const MIDDLE = 320, RADIUS = 285;
/** Strokes at a time, how long each is seen, and how often they are drawn, in milliseconds. */
const STROKES = 150, SEEN = 700, BEAT = 66;
/** Messages in the list, and how often it is written anew. */
const LISTED = 40, REWRITE = 500;

const nodes = new Map();
const addresses = new Map();
const strokes = [];
const last = [];
let order = [], selected = '', view, heard = 0, beating = 0, colours, rim, lines, stage;

/** Begins; `of` is what can be done to a simulated ring, if this is one. */
export function begin(of) {
    stage = of;
    lines = svg('g', {});
    rim = svg('circle', {class: 'rim', cx: MIDDLE, cy: MIDDLE, r: RADIUS});
    by('circle').replaceChildren(rim, lines);
    by('circle').addEventListener('keydown', key);
    if (stage) draggable();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) by('show').checked = false;
    by('messages').tBodies[0].append(...Array.from({length: LISTED}, () => el('tr', {hidden: ''},
        el('td', {class: 'n'}), el('td', {class: 'id'}), el('td', {class: 'id'}), el('td'))));
    setInterval(rewrite, REWRITE);
}

/** The id of the selected node. */
export const chosen = () => selected;

/** Those on the same half as the selected node, it in their middle: who knows no mouse cuts so. */
export function half() {
    if (!selected) return [];
    const at = order.indexOf(selected), many = Math.floor(order.length / 2);
    return Array.from({length: many}, (_, i) =>
        order[(at - Math.floor(many / 2) + i + order.length) % order.length]);
}

/** Asks who is there and draws it; `shape` is what was asked for already. */
export async function refresh(shape) {
    const now = shape ?? await get('/ring');
    draw(now);
    if (!selected && now.self) select(now.self);
    else if (selected && !nodes.has(selected)) select('');
    else if (selected) await look();
}

function draw(shape) {
    for (const each of shape.nodes) {
        const node = nodes.get(each.id) ?? born(each.id);
        node.known = each;
        addresses.set(each.address, each.id);
        const look = ['dot', each.onRing ? '' : 'ordinary', each.role === 'self' ? 'self' : '',
            each.cut ? 'far' : '',
            view?.leafy.has(each.id) ? 'leafy' : ''].filter(Boolean).join(' ');
        if (node.dot.getAttribute('class') !== look) node.dot.setAttribute('class', look);
        const name = brief(each.id) + ' ' + each.role + (each.cut ? ', cut off' : '');
        if (node.name !== name) node.dot.setAttribute('aria-label', node.name = name);
    }
    const there = new Set(shape.nodes.map(each => each.id));
    for (const [id, node] of nodes) if (!there.has(id)) {
        node.dot.remove();
        nodes.delete(id);
        addresses.delete(node.known.address);
    }
    const now = [...nodes.keys()].sort();
    if (now.join() !== order.join()) {
        order = now;
        const r = order.length > 120 ? 4 : order.length > 40 ? 6 : 9;
        for (const node of nodes.values()) node.circle.setAttribute('r', r);
        tabs();
    }
}

function born(id) {
    const turn = parseInt(id.slice(0, 8), 16) / 2 ** 32 * 2 * Math.PI;
    const x = MIDDLE + RADIUS * Math.sin(turn), y = MIDDLE - RADIUS * Math.cos(turn);
    const circle = svg('circle', {class: 'body', cx: x, cy: y, r: 9});
    const dot = svg('g', {class: 'dot', role: 'button', tabindex: -1, 'aria-pressed': 'false'},
        svg('circle', {class: 'mark', cx: x, cy: y, r: 16}), circle);
    dot.addEventListener('click', () => select(id));
    by('circle').append(dot);
    const node = {x, y, circle, dot};
    nodes.set(id, node);
    return node;
}

/** One node alone is reached by the tab key: the selected one, or the first. */
function tabs() {
    const one = selected || order[0];
    for (const [id, node] of nodes) node.dot.setAttribute('tabindex', id === one ? 0 : -1);
}

function key(event) {
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    const at = order.indexOf(selected);
    if (step) select(order[(at + step + order.length) % order.length]);
    else if (event.key === 'Home') select(order[0]);
    else if (event.key === 'End') select(order.at(-1));
    else if (event.key === 'Enter' || event.key === ' ')
        select([...nodes].find(([, node]) => node.dot === event.target)?.[0] ?? selected);
    else if (event.key === 'Delete' && stage) return void stage.kill();
    else return;
    event.preventDefault();
    nodes.get(selected)?.dot.focus();
}

/** Selects a node and looks at what it sees. */
export async function select(id) {
    nodes.get(selected)?.dot.setAttribute('aria-pressed', 'false');
    selected = id ?? '';
    nodes.get(selected)?.dot.setAttribute('aria-pressed', 'true');
    tabs();
    stage?.selected(selected);
    await look();
}

async function look() {
    const id = selected;
    if (!id) return show(id, undefined, '');
    try {
        show(id, await get(path('ring', id)), '');
    } catch (e) {
        show(id, undefined, e.message);
    }
}

function show(id, seen, why) {
    if (id !== selected) return;
    const known = nodes.get(id)?.known;
    say(by('node-title'), id ? 'Node ' + id : 'No node is selected');
    facts(by('facts'), known ? [['Address', known.address], ['Role', known.role],
        ['Side', known.cut ? 'cut off' : ''], ['Records', seen?.records ?? known.records],
        ['Not known', why]] : []);
    const shape = JSON.stringify(seen ?? {});
    if (view?.key === id + shape) return;
    view = {key: id + shape, leafy: new Set((seen?.leaves ?? []).map(each => each.id))};
    by('leaves').replaceChildren(...(seen?.leaves ?? []).map(chip));
    grid(seen?.table ?? []);
    reach(id, seen);
    for (const [other, node] of nodes) node.dot.classList.toggle('leafy', view.leafy.has(other));
}

const chip = each => el('button', {type: 'button', title: each.id + ' ' + each.address,
    onclick: () => select(each.id)}, brief(each.id));

/** The routing table: a row for each number of digits that ids have in common. */
function grid(cells) {
    const rows = Map.groupBy(cells, cell => cell.row);
    by('table').replaceChildren(el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, 'row'),
        ...Array.from({length: 16}, (_, c) => el('th', {scope: 'col'}, c.toString(16))))),
    el('tbody', {}, ...[...rows].map(([row, all]) => el('tr', {}, el('th', {scope: 'row'}, row),
        ...Array.from({length: 16}, (_, c) => {
            const cell = all.find(each => each.column === c);
            return el('td', {}, cell ? el('button', {type: 'button', title: cell.id,
                onclick: () => select(cell.id)}, cell.id.slice(0, 4)) : '');
        })))));
}

/** Lines from a node to those of its table, and to its leaves. */
function reach(id, seen) {
    const from = nodes.get(id);
    const to = (each, kind) => {
        const node = nodes.get(each.id);
        return node && svg('line', {class: kind, x1: from.x, y1: from.y, x2: node.x, y2: node.y});
    };
    lines.replaceChildren(...(from && seen ? [...seen.table.map(each => to(each, 'reach')),
        ...seen.leaves.map(each => to(each, 'leaf'))].filter(Boolean) : []));
}

// messages

/** One has passed: between nodes that are drawn it is seen on its way. */
export function message(told) {
    const here = addresses.get(told.local), there = addresses.get(told.remote);
    const [from, to] = told.sent ? [here, there] : [there, here];
    heard++;
    const only = by('only').value;
    if (only && !told.summary.includes(only)) return;
    last.push({at: told.at, from: brief(from) || (told.sent ? told.local : told.remote),
        to: brief(to) || (told.sent ? told.remote : told.local), what: told.summary});
    if (last.length > LISTED) last.shift();
    if (!by('show').checked || !from || !to || document.hidden) return;
    strokes.push({a: nodes.get(from), b: nodes.get(to), kind: kind(told.summary),
        born: performance.now()});
    if (strokes.length > STROKES) strokes.shift();
    beating ||= setTimeout(beat, BEAT);
}

const kind = summary => /^(Route|Taken|Errand)/.test(summary) ? 'accent'
    : /^(Copy|Stored|Values|Collect|Want|Tags|Compare|Same|Split)/.test(summary) ? 'good' : 'soft';

function beat() {
    beating = 0;
    const now = performance.now();
    while (strokes.length && now - strokes[0].born > SEEN) strokes.shift();
    const paper = by('flows').getContext('2d');
    paper.clearRect(0, 0, 2 * MIDDLE, 2 * MIDDLE);
    colours ??= inks();
    paper.lineWidth = 1.5;
    for (const {a, b, kind, born} of strokes) {
        if (!a || !b) continue;
        const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy);
        if (length < 1) continue;
        const ux = dx / length, uy = dy / length, x = b.x - 10 * ux, y = b.y - 10 * uy;
        paper.globalAlpha = Math.max(0, 1 - (now - born) / SEEN);
        paper.strokeStyle = colours[kind];
        paper.beginPath();
        paper.moveTo(a.x, a.y);
        paper.lineTo(x, y);
        paper.lineTo(x - 8 * ux - 4 * uy, y - 8 * uy + 4 * ux);
        paper.moveTo(x, y);
        paper.lineTo(x - 8 * ux + 4 * uy, y - 8 * uy - 4 * ux);
        paper.stroke();
    }
    if (strokes.length) beating = setTimeout(beat, BEAT);
}

/** The colours of the style sheet, by day or by night. */
function inks() {
    const probe = el('span', {hidden: ''});
    document.body.append(probe);
    const all = {};
    for (const name of ['accent', 'good', 'soft']) {
        probe.style.color = `var(--${name})`;
        all[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    return all;
}

/** The colours are others now. */
export const repaint = () => colours = undefined;

let written = performance.now();

function rewrite() {
    if (by('ring').hidden || document.hidden) return;
    const now = performance.now();
    say(by('rate'), Math.round(heard / (now - written) * 1000) + ' a second');
    heard = 0;
    written = now;
    const rows = by('messages').tBodies[0].rows;
    for (let i = 0; i < LISTED; i++) {
        const one = last[last.length - 1 - i];
        rows[i].hidden = !one;
        if (!one) continue;
        say(rows[i].cells[0], one.at.slice(11, 23));
        say(rows[i].cells[1], one.from);
        say(rows[i].cells[2], one.to);
        say(rows[i].cells[3], one.what);
    }
}

/** What was seen is of another time. */
export function forget() {
    strokes.length = 0;
    last.length = 0;
    view = undefined;
}

// the mouse cuts a simulated ring in two

function draggable() {
    const circle = by('circle'), line = svg('line', {class: 'half', visibility: 'hidden'});
    circle.append(line);
    let from;
    const place = event => {
        const box = circle.getBoundingClientRect();
        return {x: (event.clientX - box.left) / box.width * 2 * MIDDLE,
            y: (event.clientY - box.top) / box.height * 2 * MIDDLE};
    };
    circle.addEventListener('pointerdown', event => {
        if (event.target.closest('.dot')) return;
        from = place(event);
        circle.setPointerCapture(event.pointerId);
    });
    circle.addEventListener('pointermove', event => {
        if (!from) return;
        const to = place(event);
        for (const [name, value] of Object.entries({x1: from.x, y1: from.y, x2: to.x, y2: to.y,
            visibility: 'visible'})) line.setAttribute(name, value);
    });
    circle.addEventListener('pointerup', event => {
        if (!from) return;
        const to = place(event), dx = to.x - from.x, dy = to.y - from.y;
        line.setAttribute('visibility', 'hidden');
        const left = order.filter(id => dx * (nodes.get(id).y - from.y)
            - dy * (nodes.get(id).x - from.x) > 0);
        const start = from;
        from = undefined;
        if (Math.hypot(dx, dy) > 100 && left.length && left.length < order.length) stage.cut(
            left.length * 2 <= order.length ? left : order.filter(id => !left.includes(id)));
        else if (event.detail === 2 && start) stage.add();
    });
}

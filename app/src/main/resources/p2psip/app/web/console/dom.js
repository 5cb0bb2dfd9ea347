// Elements of the page. What strangers have written becomes text, never markup: nothing here, and
// nothing that uses it, sets innerHTML.

const SVG = 'http://www.w3.org/2000/svg';

/** The element of that id. */
export const by = id => document.getElementById(id);

/** A new element with these attributes (`onclick` and the like are listeners) and children. */
export const el = (name, attributes, ...children) =>
    filled(document.createElement(name), attributes, children);

/** The same for a drawing. */
export const svg = (name, attributes, ...children) =>
    filled(document.createElementNS(SVG, name), attributes, children);

function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (value !== undefined && value !== false) element.setAttribute(name, value);
    }
    element.append(...children.filter(child => child !== undefined).map(visible));
    return element;
}

/** Text in which nothing turns the line around or is not seen. */
const visible = child => child instanceof Node ? child : String(child).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

/** Puts text into an element, unless it is there. */
export function say(element, text, is) {
    const now = visible(text ?? '');
    if (element.textContent !== now) element.textContent = now;
    if (is) element.dataset.is = is;
    else delete element.dataset.is;
}

/** What elements were filled with last. */
const contents = new WeakMap();

/** Whether an element is to be filled anew, because that is something else than the last time. */
export function changed(element, key) {
    if (contents.get(element) === key) return false;
    contents.set(element, key);
    return true;
}

/** The beginning of an id, which is enough for people. */
export const brief = id => id ? String(id).slice(0, 8) : '';

/**
 * Fills a table, if anything in it has changed: columns are `[heading, kind, row => cell]`, where
 * the kind is a class and a cell is text or an element.
 */
export function table(element, caption, columns, rows, key = JSON.stringify(rows)) {
    if (!changed(element, key)) return;
    element.replaceChildren(el('thead', {}, el('tr', {}, ...columns.map(([name, kind]) =>
        el('th', {scope: 'col', class: kind}, name)))), el('tbody', {}, ...(rows.length ? rows.map(
        row => el('tr', {}, ...columns.map(([, kind, cell]) => el('td', {class: kind}, cell(row)))))
        : [el('tr', {}, el('td', {colspan: columns.length}, caption))])));
}

/** Fills a list of names and values. */
export function facts(element, pairs) {
    if (!changed(element, JSON.stringify(pairs))) return;
    element.replaceChildren(...pairs.filter(([, value]) => value !== undefined && value !== '')
        .flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}

/** How long ago a time was, for people. */
export function ago(time, now = Date.now()) {
    const s = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
    return s < 60 ? s + ' s' : s < 3600 ? Math.floor(s / 60) + ' min'
        : s < 86400 ? Math.floor(s / 3600) + ' h' : Math.floor(s / 86400) + ' d';
}

/** Bytes for people. */
export const bytes = n => n < 10_000 ? Math.round(n) + ' B'
    : n < 10_000_000 ? (n / 1000).toFixed(1) + ' kB' : (n / 1_000_000).toFixed(1) + ' MB';

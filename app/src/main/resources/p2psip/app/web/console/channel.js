// The control channel of the node, as its chapter describes it: JSON that is asked for, and events
// as they happen. The page comes by the token once, for a ticket, and keeps it for this tab alone.

const TICKET = /^[\w-]{43}$/;

let token = sessionStorage.getItem('token') ?? '';

/** What the node refuses, or that it does not answer. */
export class Refused extends Error {
    constructor(status, why) {
        super(why);
        this.status = status;
    }
}

/** Shows the ticket that stands in the address, and takes it away from there. */
export async function enter() {
    const ticket = location.hash.slice(1);
    if (!TICKET.test(ticket)) return;
    history.replaceState(null, '', location.pathname);
    token = (await ask('POST', '/enter', {ticket})).token;
    sessionStorage.setItem('token', token);
}

/** Asks the node; answers its object. */
export async function ask(method, path, body) {
    let answer;
    try {
        answer = await fetch(path, {method, body: body && JSON.stringify(body),
            headers: token ? {Authorization: 'Bearer ' + token} : {}});
    } catch {
        throw new Refused(0, 'the node does not answer');
    }
    const object = await answer.json().catch(() => ({error: 'no answer of a node'}));
    if (!answer.ok) throw new Refused(answer.status, object.error ?? answer.statusText);
    return object;
}

export const get = path => ask('GET', path);

/** The path of something whose name may hold anything. */
export const path = (...names) => '/' + names.map(name => encodeURIComponent(name)
    .replace(/%(21|24|26|27|28|29|2A|2B|2C|3B|3D|3A|40)/g, escaped => decodeURIComponent(escaped)))
    .join('/');

/** Hands over each event, until the page is left; when the stream ends it is asked for again. */
export async function listen(heard, state) {
    for (;;) {
        try {
            await stream(heard, state);
            state('the events have ended: asking again');
        } catch (e) {
            state(e.message);
            if (e.status === 401) return;
        }
        await new Promise(done => setTimeout(done, 2000));
    }
}

async function stream(heard, state) {
    const answer = await fetch('/events', {headers: {Authorization: 'Bearer ' + token}});
    if (!answer.ok) throw new Refused(answer.status, (await answer.json()).error);
    state('');
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ''; ;) {
        const {value, done} = await reader.read();
        if (done) return;
        const blocks = (rest + value).split('\n\n');
        rest = blocks.pop();
        for (const block of blocks) event(block, heard);
    }
}

function event(block, heard) {
    let kind = '', data = '';
    for (const line of block.split('\n')) {
        if (line.startsWith('event: ')) kind = line.slice(7);
        else if (line.startsWith('data: ')) data += line.slice(6);
    }
    if (kind && data) heard(kind, JSON.parse(data));
}

// What can be done to a simulated ring: its time, who is there, and what is between them.

import {ask, get} from './channel.js';
import {by, say} from './dom.js';

let time = {}, choosing = false, changed = () => { };

/** What the ring view asks for when somebody uses mouse or keys there. */
export const stage = {
    add: () => does('add'),
    kill: () => does('kill', {id: chosen()}),
    cut: ids => does('cut', {ids}),
    selected: id => {
        by('kill').disabled = by('cut').disabled = !id;
        if (id) ask('POST', '/sim', {do: 'select', id}).catch(() => { });
    },
};

let chosen = () => '';

/** Begins; `ring` knows which node is selected, `after` is told that all has changed. */
export function begin(ring, after) {
    chosen = ring.chosen;
    changed = after;
    by('stage').hidden = false;
    by('kill').disabled = by('cut').disabled = true;
    by('go').addEventListener('click', () => does(time.paused ? 'go' : 'pause'));
    by('step').addEventListener('click', () => does('step'));
    by('speed').addEventListener('change', () => does('speed', {speed: Number(by('speed').value)}));
    by('add').addEventListener('click', stage.add);
    by('kill').addEventListener('click', stage.kill);
    by('cut').addEventListener('click', () => stage.cut(ring.half()));
    by('heal').addEventListener('click', () => does('heal'));
    by('when').addEventListener('input', () => {
        choosing = true;
        say(by('clock'), seconds(Number(by('when').value)));
    });
    by('rewind').addEventListener('click', async () => {
        choosing = false;
        await does('rewind', {seconds: Number(by('when').value)});
        ring.forget();
    });
}

async function does(what, more) {
    try {
        show(await ask('POST', '/sim', {do: what, ...more}));
        await changed();
    } catch (e) {
        say(by('state'), e.message, 'bad');
    }
}

const seconds = s => s < 120 ? s.toFixed(1) + ' s' : (s / 60).toFixed(1) + ' min';

/** Asks for the time, and whether it goes. */
export async function refresh() { show(await get('/sim')); }

function show(now) {
    time = now;
    by('go').setAttribute('aria-pressed', String(now.paused));
    by('heal').disabled = !now.cut;
    by('when').max = now.seconds;
    if (choosing) return;
    by('when').value = now.seconds;
    say(by('clock'), seconds(now.seconds));
}

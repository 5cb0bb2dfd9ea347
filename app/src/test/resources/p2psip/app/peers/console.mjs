// The page of the console in a real browser, on a simulated ring: driven by keys and mouse, looked
// at by axe-core where that is, and measured. Says what it has seen on lines.
import {createRequire} from 'node:module';
import {existsSync, readFileSync} from 'node:fs';

const {PAGES, BROWSER, URL, SECONDS, AXE} = process.env;
const {chromium} = createRequire(PAGES + '/')('playwright-core');
const browser = await chromium.launch({executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-gpu']});
const page = await (await browser.newContext({viewport: {width: 1400, height: 1000},
    bypassCSP: true})).newPage();
page.on('pageerror', e => console.log('error ' + e.message));
page.on('console', m => m.type() === 'error' && console.log('error ' + m.text()));
page.on('request', r => r.url().startsWith(new globalThis.URL(URL).origin + '/')
    || console.log('error asks elsewhere: ' + r.url()));

const until = async (what, ...args) => page.waitForFunction(what, args, {timeout: 30_000});
const dots = n => until(([n]) => document.querySelectorAll('.dot').length === n, n);

await page.goto(URL);
await dots(30);
console.log('entered ' + !page.url().includes('#'));

// by keys alone: into the ring, from node to node, add and kill
for (let i = 0; i < 30 && !await page.evaluate(() => document.activeElement.matches('.dot')); i++)
    await page.keyboard.press('Tab');
await page.keyboard.press('ArrowRight');
await until(() => document.querySelectorAll('#leaves button').length === 8);
console.log('selected by keys');
await page.focus('#add');
await page.keyboard.press('Enter');
await dots(31);
await page.evaluate(() => document.querySelector('.dot[tabindex="0"]').focus());
await page.keyboard.press('Delete');
await dots(30);
console.log('added and killed by keys');

// by the mouse: a line across the ring cuts it
const {x, y, width, height} = await page.locator('#circle').boundingBox();
await page.mouse.move(x + 5, y + height / 3);
await page.mouse.down();
await page.mouse.move(x + width - 5, y + height / 2, {steps: 4});
await page.mouse.up();
await until(() => document.querySelectorAll('.dot.far').length > 0);
await page.click('#heal');
await until(() => document.querySelectorAll('.dot.far').length === 0);
console.log('cut and healed by the mouse');

// time
await page.click('#go');
await until(() => document.getElementById('go').getAttribute('aria-pressed') === 'true');
await page.fill('#when', '1');
await page.click('#rewind');
await dots(30);
await until(() => document.getElementById('clock').textContent === '1.0 s');
await page.click('#go');
console.log('rewound');

// what strangers write is text
await page.keyboard.press('Home');
await page.evaluate(() => document.querySelector('.dot').dispatchEvent(new MouseEvent('click')));
await page.click('#to-records');
await page.fill('#key', '<img src=x onerror=document.title=1>');
await page.fill('#text', '<script>document.title=2</script>\u202e');
await page.click('button[value=put]');
await until(() => document.getElementById('said').textContent.endsWith('is stored.'));
await page.click('button[value=get]');
await until(() => document.querySelectorAll('#found tbody td').length === 6);
console.log('text ' + await page.evaluate(() => document.querySelectorAll('#found td')[2].innerHTML));

// for those who see or hear it otherwise
let faults = existsSync(AXE) ? 0 : -1;
for (const view of ['ring', 'records']) for (const dark of [false, true]) {
    await page.emulateMedia({colorScheme: dark ? 'dark' : 'light'});
    await page.setViewportSize({width: dark ? 400 : 1400, height: 1000});
    await page.click('#to-' + view);
    await page.waitForTimeout(500);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) console.log(`error ${view} is too wide by ${wide}`);
    if (faults < 0) continue;
    await page.evaluate(readFileSync(AXE, 'utf8'));
    const found = await page.evaluate(() => axe.run(document, {resultTypes: ['violations']}));
    for (const each of found.violations) console.log('error axe ' + each.id + ' '
        + each.nodes[0].html.slice(0, 120), faults++);
}
console.log('axe ' + faults);

// what it costs: long tasks, script for each event, heap after a collection
await page.setViewportSize({width: 1400, height: 1000});
await page.click('#to-ring');
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable');
const metrics = async () => Object.fromEntries((await cdp.send('Performance.getMetrics'))
    .metrics.map(({name, value}) => [name, value]));
const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage');
    return (await metrics()).JSHeapUsedSize;
};
const drawn = () => page.evaluate(async () => (await (await fetch('/sim', {headers: {
    Authorization: 'Bearer ' + sessionStorage.getItem('token')}})).json()).sent);
await page.waitForTimeout(3000);
const traced = [];
const tracing = await browser.newBrowserCDPSession();
tracing.on('Tracing.dataCollected', ({value}) => traced.push(...value.filter(each =>
    each.name === 'thread_name' || each.name === 'RunTask')));
await tracing.send('Tracing.start', {transferMode: 'ReportEvents', traceConfig: {
    includedCategories: ['disabled-by-default-devtools.timeline']}});
const [before, sent] = [await metrics(), await drawn()];
await page.waitForTimeout(60_000 * Math.min(1, SECONDS / 60));
const [after, told] = [await metrics(), await drawn() - sent];
const complete = new Promise(done => tracing.on('Tracing.tracingComplete', done));
await tracing.send('Tracing.end');
await complete;
// milliseconds of a processor: what others do on this machine does not count
const thread = each => each.pid + ' ' + each.tid;
const mains = traced.filter(each => each.name === 'thread_name'
    && each.args.name === 'CrRendererMain').map(thread);
const tasks = traced.filter(each => each.name === 'RunTask' && each.tdur
    && mains.includes(thread(each))).map(each => each.tdur / 1000);
console.log('long ' + JSON.stringify(tasks.filter(each => each > 50)));
console.log('longest ' + Math.max(...tasks).toFixed(1) + ' of ' + tasks.length + ' tasks');
console.log('events ' + told);
console.log('script ' + (1000 * (after.ScriptDuration - before.ScriptDuration) / told).toFixed(3));
const heaps = [];
for (let i = 0; i < 10; i++) {
    heaps.push(await heap());
    await page.waitForTimeout(100 * SECONDS);
}
console.log('heap ' + heaps.join(' '));
await browser.close();

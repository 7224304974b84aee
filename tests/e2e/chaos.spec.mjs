// Whole journeys through a proxy that misbehaves: no payment is lost, no page says what the server never said, and
// none complains of more than what the faults did to the network.
import { expect, test } from '@playwright/test';

import { listen } from './faults.mjs';
import { faults, proxy } from './proxy.mjs';
import { newOrder, pay, vouchersOf } from './shop.mjs';

/** How many journeys run beside each other. */
const WIDTH = 4;
/** How long a page may take for one step, two lost creations of a minute included. */
const PATIENCE = 150_000;

test('a journey survives lost, halved and stale answers', async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const hard = ['answer dropped', 'half a body', 'stale 200'];
  await survive(hard.map(fault => ({ fault })), { browser, baseURL });
});

test('every fault, with reloads, offline, several tabs and a killed leader @slow', async ({ browser, baseURL }) => {
  test.setTimeout(1_800_000);
  const every = Object.keys(faults);
  await survive(
    [
      ...every.map(fault => ({ fault })),
      ...every.filter(fault => fault !== 'no answer').map(fault => ({ fault, reloads: true })),
      { fault: null, offline: true },
      { fault: 'answer dropped', offline: true, reloads: true },
      { fault: null, tabs: 2, kills: true },
      { fault: 'body cut off', tabs: 2, kills: true },
      { fault: null, tabs: 5, kills: true },
      { fault: '503, Retry-After as a date', tabs: 5, kills: true },
      { fault: '503, Retry-After as a date', days: -1 },
      { fault: 'clock just past the deadline', days: 3 },
    ],
    { browser, baseURL },
  );
});

/** Runs all journeys, prints what was injected and survived, and expects nothing lost and nothing false. */
async function survive(plans, surroundings) {
  const waiting = [...plans];
  const lines = [];
  const work = async () => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift()) lines.push(await journey(plan, surroundings));
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  const sum = name => lines.reduce((total, line) => total + line[name], 0);
  console.log('journey'.padEnd(62), 'injected  survived  payments lost  false verdicts');
  for (const line of [...lines, { name: 'all', ...Object.fromEntries(columns.map(name => [name, sum(name)])) }]) {
    const [injected, survived, lost, untrue] = columns.map(name => String(line[name]));
    console.log(line.name.padEnd(62), injected.padStart(8), survived.padStart(9), lost.padStart(14), untrue.padStart(15));
    if (line.why) console.log(`  ${line.why}`);
  }
  const harmless = lines.filter(line => !line.name.startsWith('no fault') && line.injected === 0);
  expect(harmless.map(line => line.name), 'journeys that met no fault').toEqual([]);
  expect([sum('lost'), sum('untrue')], 'payments lost, false verdicts').toEqual([0, 0]);
  expect(sum('survived')).toBe(sum('injected'));
  const complaints = lines.flatMap(({ name, complaints }) => complaints.map(complaint => `${name}: ${complaint}`));
  expect(complaints, 'errors in the pages').toEqual([]);
}

const columns = ['injected', 'survived', 'lost', 'untrue'];

/** From the order to "pagado", through one fault. */
async function journey(plan, { browser, baseURL }) {
  const { fault, tabs = 1, reloads = false, offline = false, kills = false, days = 0 } = plan;
  const also = [tabs > 1 && `${tabs} tabs`, kills && 'leader killed', reloads && 'reloads', offline && 'offline'];
  also.push(days && `device's clock wrong by days: ${days}`);
  const name = [fault ?? 'no fault', ...also.filter(Boolean)].join(', ');
  const chaos = await proxy(baseURL);
  const context = await browser.newContext({ baseURL: chaos.url });
  const told = [];
  const heard = [];
  await context.exposeFunction('tell', record => void told.push(record));
  await context.addInitScript(days => {
    const now = Date.now;
    Date.now = () => now() + days * 86_400_000;
    const tell = ({ type, status, voucher }) => window.tell({ type, status, token: voucher.token, at: now() });
    for (const name of ['status', 'paid', 'expired']) document.addEventListener(`efecty-${name}`, tell);
  }, days);
  const { orderId } = await newOrder(baseURL);
  let paidAt = Infinity;
  let why;
  try {
    const pages = await Promise.all(Array.from({ length: tabs }, () => context.newPage()));
    const watched = pages.map(watch);
    heard.push(...pages.map(page => listen(page, isFault)));
    chaos.fault = fault;
    for (const page of pages) await page.goto(`/pedido/${orderId}`);
    const interrupt = async () => {
      if (offline) await withoutNetwork(context);
      if (reloads) await pages[0].reload();
    };
    await interrupt();
    await obtain(pages[0], interrupt);
    for (const page of pages.slice(1)) await page.reload();
    for (const page of pages) await reaches(page, 'voucher');
    const [{ agreement, reference }] = await pages[0].locator('efecty-checkout').evaluate(e => e.voucher.networks);
    const { pesos } = (await vouchersOf(baseURL, orderId))[0];
    await interrupt();
    const leader = kills && (await leading(watched));
    paidAt = Date.now();
    await pay(baseURL, { agreement: agreement.code, reference: reference.value, pesos });
    const crashedAt = Date.now();
    if (leader) await crash(leader.page);
    await interrupt();
    // Pressed, every tab asks for itself, and nobody would see whether the leader is replaced.
    if (!kills) await pages[0].getByRole('button', { name: 'Ya pagué' }).click({ timeout: 2_000 }).catch(() => {});
    const left = watched.filter(tab => tab !== leader);
    for (const { page } of left) {
      await expect(page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: PATIENCE });
    }
    if (kills) expect(left.some(tab => tab.streamedAt > crashedAt), 'another tab leads').toBe(true);
  } catch (error) {
    why = String(error).split('\n').slice(0, 6).join('\n  ');
  }
  const vouchers = await vouchersOf(baseURL, orderId);
  await context.close();
  chaos.stop();
  const injected = Object.values(chaos.injected).reduce((total, n) => total + n, 0);
  const untrue = told.filter(record => isUntrue(record, vouchers, paidAt)).length;
  const isLost = why !== undefined || vouchers.length !== 1 || vouchers[0].status !== 'paid';
  const survived = isLost || untrue > 0 ? 0 : injected;
  return { name, injected, survived, lost: Number(isLost), untrue, complaints: heard.flat(), why };
}

/** Whether the browser says what a fault did to a call of the element's, or the switched-off network to anything. */
function isFault(message) {
  const text = message.text();
  if (text === 'Failed to load resource: net::ERR_INTERNET_DISCONNECTED') return true;
  const isCall = /^http:\/\/[^/]+\/api\//.test(message.location().url);
  return isCall && /^Failed to load resource: (net::ERR_|the server responded with a status of )/.test(text);
}

/** Whether a page told what the server had not said by then. */
function isUntrue({ type, status, token, at }, vouchers, paidAt) {
  const history = vouchers.find(voucher => voucher.token === token)?.history.map(step => step.status) ?? [];
  const isEarly = (status === 'paid' || type === 'efecty-paid') && at < paidAt;
  return isEarly || !history.includes(status);
}

/** Fills in and sends the form, as often as it takes, until there is a voucher. */
async function obtain(page, interrupt) {
  const element = page.locator('efecty-checkout');
  const state = () => element.evaluate(element => element.state).catch(() => 'gone');
  let isInterrupted = false;
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const now = await state();
    if (now === 'voucher') return;
    if (now === 'form') {
      await fillIn(page).catch(() => {});
      if (!isInterrupted) await interrupt();
      isInterrupted = true;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`no voucher, but ${await state()}`);
}

async function fillIn(page) {
  const once = { timeout: 2_000 };
  await page.getByLabel('Tipo de documento').selectOption('CC', once);
  await page.getByLabel('Número de documento').fill('1020304050', once);
  await page.getByLabel('Nombre completo').fill('María Ñáñez', once);
  await page.getByLabel('Celular').fill('300 123 4567', once);
  await page.getByLabel('Correo electrónico').fill('maria@correo.com', once);
  await page.getByRole('checkbox').check(once);
  await page.getByRole('button', { name: 'Generar número de pago' }).click(once);
}

async function reaches(page, state) {
  const now = () => page.locator('efecty-checkout').evaluate(element => element.state).catch(() => 'gone');
  await expect.poll(now, { timeout: PATIENCE }).toBe(state);
}

async function withoutNetwork(context) {
  await context.setOffline(true);
  await new Promise(resolve => setTimeout(resolve, 3_000));
  await context.setOffline(false);
}

/** Notes what a tab asks for: when it opened the stream, and how often it asked about a voucher. */
function watch(page) {
  const tab = { page, streamedAt: 0, questions: 0 };
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (/\/events$/.test(pathname)) tab.streamedAt = Date.now();
    else if (/\/vouchers\/[^/]+$/.test(pathname)) tab.questions += 1;
  });
  return tab;
}

/** The tab that asks for all: it opened the stream last, and asks while the others ask nothing. */
async function leading(tabs) {
  let leader;
  await expect(async () => {
    leader = tabs.toSorted((a, b) => b.streamedAt - a.streamedAt)[0];
    expect(leader.streamedAt, 'a stream').toBeGreaterThan(0);
    const before = new Map(tabs.map(tab => [tab, tab.questions]));
    const askers = () => tabs.filter(tab => tab.questions > before.get(tab)).map(tab => tabs.indexOf(tab));
    await expect.poll(askers, { timeout: 70_000 }).not.toEqual([]);
    await leader.page.waitForTimeout(3_000);
    expect(askers()).toEqual([tabs.indexOf(leader)]);
  }).toPass({ timeout: PATIENCE });
  return leader;
}

async function crash(page) {
  const session = await page.context().newCDPSession(page);
  // The answer never comes: there is nobody left to give it.
  session.send('Page.crash').catch(() => {});
  await page.waitForEvent('crash');
}

// Whole journeys through a proxy that misbehaves: no payment is lost, and no page says what the server never said.
import { expect, test } from '@playwright/test';

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
  test.setTimeout(1_200_000);
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
}

const columns = ['injected', 'survived', 'lost', 'untrue'];

/** From the order to "pagado", through one fault. */
async function journey(plan, { browser, baseURL }) {
  const { fault, tabs = 1, reloads = false, offline = false, kills = false } = plan;
  const also = [tabs > 1 && `${tabs} tabs`, kills && 'leader killed', reloads && 'reloads', offline && 'offline'];
  const name = [fault ?? 'no fault', ...also.filter(Boolean)].join(', ');
  const chaos = await proxy(baseURL);
  const context = await browser.newContext({ baseURL: chaos.url });
  const told = [];
  await context.exposeFunction('tell', record => void told.push(record));
  await context.addInitScript(() => {
    const tell = ({ type, status, voucher }) => window.tell({ type, status, token: voucher.token, at: Date.now() });
    for (const name of ['status', 'paid', 'expired']) document.addEventListener(`efecty-${name}`, tell);
  });
  const { orderId } = await newOrder(baseURL);
  let paidAt = Infinity;
  let why;
  try {
    const pages = await Promise.all(Array.from({ length: tabs }, () => context.newPage()));
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
    paidAt = Date.now();
    await pay(baseURL, { agreement: agreement.code, reference: reference.value, pesos });
    const last = kills ? await kill(pages) : pages;
    await interrupt();
    const claim = last[0].getByRole('button', { name: 'Ya pagué' });
    await claim.click({ timeout: 2_000 }).catch(() => {});
    for (const page of last) {
      await expect(page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: PATIENCE });
    }
  } catch (error) {
    why = String(error).split('\n').slice(0, 6).join('\n  ');
  }
  const vouchers = await vouchersOf(baseURL, orderId);
  await context.close();
  chaos.stop();
  const injected = Object.values(chaos.injected).reduce((total, n) => total + n, 0);
  const untrue = told.filter(record => isUntrue(record, vouchers, paidAt)).length;
  const isLost = why !== undefined || vouchers.length !== 1 || vouchers[0].status !== 'paid';
  return { name, injected, survived: isLost || untrue > 0 ? 0 : injected, lost: Number(isLost), untrue, why };
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

/** Crashes the tab that was there first, which asks for all; the others are left. */
async function kill([leader, ...others]) {
  const session = await leader.context().newCDPSession(leader);
  // The answer never comes: there is nobody left to give it.
  session.send('Page.crash').catch(() => {});
  await leader.waitForEvent('crash');
  return others;
}

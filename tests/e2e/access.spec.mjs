// For those who hear the page, use no mouse, need larger letters, other colours, or no motion.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { accessible, listen } from './faults.mjs';
import { fillIn } from './page.mjs';
import { newOrder } from './shop.mjs';

let complaints;
test.beforeEach(({ page }) => (complaints = listen(page)));
test.afterEach(() => expect(complaints).toEqual([]));

/** Opens the gallery with these screens alone, or with all. */
async function open(page, names, { lang = 'es-CO', theme = 'light' } = {}) {
  await page.goto(`/gallery/?lang=${lang}&theme=${theme}${names && `&only=${names}`}`);
  await page.locator('#gallery[data-ready]').waitFor();
}

const read = {
  voucher: 'pending',
  form: 'form-errors',
  refused: 'form-refused',
  claimed: 'claimed',
  cancelled: 'cancelled',
  paid: 'paid',
  pickup: 'pickup',
  failure: 'failure-backend',
};

for (const lang of ['es-CO', 'en']) {
  test(`what a screen reader reads, ${lang}`, async ({ page }) => {
    await open(page, Object.values(read), { lang });
    for (const [name, screen] of Object.entries(read)) {
      const element = page.locator(`#${screen} efecty-checkout`);
      await expect(element).toMatchAriaSnapshot({ name: lang === 'en' ? `${name}-en.aria.yml` : `${name}.aria.yml` });
    }
  });
}

test('what is said at the counter is Spanish in an English page too', async ({ page }) => {
  await open(page, 'pending', { lang: 'en' });
  const said = page.locator('efecty-checkout li').first();
  await expect(said).toContainText('Say: “Voy a pagar el convenio');
  await expect(said.locator('[lang]')).toHaveText(/^“Voy a pagar el convenio .*”$/);
  await expect(said.locator('[lang]')).toHaveAttribute('lang', 'es-CO');
});

test('from the form to "pagado" without a mouse', async ({ page, context, baseURL }) => {
  test.setTimeout(60_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { orderId } = await newOrder(baseURL);
  await page.goto(`/pedido/${orderId}`);
  await expect(page.getByLabel('Nombre completo')).toBeVisible();

  // One field after the other, in the order of the page.
  await tabTo(page, 'document.type');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1020304050');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ana Ruiz');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ana');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3001234567');
  await page.keyboard.press('Enter');
  // What is wrong has the focus, and says what.
  await expect.poll(() => focused(page)).toMatchObject({ field: 'email', invalid: 'true' });
  await page.keyboard.press('End');
  await page.keyboard.type('@example.com');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');

  // The voucher begins at its heading; the copy buttons are next.
  await expect.poll(() => focused(page)).toMatchObject({ id: 'heading', text: 'Paga en efectivo en un punto Efecty' });
  const voucher = await page.locator('efecty-checkout').evaluate(element => element.voucher);
  const [{ agreement, reference }] = voucher.networks;
  for (const [what, code] of [['Convenio', agreement.code], ['Referencia', reference.value]]) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('efecty-checkout [role=status]')).toHaveText(`Copiado: ${what}`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
    await expect(page.locator('efecty-checkout [role=status]')).not.toContainText('Copiado', { timeout: 10_000 });
  }
  await tabTo(page, 'i-have-paid');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Estamos esperando la confirmación').last()).toBeVisible();

  const outlet = await context.newPage();
  const heard = listen(outlet);
  await outlet.goto('/outlet/');
  await outlet.getByLabel('Convenio').focus();
  await outlet.keyboard.type(agreement.code);
  await outlet.keyboard.press('Tab');
  await outlet.keyboard.type(reference.value);
  await outlet.keyboard.press('Tab');
  await outlet.keyboard.type(String(voucher.amount.pesos));
  await outlet.keyboard.press('Enter');
  await expect(outlet.locator('#receipt')).toBeVisible();
  expect(heard).toEqual([]);

  await expect(page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: 25_000 });
});

test('a new voucher comes into view with all that the counter needs', async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { orderId } = await newOrder(baseURL);
  await page.goto(`/pedido/${orderId}`);
  await fillIn(page);
  await expect(page.locator('efecty-checkout [part=heading]')).toHaveText('Paga en efectivo en un punto Efecty');
  for (const place of ['[part=heading]', '[part=agreement]', '[part=reference]', '.ticket .nb', '[part=deadline] strong']) {
    await expect(page.locator(`efecty-checkout ${place}`).first(), place).toBeInViewport({ ratio: 1 });
  }
});

test('what is wrong first comes into view with its name and what is wrong with it', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 480 });
  await open(page, 'form');
  const number = page.getByLabel('Número de documento');
  // As far as the shopper has read on.
  await number.evaluate(number => window.scrollBy(0, number.getBoundingClientRect().top + 20));
  await page.locator('efecty-checkout form').evaluate(form => form.requestSubmit());
  await expect(number).toBeFocused();
  for (const text of ['Número de documento', 'Escribe el número de tu documento.']) {
    await expect(page.getByText(text, { exact: true }), text).toBeInViewport({ ratio: 1 });
  }
});

test('on a wide screen the button to have paid stands below the deadline', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'pending,pending-without-agreement');
  for (const name of ['pending', 'pending-without-agreement']) {
    const box = place => page.locator(`#${name} efecty-checkout ${place}`).boundingBox();
    const [deadline, button] = [await box('[part=deadline]'), await box('[data-press=i-have-paid]')];
    expect([button.x, button.width]).toEqual([deadline.x, deadline.width]);
    expect(button.y - deadline.y - deadline.height).toBeLessThan(40);
  }
});

test('whatever can be pressed is 44 px large', async ({ page }) => {
  test.setTimeout(60_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, screens);
  const small = await page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll('efecty-checkout')) {
      for (const target of element.shadowRoot.querySelectorAll('button, a, input, select, summary')) {
        // A link in a sentence is as high as its line; a box is pressed by its label.
        if (target.matches('label a')) continue;
        const { width, height } = (target.matches('[type=checkbox]') ? target.closest('label') : target).getBoundingClientRect();
        if (width < 44 || height < 44) found.push(`${element.parentElement.id}: ${target.outerHTML.slice(0, 100)} ${width} x ${height}`);
      }
    }
    return found;
  });
  expect(small).toEqual([]);
});

const screens = 'form-errors,creating,pending,pending-networks,pending-link,claimed,claimed-open,verifying-open,unverified,paid,expired-renewable,cancelled,failure-network,pickup-open,long';

for (const [name, zoom] of [
  ['a page at 400 %', { width: 320, height: 256, letters: 1 }],
  ['letters at 200 %', { width: 360, height: 740, letters: 2 }],
  ['letters at 200 % on a narrow phone', { width: 320, height: 640, letters: 2 }],
]) {
  test(`${name}: nothing is cut off or needs scrolling sideways`, async ({ page }) => {
    test.setTimeout(60_000);
    await page.setViewportSize(zoom);
    await open(page, screens);
    const faults = await page.evaluate(async letters => {
      document.documentElement.style.fontSize = `${letters * 100}%`;
      await new Promise(resolve => setTimeout(resolve, 500));
      const found = [];
      for (const element of document.querySelectorAll('efecty-checkout')) {
        const { right } = element.getBoundingClientRect();
        if (right > innerWidth) found.push(`${element.parentElement.id}: too wide`);
        for (const inner of element.shadowRoot.querySelectorAll('*')) {
          if (inner.matches('.hidden, .hidden *, wbr, svg *, option, input, select')) continue;
          const isCut = inner.clientWidth && inner.scrollWidth > inner.clientWidth + 1;
          if (inner.getBoundingClientRect().right > right + 1 || isCut) found.push(`${element.parentElement.id}: ${inner.outerHTML.slice(0, 100)}`);
        }
      }
      return found;
    }, zoom.letters);
    expect(faults).toEqual([]);
  });
}

test('in forced colours every edge is drawn and the codes stay black on white', async ({ page }) => {
  test.setTimeout(60_000);
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page, screens);
  const bare = await page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll('efecty-checkout')) {
      for (const piece of element.shadowRoot.querySelectorAll('.btn, .icon, .ticket, .deadline, .notice, .pill, .card, input:not([type=checkbox]), select')) {
        const { borderTopWidth, borderTopStyle } = getComputedStyle(piece);
        if (borderTopWidth === '0px' || borderTopStyle === 'none') found.push(`${element.parentElement.id}: ${piece.className || piece.tagName}`);
      }
    }
    return found;
  });
  expect(bare).toEqual([]);
  const qr = page.locator('#pending [part=qr]');
  await expect(qr).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(qr).toHaveCSS('fill', 'rgb(0, 0, 0)');
  await page.screenshot({ path: 'target/screens/forced-colors.png', fullPage: true });
  await accessible(page, axe => axe.disableRules('landmark-unique'));
});

test('who wants no motion sees none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, `loading,${screens}`);
  const moving = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('efecty-checkout')].map(element => element.shadowRoot);
    return roots.flatMap(root => root.getAnimations()).filter(({ playState }) => playState === 'running').length;
  });
  expect(moving).toBe(0);
});

for (const [how, select] of [
  ['by a triple click', async (page, groups) => {
    await groups.click({ clickCount: 3 });
  }],
  ['by dragging over it', async (page, groups) => {
    const { x, y, width, height } = await groups.boundingBox();
    await page.mouse.move(x - 2, y + 4);
    await page.mouse.down();
    await page.mouse.move(x + width + 30, y + height - 4, { steps: 8 });
    await page.mouse.up();
  }],
]) {
  test(`a number copied by hand, ${how}, is the bare number`, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, 'pending');
    const groups = page.locator('[part=reference] .groups').first();
    await groups.scrollIntoViewIfNeeded();
    await select(page, groups);
    await page.keyboard.press('Control+c');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toBe('48291037542218');
  });
}

/** What has the focus in the element. */
function focused(page) {
  return page.locator('efecty-checkout').evaluate(element => {
    const active = element.shadowRoot.activeElement;
    if (!active) return {};
    const { id, textContent, dataset } = active;
    return { id, text: textContent, field: dataset.field, press: dataset.press, invalid: active.getAttribute('aria-invalid') };
  });
}

/** Presses Tab until this field or button has the focus. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 40; presses += 1) {
    const { field, press } = await focused(page);
    if (field === name || press === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${name}`);
}

test('the README lists every part, and no other', async ({ page }) => {
  test.setTimeout(60_000);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, table] = readme.match(/\| `::part\(\)` \| what \|\n\|---\|---\|\n([^]*?)\n\n/);
  const listed = table.split('\n').flatMap(line => [...line.split('|')[1].matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  await open(page, '');
  const used = await page.evaluate(() => {
    const roots = [...document.querySelectorAll('efecty-checkout')].map(element => element.shadowRoot);
    return roots.flatMap(root => [...root.querySelectorAll('[part]')].flatMap(element => [...element.part]));
  });
  expect([...new Set(used)].sort()).toEqual(listed.sort());
});

// Cash for the shopper, with the real parts: console, link, PIN, the other window, a signed webhook.
import { expect, test } from '@playwright/test';

import { accessible, listen } from './faults.mjs';
import { part, pesos } from './page.mjs';
import { createVoucher, pay, vouchersOf } from './shop.mjs';

for (const [width, height] of [[360, 740], [1280, 800]]) {
  test(`cash is paid back and collected at ${width} px`, async ({ page, context, baseURL }, info) => {
    const complaints = listen(page);
    await page.setViewportSize({ width, height });
    const picture = (of, name) => of.screenshot({ path: info.outputPath(`${name}-${width}.png`), fullPage: true });
    const voucher = await createVoucher(baseURL);
    await pay(baseURL, voucher);
    await expect.poll(async () => (await vouchersOf(baseURL, voucher.orderId))[0].status).toBe('paid');

    // The operator pays it back, and passes the link on.
    const operator = await context.newPage();
    const operatorComplaints = listen(operator);
    await operator.goto('/console/');
    const lines = operator.locator('#vouchers .line').filter({ hasText: voucher.orderId });
    await lines.getByRole('button', { name: 'Devolver en efectivo' }).click();
    const link = lines.getByRole('link', { name: 'enlace para quien retira' });
    const address = await link.getAttribute('href');
    expect(address).toMatch(/^\/v\/#[0-9a-f]{40}$/);

    // The shopper's screen: amount and document, the PIN covered, nothing to scan or to pass on.
    const element = page.locator('efecty-checkout');
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Retira tu dinero en un punto Efecty' })).toBeVisible();
    const token = address.split('#').at(-1);
    const answer = await fetch(new URL(`/api/efecty/vouchers/${token}`, baseURL));
    const { pickup: { pin }, amount, status, kind } = await answer.json();
    expect([kind, status, amount.pesos]).toEqual(['pickup', 'pending', voucher.pesos]);
    expect(pin).toMatch(/^\d{10}$/);
    expect(await element.evaluate(it => JSON.stringify(it.voucher))).not.toContain(pin);
    await expect(part(page, 'ticket')).toContainText(pesos(voucher.pesos));
    await expect(element).toContainText('Cédula de ciudadanía');
    expect(await shown(page)).not.toContain(pin);
    await picture(page, 'covered');
    await accessible(page, axe => axe.include('efecty-checkout'));
    await page.getByRole('button', { name: 'Mostrar' }).click();
    await expect.poll(() => shown(page)).toContain(pin);
    await picture(page, 'open');
    await accessible(page, axe => axe.include('efecty-checkout'));
    await expect(part(page, 'qr')).toHaveCount(0);
    await expect(part(page, 'barcode')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /Compartir|WhatsApp/ })).toHaveCount(0);
    expect(await stored(page)).not.toContain(pin);

    // Another visit begins with the PIN covered.
    await page.reload();
    await expect(part(page, 'ticket')).toContainText(pesos(voucher.pesos));
    expect(await shown(page)).not.toContain(pin);

    // The other window: somebody else's document is refused, the payer's gets the money.
    const outlet = await context.newPage();
    const outletComplaints = listen(outlet);
    await outlet.setViewportSize({ width, height });
    await outlet.goto('/outlet/');
    await outlet.getByRole('link', { name: 'Retiros' }).click();
    const ask = async document => {
      await outlet.getByLabel('PIN').fill(pin);
      await outlet.getByLabel('Número de documento').fill(document);
      await outlet.getByLabel('Valor por entregar').fill(String(voucher.pesos));
      await outlet.getByRole('button', { name: 'Entregar el dinero' }).click();
    };
    await ask('1020304051');
    await expect(outlet.locator('#says')).toContainText('Ese documento no es el de la persona');
    await expect(outlet.locator('#receipt')).toBeHidden();
    await picture(outlet, 'refused');
    await ask('1.020.304.050');
    await expect(outlet.locator('#receipt')).toBeVisible();
    await expect(outlet.locator('[data-field=pesos]')).toHaveText(pesos(voucher.pesos));
    await expect(outlet.locator('#receipt')).not.toContainText(pin);
    await picture(outlet, 'receipt');

    // Without a touch the shopper's screen says so, and has nothing to show any more.
    await expect(page.getByRole('heading', { name: 'Ya retiraste tu dinero' })).toBeVisible({ timeout: 25_000 });
    expect(await shown(page)).not.toContain(pin);
    expect(await stored(page)).not.toContain(pin);
    await picture(page, 'collected');
    await accessible(page, axe => axe.include('efecty-checkout'));

    // And both sides agree.
    const { merchant, kushki } = await (await fetch(new URL('/console/api/state', baseURL))).json();
    const [paidBack, collected] = await vouchersOf(baseURL, voucher.orderId);
    expect([paidBack.status, collected.status, collected.refunds]).toEqual(['refunded', 'paid', paidBack.token]);
    expect(collected.history.map(step => step.status)).toEqual(['preparing', 'pending', 'paid']);
    const believed = merchant.callbacks.filter(callback => callback.token === collected.token);
    expect(believed.map(callback => callback.verdict)).toEqual(['applied']);
    const payout = kushki.payouts.find(({ ticketNumber }) => ticketNumber === collected.paymentId);
    expect([payout.state, payout.pesos]).toEqual(['approved', voucher.pesos]);
    expect(await operator.content()).not.toContain(pin);
    expect([...complaints, ...operatorComplaints, ...outletComplaints]).toEqual([]);
  });
}

/** Everything that stands in the element's tree, seen or not, without spaces. */
function shown(page) {
  return page.locator('efecty-checkout').evaluate(element => element.shadowRoot.textContent.replace(/\s/g, ''));
}

/** Everything that the page keeps, by name and value, and its address. */
function stored(page) {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const kept = [localStorage, sessionStorage].map(storage => JSON.stringify({ ...storage }));
    return [...kept, document.cookie, JSON.stringify(databases), JSON.stringify(await caches.keys()), location.href].join();
  });
}

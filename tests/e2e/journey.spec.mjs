// The whole journey with the real parts: wasm, SQLite, a signed callback, two windows.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { expect } from '@playwright/test';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

import { accessible, listen } from './faults.mjs';
import { part, pesos } from './page.mjs';
import { SHOPS, test } from './shops.mjs';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
await prepareZXingModule({ overrides: { wasmBinary: await readFile(wasm) }, fireImmediately: true });

for (const shop of SHOPS) {
  test.describe(`in ${shop}`, () => {
    test.use({ shop });
    for (const [width, height] of [[360, 740], [1280, 800]]) {
      test(`from the form to "pagado" at ${width} px`, journey(width, height));
    }
  });
}

function journey(width, height) {
  return async ({ page, context, baseURL, sandbox }, info) => {
    const complaints = listen(page);
    await page.setViewportSize({ width, height });
    const picture = name => page.screenshot({ path: info.outputPath(`${name}-${width}.png`), fullPage: true });

    // A new order in the storefront; a payer with a wrong check digit.
    const orderId = await newOrder(page);
    await page.getByLabel('Tipo de documento').selectOption('NIT');
    await page.getByLabel('Número de documento').fill('900.123.456-3');
    await page.getByLabel('Nombre completo').fill('María Ñáñez O’Brien');
    await page.getByLabel('Celular').fill('300 123 4567');
    await page.getByLabel('Correo electrónico').fill('maria@gmial.com');
    await page.getByRole('button', { name: 'Generar número de pago' }).click();
    const number = page.getByLabel('Número de documento');
    await expect(number).toBeFocused();
    await expect(number).toHaveAccessibleDescription(/debería ser 8/);
    await picture('form');
    await accessible(page, axe => axe.include('efecty-checkout'));
    await number.fill('900.123.456-8');
    await page.getByRole('button', { name: /maria@gmail\.com/ }).click();
    await expect(page.getByLabel('Correo electrónico')).toHaveValue('maria@gmail.com');
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Generar número de pago' }).dblclick();

    // The voucher: what is shown is what the server gave, and what the QR leads to.
    await expect(page.getByRole('heading', { name: 'Paga en efectivo en un punto Efecty' })).toBeFocused();
    const voucher = await page.locator('efecty-checkout').evaluate(element => element.voucher);
    const [{ agreement, reference }] = voucher.networks;
    await expect(part(page, 'agreement').locator('.groups')).toHaveText(agreement.code);
    await expect(part(page, 'reference').locator('.groups')).toHaveText(reference.value);
    await expect(part(page, 'ticket')).toContainText(pesos(voucher.amount.pesos));
    await expect(part(page, 'countdown')).toHaveText(/\d/);
    await picture('voucher');
    await accessible(page, axe => axe.include('efecty-checkout'));
    expect(await qr(part(page, 'qr'))).toBe(voucher.links.handover);

    // After a reload it is there again.
    await page.reload();
    await expect(part(page, 'reference').locator('.groups')).toHaveText(reference.value);

    // The other window: a wrong amount is refused, the right one is taken.
    const outlet = await context.newPage();
    const outletComplaints = listen(outlet);
    await outlet.goto(new URL('/outlet/', sandbox).href);
    const pay = async amount => {
      await outlet.getByLabel('Convenio').fill(agreement.code);
      await outlet.getByLabel('Referencia').fill(reference.value);
      await outlet.getByLabel('Valor recibido').fill(String(amount));
      await outlet.getByRole('button', { name: 'Recibir el pago' }).click();
    };
    await pay(voucher.amount.pesos - 1);
    await expect(outlet.locator('#says')).not.toBeEmpty();
    await expect(outlet.locator('#receipt')).toBeHidden();
    await pay(voucher.amount.pesos);
    await expect(outlet.locator('#receipt')).toBeVisible();
    await expect(outlet.locator('[data-field=reference]')).toHaveText(reference.value);

    // Without a touch the first window says so.
    await expect(page.getByRole('heading', { name: 'Recibimos tu pago' })).toBeVisible({ timeout: 25_000 });
    await picture('paid');
    await accessible(page, axe => axe.include('efecty-checkout'));
    expect(await page.locator('efecty-checkout').evaluate(element => element.voucher.status)).toBe('paid');

    // And the database agrees: one voucher, paid, by a callback that was believed.
    const { merchant } = await (await fetch(new URL('/console/api/state', baseURL))).json();
    const vouchers = merchant.vouchers.filter(line => line.orderId === orderId);
    expect(vouchers.map(({ status, pesos }) => ({ status, pesos }))).toEqual([
      { status: 'paid', pesos: voucher.amount.pesos },
    ]);
    expect(vouchers[0].history.map(step => step.status)).toEqual(['preparing', 'pending', 'paid']);
    const believed = merchant.callbacks.filter(callback => callback.token === voucher.token);
    expect(believed.map(callback => callback.verdict)).toContain('applied');
    expect([...complaints, ...outletComplaints]).toEqual([]);
  };
}

/** Opens the storefront's page of a new order. */
async function newOrder(page) {
  await page.goto('/pedido/A-1042');
  const again = await page.request.post('/pedido/A-1042/repetir');
  await page.goto(again.url());
  return new URL(again.url()).pathname.split('/').at(-1);
}

/** Reads the QR from a picture of the screen. */
async function qr(element) {
  const results = await readBarcodes(await element.screenshot({ scale: 'device' }), { formats: ['QRCode'] });
  return results[0]?.text;
}

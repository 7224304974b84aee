// The payer form while somebody types in it.
import { expect, test } from '@playwright/test';

import { Backend, json, open, order, reaches } from './page.mjs';

const element = '<efecty-checkout endpoint="/api" order-id="A-1"></efecty-checkout>';

/** Opens the form, where `requirements` are asked. */
async function form(page, requirements) {
  const backend = new Backend();
  backend.instead.set('GET /api/orders/A-1', () => json({ ...order('A-1'), requirements }));
  const complaints = await open(page, { body: `${element}<input id="other">`, backend });
  await reaches(page, 'form');
  return { backend, complaints };
}

const number = page => page.getByLabel('Número de documento');
const phone = page => page.getByRole('textbox', { name: 'Celular' });

/** The text with a bar where the caret stands. */
const shown = field =>
  field.evaluate(({ value, selectionStart: at }) => `${value.slice(0, at)}|${value.slice(at)}`);

/** Pastes by the keyboard, as a shopper does. */
async function paste(page, field, text) {
  const other = page.locator('#other');
  await other.fill(text);
  await other.selectText();
  await page.keyboard.press('Control+C');
  await field.focus();
  await page.keyboard.press('Control+V');
}

test('digits are grouped as they are typed, and the caret stays after its digit', async ({ page }) => {
  const { complaints } = await form(page);
  await number(page).focus();
  const steps = [];
  for (const key of '1020304050') {
    await page.keyboard.press(key);
    steps.push(await shown(number(page)));
  }
  expect(steps).toEqual([
    '1|', '10|', '102|', '1.020|', '10.203|', '102.030|', '1.020.304|', '10.203.040|', '102.030.405|', '1.020.304.050|',
  ]);
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowLeft');
  expect(await shown(number(page))).toBe('1.020.3|04.050');
  await page.keyboard.press('Backspace');
  expect(await shown(number(page))).toBe('102.0|04.050');
  await page.keyboard.press('7');
  expect(await shown(number(page))).toBe('1.020.7|04.050');
  expect(complaints).toEqual([]);
});

test('deleting goes through the marks between groups, back and forth', async ({ page }) => {
  await form(page);
  await number(page).pressSequentially('1020304');
  const steps = [];
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowLeft');
  for (const key of ['Backspace', 'Backspace', 'Delete', 'Delete', 'Delete']) {
    steps.push(`${await shown(number(page))} ${key}`);
    await page.keyboard.press(key);
  }
  steps.push(await shown(number(page)));
  expect(steps).toEqual([
    '1.020|.304 Backspace',
    '102|.304 Backspace',
    '10|.304 Delete',
    '10.|304 Delete',
    '1.0|04 Delete',
    '10|4',
  ]);
});

test('a phone and a NIT are grouped in their own way', async ({ page }) => {
  await form(page);
  await phone(page).pressSequentially('3001234567');
  expect(await shown(phone(page))).toBe('300 123 4567|');
  await page.getByLabel('Tipo de documento').selectOption('NIT');
  await number(page).pressSequentially('900123456-8');
  expect(await shown(number(page))).toBe('900.123.456-8|');
  await page.getByLabel('Tipo de documento').selectOption('PA');
  await number(page).fill('');
  await number(page).pressSequentially('AB123456');
  expect(await shown(number(page))).toBe('AB123456|');
});

test('what is pasted is taken as it is written', async ({ page }) => {
  await form(page);
  for (const [text, expected] of [
    ['1020304050', '1.020.304.050|'],
    [' 1.020.304.050 ', '1.020.304.050|'],
    ['C.C. No. 1.020.304.050', 'C.C. No. 1.020.304.050|'],
  ]) {
    await number(page).fill('');
    await paste(page, number(page), text);
    expect(await shown(number(page))).toBe(expected);
    await phone(page).focus();
    await expect(page.locator('.msg')).toHaveCount(0);
  }
  await paste(page, phone(page), '+57 (300) 123-4567');
  expect(await shown(phone(page))).toBe('+57 300 123 4567|');
  await number(page).focus();
  await expect(page.locator('.msg')).toHaveCount(0);
});

test('a NIT stays the one that was pasted or typed', async ({ page }) => {
  await form(page);
  await page.getByLabel('Tipo de documento').selectOption('NIT');
  for (const [text, expected] of [
    ['80.123.456–4', '80.123.456-4|'],
    ['80123456 4', '80123456 4|'],
  ]) {
    await number(page).fill('');
    await paste(page, number(page), text);
    expect(await shown(number(page))).toBe(expected);
  }
  await number(page).fill('');
  await number(page).pressSequentially('80123456 4');
  expect(await shown(number(page))).toBe('80.123.456 4|');
});

test('too short is said when the field is left, and what cannot be mended at once', async ({ page }) => {
  await form(page);
  await number(page).pressSequentially('1');
  await expect(page.locator('.msg')).toHaveCount(0);
  await phone(page).focus();
  await expect(page.locator('.msg')).toHaveText('Al documento le faltan números: tiene al menos 3.');
  await number(page).press('End');
  await number(page).pressSequentially('020304050');
  await expect(page.locator('.msg')).toHaveCount(0);
  await phone(page).pressSequentially('306 ');
  await expect(page.locator('.msg')).toHaveCount(0);
  await phone(page).pressSequentially('1234567');
  await expect(page.locator('.msg')).toContainText('Ese número no existe en Colombia');
});

test('every field tells the browser which keyboard and which memory it takes', async ({ page }) => {
  await form(page);
  const attributes = await page.locator('efecty-checkout').evaluate(element => {
    const names = ['inputmode', 'autocomplete', 'autocapitalize', 'placeholder'];
    return [...element.shadowRoot.querySelectorAll('input:not([type=checkbox])')].map(input =>
      [input.dataset.field, ...names.map(name => input.getAttribute(name))].join(' '),
    );
  });
  expect(attributes).toEqual([
    'document.number numeric off none 1.020.304.050',
    'name text name words ',
    'email email email none ',
    'phone numeric tel-national none 300 123 4567',
  ]);
  await page.getByLabel('Tipo de documento').selectOption('PA');
  await expect(number(page)).toHaveAttribute('inputmode', 'text');
  await expect(number(page)).toHaveAttribute('placeholder', 'AB123456');
});

test('what is sent in another form than typed is shown', async ({ page }) => {
  await form(page, { name: { charset: 'ascii' } });
  await page.getByLabel('Tipo de documento').selectOption('NIT');
  await number(page).pressSequentially('900123456');
  await page.getByLabel('Nombre').pressSequentially('María Ñáñez');
  await expect(page.getByText('Se enviará así: 900.123.456-8')).toBeVisible();
  await expect(page.getByText('Maria Nanez')).toHaveCount(0);
  await phone(page).focus();
  await expect(page.getByText('Se enviará así: Maria Nanez')).toBeVisible();
  await expect(page.getByLabel('Nombre')).toHaveValue('María Ñáñez');
});

// Every screen of the gallery: it fits, anybody can read it, and nothing complains.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { accessible, listen } from './faults.mjs';

const { screens } = JSON.parse(await readFile(new URL('../fixtures/screens.json', import.meta.url), 'utf8'));
const names = screens.map(({ name }) => name);

/** After so many milliseconds these screens are what their names say. */
const due = { 'loading-slow': 6_000, 'creating-slow': 6_000, offline: 130_000 };
/** And before so many these. */
const fleeting = ['loading', 'creating'];

/** Fifty vouchers on one page share some of their headings; a shop shows one. */
const alone = axe => axe.disableRules('landmark-unique');

const heights = { 320: 640, 360: 740, 768: 1024, 1280: 800 };
const widths = Object.keys(heights).map(Number);
const languages = ['es-CO', 'en'];
const themes = ['light', 'dark'];

// One page that changes its clothes: what takes time is to open it.
test('every screen, in both languages and themes, at every width', async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = await open(page, { lang: 'es-CO', theme: 'light', width: 360 });
  await page.clock.fastForward(6_000);
  for (const lang of languages) {
    for (const width of widths) {
      await dress(page, { lang, theme: 'light', width });
      await expect(page.locator('#paid h2').last()).toHaveText(lang === 'en' ? 'We received your payment' : 'Recibimos tu pago');
      await expect.poll(() => overflowing(page), `${lang}, ${width} px`).toEqual([]);
    }
  }
  await accessible(page, alone);
  // All that the dark theme has of its own.
  await dress(page, { lang: 'es-CO', theme: 'dark', width: 360 });
  await accessible(page, axe => axe.withRules(['color-contrast', 'link-in-text-block']));
  await page.clock.fastForward(130_000);
  expect(await overflowing(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

for (const lang of languages) {
  for (const theme of themes) {
    for (const width of widths) {
      test(`every screen, ${lang}, ${theme}, ${width} px, with pictures @slow`, async ({ page }) => {
        test.setTimeout(120_000);
        await look(page, { lang, theme, width });
      });
    }
  }
}

async function look(page, { lang, theme, width }) {
  const complaints = await open(page, { lang, theme, width });
  const folder = `target/screens/${lang}-${theme}-${width}`;
  const picture = name => page.locator(`[id="${name}"]`).screenshot({ path: `${folder}/${name}.png` });
  for (const name of fleeting) await picture(name);
  // A creation that gets lost takes the focus in the end: not while a picture is taken.
  await expect(async () => {
    await page.clock.fastForward(6_000);
    await expect(page.locator('#form-lost [role=alert]')).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.locator('#creating-slow')).toContainText(/más de lo normal|longer than usual/);
  for (const name of names.filter(name => !fleeting.includes(name) && !(due[name] > 6_000))) await picture(name);
  expect(await overflowing(page)).toEqual([]);
  await accessible(page, alone);
  await page.clock.fastForward(130_000);
  for (const name of names.filter(name => due[name] > 6_000)) await picture(name);
  expect(complaints).toEqual([]);
}

/** Opens the gallery; returns what it will complain about. */
async function open(page, { lang, theme, width }) {
  const complaints = listen(page);
  await page.setViewportSize({ width, height: heights[width] });
  await page.clock.install();
  await page.goto(`/gallery/?lang=${lang}&theme=${theme}`);
  await page.locator('#gallery[data-ready]').waitFor();
  await expect(page.locator('efecty-checkout')).toHaveCount(names.length);
  return complaints;
}

/** Changes the page that is open. */
async function dress(page, { lang, theme, width }) {
  await page.setViewportSize({ width, height: heights[width] });
  await page.evaluate(({ lang, theme }) => {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = theme;
    for (const element of document.querySelectorAll('efecty-checkout')) Object.assign(element, { lang, theme });
  }, { lang, theme });
}

/** What a page has to be scrolled sideways for, or what is cut off though it must be read. */
async function overflowing(page) {
  return page.evaluate(() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('the page');
    for (const element of document.querySelectorAll('efecty-checkout')) {
      const { left, right } = element.getBoundingClientRect();
      for (const inner of element.shadowRoot.querySelectorAll('*')) {
        if (inner.matches('.hidden, .hidden *, svg *, wbr, slot, option')) continue;
        const box = inner.getBoundingClientRect();
        const isOut = box.left < left - 1 || box.right > right + 1;
        const isCut = inner.scrollWidth > inner.clientWidth + 1 && getComputedStyle(inner).overflowX !== 'visible';
        if (isOut || (isCut && inner.tagName !== 'INPUT')) faults.push(`${element.parentElement.id}: ${inner.outerHTML.slice(0, 120)}`);
      }
    }
    return faults;
  });
}

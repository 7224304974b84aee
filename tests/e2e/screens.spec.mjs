// Every screen of the gallery: it fits, anybody can read it, and nothing complains.
import { readFile } from 'node:fs/promises';

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const { screens } = JSON.parse(await readFile(new URL('../fixtures/screens.json', import.meta.url), 'utf8'));
const names = screens.map(({ name }) => name);

/** After so many milliseconds these screens are what their names say. */
const due = { 'loading-slow': 6_000, 'creating-slow': 6_000, 'form-lost': 130_000, offline: 130_000 };
/** And before so many these. */
const fleeting = ['loading', 'creating'];

const heights = { 320: 640, 360: 740, 768: 1024, 1280: 800 };

for (const lang of ['es-CO', 'en']) {
  for (const theme of ['light', 'dark']) {
    for (const width of Object.keys(heights).map(Number)) {
      const isUsual = width === 360 && theme === 'light';
      const tag = isUsual ? [] : ['@slow'];
      test(`every screen, ${lang}, ${theme}, ${width} px`, { tag }, async ({ page }) => {
        test.setTimeout(120_000);
        await page.setViewportSize({ width, height: heights[width] });
        await look(page, { lang, theme, width });
      });
    }
  }
}

async function look(page, { lang, theme, width }) {
  const complaints = listen(page);
  await page.clock.install();
  await page.goto(`/gallery/?lang=${lang}&theme=${theme}`);
  await page.locator('#gallery[data-ready]').waitFor();
  await expect(page.locator('efecty-checkout')).toHaveCount(names.length);

  const folder = `target/screens/${lang}-${theme}-${width}`;
  const picture = name => page.locator(`[id="${name}"]`).screenshot({ path: `${folder}/${name}.png` });
  for (const name of fleeting) await picture(name);
  await page.clock.fastForward(6_000);
  await expect(page.locator('#creating-slow')).toContainText(/más de lo normal|longer than usual/);
  for (const name of names.filter(name => !fleeting.includes(name) && !(due[name] > 6_000))) await picture(name);

  expect(await overflowing(page)).toEqual([]);
  // Fifty vouchers on one page share some of their headings; a shop shows one.
  const { violations } = await new AxeBuilder({ page }).disableRules('landmark-unique').analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)])).toEqual([]);

  await page.clock.fastForward(130_000);
  for (const name of names.filter(name => due[name] > 6_000)) await picture(name);
  expect(complaints).toEqual([]);
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

function listen(page) {
  const complaints = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.stack ?? String(error)));
  return complaints;
}

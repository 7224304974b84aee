// What a page complains about, and what somebody with a screen reader would complain about.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';

/** The errors and warnings in the page's console, and its uncaught exceptions, as they come. */
export function listen(page) {
  const complaints = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.stack ?? String(error)));
  return complaints;
}

/** Expects axe to find nothing; `narrow` chooses parts of the page and rules. */
export async function accessible(page, narrow = axe => axe) {
  const { violations } = await narrow(new AxeBuilder({ page })).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]), page.url()).toEqual([]);
}

// What a page complains about, and what somebody with a screen reader would complain about.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';

/** What in a console is a complaint: a violation of the page's policy comes as an error. */
export const grave = ['error', 'warning', 'assert'];

/**
 * The errors and warnings in the page's console, and its uncaught exceptions, as they come, but for messages
 * that are `expected`.
 */
export function listen(page, expected = () => false) {
  const complaints = [];
  page.on('console', message => {
    if (grave.includes(message.type()) && !expected(message)) complaints.push(message.text());
  });
  page.on('pageerror', error => complaints.push(error.stack ?? String(error)));
  return complaints;
}

/** Expects axe to find nothing; `narrow` chooses parts of the page and rules. */
export async function accessible(page, narrow = axe => axe) {
  const { violations } = await narrow(new AxeBuilder({ page })).analyze();
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]), page.url()).toEqual([]);
}

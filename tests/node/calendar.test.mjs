// Holidays against date-holidays, an independent calendar.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import Holidays from 'date-holidays';

import { colombianHolidays, isBusinessDay, nextBusinessDay, ready } from '../../pkg/validators.js';

await ready;
const oracle = new Holidays('CO');

test('the holidays are those of date-holidays, from 1984 to 2060', () => {
  for (let year = 1984; year <= 2060; year++) {
    // It counts Easter Sunday as public, which the law does not name.
    const theirs = oracle.getHolidays(year).filter(day => day.type === 'public' && day.rule !== 'easter');
    const days = all => [...new Set(all.map(({ date }) => date.slice(0, 10)))].sort();
    assert.deepEqual(days(colombianHolidays(year)), days(theirs), `in ${year}`);
  }
});

test('business days', () => {
  assert.equal(isBusinessDay('2026-07-13'), false);
  assert.equal(isBusinessDay('2026-07-14'), true);
  assert.equal(nextBusinessDay('2026-07-10'), '2026-07-14');
  assert.deepEqual(colombianHolidays(2026)[10], { date: '2026-07-13', name: 'Virgen de Chiquinquirá' });
});

test('what is no year or no day is refused', () => {
  for (const year of [1983, 10000, 2026.5, NaN, Infinity]) {
    assert.throws(() => colombianHolidays(year), /expected a year from 1984 to 9999/);
  }
  assert.throws(() => isBusinessDay('2026-02-30'), /expected a date such as 2026-11-30/);
  assert.throws(() => isBusinessDay('13/07/2026'), /expected a date/);
  assert.throws(() => nextBusinessDay('1983-12-31'), /expected a year/);
});

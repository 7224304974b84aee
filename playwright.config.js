import { defineConfig } from '@playwright/test';

// `cargo xtask test e2e` starts a sandbox with an empty database and names it and Chromium here.
const { BASE_URL, CHROME_PATH } = process.env;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  reporter: 'list',
  timeout: 30_000,
  // Most of a test is waiting: two at a time keep two cores busy.
  workers: 2,
  // What is on screen and not in the snapshot is a difference too.
  expect: { toMatchAriaSnapshot: { children: 'deep-equal' } },
  use: {
    baseURL: BASE_URL ?? 'http://127.0.0.1:8787/',
    // Far from Bogota: what is shown must not depend on the device's time zone.
    timezoneId: 'Asia/Tokyo',
    locale: 'es-CO',
    // Recording every test costs time; `TRACE=retain-on-failure` keeps those that fail.
    trace: process.env.TRACE ?? 'off',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: {
          executablePath: CHROME_PATH,
          args: ['--disable-gpu', '--disable-background-networking'],
        },
      },
    },
    { name: 'firefox', use: { browserName: 'firefox' } },
    { name: 'webkit', use: { browserName: 'webkit' } },
  ],
});

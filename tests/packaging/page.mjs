// Opens a page of an app in the browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { chromium } from '@playwright/test';

import voucher from '../fixtures/vouchers/valid/status-paid.json' with { type: 'json' };

export { voucher };

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The policy that the package promises to work under. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');

async function serve(directory) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const file = join(directory, path.endsWith('/') ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { 'content-type': types[extname(file)], 'content-security-policy': policy });
      response.end(body);
    } catch {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Serves `directory` under the policy and visits its index page, as `visit` does. */
export async function open(directory, look) {
  const server = await serve(directory);
  try {
    await visit(`http://127.0.0.1:${server.address().port}/`, look);
  } finally {
    server.close();
  }
}

/**
 * Opens the page at `url`, where the merchant's backend answers with the voucher, waits until the page has
 * set its title to `done`, and hands it to `look`. A warning or an error on the console, or an uncaught
 * error, fails.
 */
export async function visit(url, look) {
  const args = ['--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args });
  try {
    const page = await browser.newPage();
    const complaints = [];
    page.on('console', message => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', error => complaints.push(error.stack));
    const headers = { 'server-time': voucher.serverTime };
    await page.route('**/api/efecty/**', route => route.fulfill({ json: voucher, headers }));
    await page.goto(url);
    await page.waitForFunction(() => document.title === 'done', null, { timeout: 10_000 }).catch(error => {
      throw new Error([error.message, ...complaints].join('\n'));
    });
    await look(page);
    assert.deepEqual(complaints, []);
  } finally {
    await browser.close();
  }
}

// As much of WebDriver as the journey needs, over fetch.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The member under which an element stands in an answer. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A driver's process and one browser session of it. */
export class Browser {
  #driver;
  #session;

  constructor(driver, session) {
    this.#driver = driver;
    this.#session = session;
  }

  /** Starts `command`, a driver that takes `--port=N`, and a browser with these capabilities. */
  static async start(command, capabilities, environment = {}) {
    const port = await freePort();
    const [program, ...programArguments] = command;
    const env = { ...process.env, ...environment };
    // A group of its own, so that a wrapper's children end with it.
    const driver = spawn(program, [...programArguments, `--port=${port}`], { env, stdio: 'ignore', detached: true });
    const browser = new Browser(driver, `http://127.0.0.1:${port}`);
    try {
      await until(async () => (await browser.#send('GET', '/status').catch(() => ({}))).ready, 20_000, 'the driver');
      const { sessionId } = await browser.#send('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
      browser.#session += `/session/${sessionId}`;
    } catch (error) {
      browser.#kill();
      throw error;
    }
    return browser;
  }

  async end() {
    await this.#send('DELETE', '').catch(() => {});
    this.#kill();
  }

  open(url) {
    return this.#send('POST', '/url', { url });
  }

  /** Runs a function in the page and returns what it returns. */
  run(script, ...args) {
    return this.#send('POST', '/execute/sync', { script: `return (${script})(...arguments)`, args });
  }

  /** Clicks what `script` finds. */
  async click(script, ...args) {
    const element = await this.run(script, ...args);
    await this.#send('POST', `/element/${element[ELEMENT]}/click`, {});
  }

  /** Types into what `script` finds. */
  async type(text, script, ...args) {
    const element = await this.run(script, ...args);
    await this.#send('POST', `/element/${element[ELEMENT]}/value`, { text });
  }

  /** Goes on in a new window; returns the one before. */
  async openWindow() {
    const before = await this.#send('GET', '/window');
    const { handle } = await this.#send('POST', '/window/new', { type: 'window' });
    await this.switchTo(handle);
    return before;
  }

  switchTo(handle) {
    return this.#send('POST', '/window', { handle });
  }

  closeWindow() {
    return this.#send('DELETE', '/window');
  }

  async #send(method, path, body) {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(this.#session + path, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  #kill() {
    try {
      process.kill(-this.#driver.pid);
    } catch {
      // It has ended by itself.
    }
  }
}

/** Waits until `condition` holds. */
export async function until(condition, millis, what) {
  const deadline = Date.now() + millis;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${millis} ms for ${what}`);
    await pause(100);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

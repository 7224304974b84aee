// A Chromium that nobody has told to treat background tabs as visible: driven by its own protocol over a pipe,
// because Playwright emulates focus in every tab.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { grave } from './faults.mjs';

/** Starts an X server of its own, or says why there is none. */
export async function display() {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise(resolve => {
    server.once('error', error => resolve({ why: `no Xvfb: ${error.code}` }));
    server.once('exit', code => resolve({ why: `Xvfb ended with ${code}` }));
    server.stdout.once('data', number => resolve({ name: `:${String(number).trim()}`, stop: () => server.kill() }));
  });
}

/** Starts Chromium on this display. */
export async function chrome(executable, DISPLAY) {
  const profile = await mkdtemp(join(tmpdir(), 'efecty-chrome-'));
  const flags = ['--remote-debugging-pipe', `--user-data-dir=${profile}`, '--no-first-run', '--no-sandbox'];
  const quiet = ['--disable-gpu', '--disable-background-networking', 'about:blank'];
  const child = spawn(executable, [...flags, ...quiet], {
    env: { ...process.env, DISPLAY },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  return new Chrome(child, profile);
}

class Chrome {
  #child;
  #profile;
  #waiting = new Map();
  #listeners = [];
  #next = 1;
  #text = '';

  constructor(child, profile) {
    this.#child = child;
    this.#profile = profile;
    child.stdio[4].on('data', chunk => this.#read(chunk));
  }

  #read(chunk) {
    const messages = (this.#text + chunk).split('\0');
    this.#text = messages.pop();
    for (const message of messages.map(text => JSON.parse(text))) {
      const answered = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (answered) answered(message);
      else for (const listener of this.#listeners) listener(message);
    }
  }

  async send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    const answer = new Promise(resolve => this.#waiting.set(id, resolve));
    this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Opens a tab, in front of the others. */
  async open(url) {
    const { targetId } = await this.send('Target.createTarget', { url });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const tab = { targetId, sessionId, requests: [], complaints: [] };
    this.#listeners.push(message => {
      if (message.sessionId !== sessionId) return;
      if (message.method === 'Network.requestWillBeSent') tab.requests.push(message.params.request.url);
      tab.complaints.push(...complaints(message));
    });
    // What the page has said until now is told as well.
    for (const domain of ['Network', 'Runtime', 'Log']) await this.send(`${domain}.enable`, {}, sessionId);
    return tab;
  }

  /** Brings a tab to the front; the others of the window are hidden by it. */
  show({ targetId }) {
    return this.send('Target.activateTarget', { targetId });
  }

  async evaluate({ sessionId }, expression) {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await this.send('Runtime.evaluate', params, sessionId);
    return result.value;
  }

  async stop() {
    const ended = new Promise(resolve => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a page complains of by this message: in its console, by an uncaught exception, or by the browser's voice. */
function complaints({ method, params }) {
  if (method === 'Runtime.exceptionThrown') {
    const { exception, text } = params.exceptionDetails;
    return [exception?.description ?? text];
  }
  if (method === 'Runtime.consoleAPICalled' && grave.includes(params.type)) {
    return [params.args.map(({ value, description }) => value ?? description).join(' ')];
  }
  if (method === 'Log.entryAdded' && grave.includes(params.entry.level)) return [params.entry.text];
  return [];
}

// The wasm module's one instance: loading it, entering it, and replacing it after a trap.

import { Contact } from './contact.js';
import { Taker } from './take.js';

/** What the bars of a phone and its browser take of its screen's height, in CSS pixels. */
const BARS = 160;

/** Returns a promise of the loaded module's exports; called again after a failure. */
let load = () => Promise.reject(new Error('no wasm module provided'));
let loaded;
let glue;
/** The sessions in the instance. */
const live = new Set();
/** How many calls into the instance are under way: drawing runs listeners, which call again. */
let depth = 0;
/** What made the instance unusable, until the outermost call has returned. */
let trap;

/** Says how the wasm module is loaded. */
export function provide(loader) {
  load = loader;
}

/** Loads the wasm module; a load that failed is tried again by whoever asks next. */
export async function ready() {
  loaded ??= load();
  try {
    glue = await loaded;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

/**
 * One element's session in the instance.
 *
 * Of the element it needs `{ root, settings, fetch, wake, lost, resume, fail }`.
 */
export class Session {
  #element;
  #checkout;
  #hear = (what, text = '') => this.enter(checkout => checkout.contacted(what, text));
  #contact = new Contact(this.#hear);
  #taker;

  constructor(element) {
    this.#element = element;
    this.#taker = new Taker(element.root, this.#hear);
  }

  /** Begins, in an instance that is ready. */
  begin() {
    live.add(this);
    this.#guard(() => {
      this.#checkout = new glue.Checkout(this.#element.root, this.#shell());
      this.#checkout.configure(this.#element.settings());
    });
  }

  /** Calls into the instance, unless it is no longer this session's. */
  enter(call) {
    return this.#checkout && this.#guard(() => call(this.#checkout));
  }

  /** Lets go of everything the session holds. */
  end() {
    live.delete(this);
    const checkout = this.#release();
    if (checkout) this.#guard(() => checkout.free());
  }

  #release() {
    this.#contact.end();
    this.#taker.end();
    const checkout = this.#checkout;
    this.#checkout = undefined;
    return checkout;
  }

  /** What the browser calls: every way in passes `enter`. */
  #shell() {
    const follow = (ticket, promise) => {
      const settled = fulfilled => value => void this.enter(checkout => checkout.settled(ticket, fulfilled, value));
      Promise.resolve(promise).then(settled(true), settled(false));
    };
    const contact = this.#contact;
    const taker = this.#taker;
    return {
      compete: (name, seizes) => contact.compete(name, seizes),
      withdraw: () => contact.withdraw(),
      tell: text => contact.tell(text),
      listen: (url, withCredentials) => contact.listen(url, withCredentials),
      mute: () => contact.mute(),
      height: () => (self === top ? innerHeight : Math.min(innerHeight, screen.height - BARS)),
      offers: () => taker.offers(),
      mark: (...mark) => taker.mark(mark),
      paper: () => taker.paper(),
      take: (how, name, text) => taker.take(how, name, text),
      wake: () => this.#element.wake(),
      listener: event => void this.enter(checkout => checkout.heard(event)),
      follow,
      fetch: (ticket, url, init) => follow(ticket, new Promise(resolve => resolve(this.#element.fetch(url, init)))),
    };
  }

  /**
   * An exception out of the instance leaves its memory in an unknown state: it is not entered again,
   * and is replaced once the outermost call has returned.
   */
  #guard(call) {
    if (trap) return undefined;
    depth += 1;
    try {
      return call();
    } catch (error) {
      trap = { session: this, error };
      return undefined;
    } finally {
      depth -= 1;
      if (trap && depth === 0) {
        const { session, error } = trap;
        trap = undefined;
        session.#recover(error);
      }
    }
  }

  #recover(error) {
    const sessions = [...live.add(this)];
    live.clear();
    for (const checkout of sessions.map(session => session.#release())) stop(checkout);
    for (const session of sessions) session.#element.lost(session === this);
    let isRenewed = true;
    try {
      glue.__wbg_reset_state();
    } catch {
      isRenewed = false;
    }
    for (const session of sessions) if (isRenewed) session.#element.resume();
    for (const session of sessions) if (!isRenewed || session === this) session.#element.fail(error);
  }
}

/** Lets a dead session take back listeners, timer and requests, as far as it still can. */
function stop(checkout) {
  try {
    checkout?.stop();
  } catch {
    // What it leaves behind in the browser finds no way in any more.
  }
}

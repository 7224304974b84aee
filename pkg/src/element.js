import css from './checkout.css';
import { eventsFor } from './events.js';
import { showVoucher } from './fallback.js';

/** Returns a promise of the loaded wasm module; called again after a failure. */
let load = () => Promise.reject(new Error('no wasm module provided'));
let loaded;
/** The wasm module's exports, once it is loaded. */
let glue;
let sheet;
/** The elements that have a session in the wasm module's one instance. */
const live = new Set();
/** How many calls into the wasm module are under way: drawing runs listeners, which call again. */
let depth = 0;
/** What made the instance unusable, until the outermost call has returned. */
let trap;
/** Replaces the instance and goes on in the new one. */
let recover;

/** Says how the wasm module is loaded. */
export function provide(loader) {
  load = loader;
}

/** A load that failed is tried again by whoever asks next. */
async function ready() {
  loaded ??= load();
  try {
    glue = await loaded;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}

/** Properties that are attributes, and the attributes' names. */
const reflected = {
  endpoint: 'endpoint',
  orderId: 'order-id',
  orderToken: 'order-token',
  token: 'token',
  theme: 'theme',
  credentials: 'credentials',
};
/** Attributes that say which voucher this is. */
const identity = ['endpoint', 'order-id', 'token'];
/** Properties that a page may have set before the element was defined. */
const properties = [...Object.keys(reflected), 'fetch', 'voucher', 'payer', 'requirements'];

/** The element `<efecty-checkout>`: it hands over to the wasm module, and outlives its failure. */
export class EfectyCheckoutElement extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = [...Object.values(reflected), 'lang'];

  #root = this.attachShadow({ mode: 'open' });
  #checkout;
  #isLoading = false;
  #isWoken = false;
  #fetch;
  /** Rich properties as JSON text: no code of the page runs when the wasm module reads them. */
  #given = {};
  #voucher = null;
  #status;
  #state = 'idle';
  #traps = 0;
  /** The settings with which a new instance goes on. */
  #resumed;

  constructor() {
    super();
    this.#showLast();
  }

  async connectedCallback() {
    for (const name of properties.filter(name => Object.hasOwn(this, name))) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    if (this.#checkout) return this.#wake();
    if (this.#isLoading || this.#traps > 1) return;
    this.#isLoading = true;
    try {
      await ready();
      if (this.isConnected) this.#begin();
    } catch (error) {
      if (this.isConnected) this.#fail(error);
    } finally {
      this.#isLoading = false;
    }
  }

  disconnectedCallback() {
    // Moving a node disconnects and connects it in one go.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (identity.includes(name)) this.#resumed = undefined;
    this.#configure();
  }

  get fetch() {
    return this.#fetch;
  }

  set fetch(fetch) {
    this.#fetch = fetch;
  }

  get voucher() {
    return this.#voucher;
  }

  set voucher(voucher) {
    this.#resumed = undefined;
    this.#give('voucher', voucher);
  }

  get payer() {
    return this.#taken('payer');
  }

  set payer(payer) {
    this.#give('payer', payer);
  }

  get requirements() {
    return this.#taken('requirements');
  }

  set requirements(requirements) {
    this.#give('requirements', requirements);
  }

  get state() {
    return this.#state;
  }

  refresh() {
    this.#enter(checkout => checkout.refresh());
  }

  #give(name, value) {
    this.#given[name] = value == null ? undefined : JSON.stringify(value);
    this.#configure();
  }

  #taken(name) {
    const json = this.#given[name];
    return json === undefined ? null : JSON.parse(json);
  }

  #configure() {
    this.#enter(checkout => checkout.configure(this.#settings()));
  }

  #settings() {
    const settings = { ...this.#given, lang: this.lang };
    for (const [name, attribute] of Object.entries(reflected)) settings[name] = this.getAttribute(attribute);
    return { ...settings, ...this.#resumed };
  }

  #begin() {
    dress(this.#root);
    let checkout;
    // The browser's callbacks come in here, for this session and for no later one.
    const enter = call => {
      if (checkout && checkout === this.#checkout) this.#enter(call);
    };
    const follow = (ticket, promise) => {
      const settled = fulfilled => value => enter(() => checkout.settled(ticket, fulfilled, value));
      Promise.resolve(promise).then(settled(true), settled(false));
    };
    const shell = {
      wake: () => this.#wake(),
      listener: event => enter(() => checkout.heard(event)),
      follow,
      fetch: (ticket, url, init) =>
        follow(ticket, new Promise(resolve => resolve((this.#fetch ?? globalThis.fetch)(url, init)))),
    };
    guard(this, () => {
      checkout = this.#checkout = new glue.Checkout(this.#root, shell);
      live.add(this);
      checkout.configure(this.#settings());
    });
  }

  #end() {
    const checkout = this.#checkout;
    this.#checkout = undefined;
    live.delete(this);
    if (checkout) guard(this, () => checkout.free());
  }

  #enter(call) {
    const checkout = this.#checkout;
    return checkout && guard(this, () => call(checkout));
  }

  #wake() {
    if (this.#isWoken) return;
    this.#isWoken = true;
    queueMicrotask(() => {
      this.#isWoken = false;
      if (this.isConnected) this.#advance();
    });
  }

  #advance() {
    const news = this.#enter(checkout => checkout.advance());
    if (!news) return;
    this.#state = news.state;
    if (news.voucher !== undefined) this.#voucher = news.voucher;
    for (const record of news.events) this.#tell(record);
  }

  #tell(record) {
    // A new instance finds what the dead one has told already.
    const isKnown = record.kind === 'ready' || (record.initial && record.status === this.#status);
    if (this.#resumed && isKnown) return;
    this.#status = record.status ?? this.#status;
    for (const event of eventsFor(record)) this.dispatchEvent(event);
  }

  #fail(error) {
    this.#state = 'failed';
    this.#tell({ kind: 'error', code: 'internal', detail: String(error) });
  }

  /** Shows the last voucher, or else what stands inside the element on the page. */
  #showLast() {
    if (this.#voucher) showVoucher(this.#root, this.#voucher, this.lang);
    else this.#root.replaceChildren(document.createElement('slot'));
  }

  /** Lets go of a session whose memory is in an unknown state, and keeps what a new one goes on with. */
  #abandon() {
    const checkout = this.#checkout;
    this.#checkout = undefined;
    this.#resumed = resumption(this.#voucher, this.#root) ?? this.#resumed;
    try {
      checkout?.stop();
    } catch {
      // Its listeners and timer are refused entry from now on.
    }
  }

  static {
    recover = (culprit, error) => {
      const elements = new Set([...live, culprit]);
      live.clear();
      culprit.#traps += 1;
      for (const element of elements) element.#abandon();
      for (const element of elements) element.#showLast();
      try {
        glue.__wbg_reset_state();
      } catch {
        for (const element of elements) element.#traps = 2;
      }
      for (const element of elements) {
        if (element.#traps < 2 && element.isConnected) element.#begin();
        else if (element !== culprit) element.#fail(error);
      }
      culprit.#fail(error);
    };
  }
}

for (const [property, attribute] of Object.entries(reflected)) {
  Object.defineProperty(EfectyCheckoutElement.prototype, property, {
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value == null) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
    enumerable: true,
    configurable: true,
  });
}

/**
 * Calls into the wasm module. An exception out of there leaves its memory in an unknown state, so the
 * instance is not entered again, and is replaced once the outermost call has returned.
 */
function guard(element, call) {
  if (trap) return undefined;
  depth += 1;
  try {
    return call();
  } catch (error) {
    trap = { element, error };
    return undefined;
  } finally {
    depth -= 1;
    if (trap && depth === 0) {
      const { element, error } = trap;
      trap = undefined;
      recover(element, error);
    }
  }
}

/** What a new instance needs to go on: the voucher, or what was typed. */
function resumption(voucher, root) {
  // A pickup's secret is not here: the new instance asks for the voucher again.
  if (voucher) return voucher.kind === 'pickup' ? { token: voucher.token } : { voucher: JSON.stringify(voucher) };
  if (!root.querySelector('form')) return undefined;
  const typed = field => root.querySelector(`[data-field="${field}"]`)?.value;
  const document = { type: typed('document.type'), number: typed('document.number') };
  return { payer: JSON.stringify({ document, name: typed('name'), email: typed('email'), phone: typed('phone') }) };
}

/** One style sheet for all elements; a constructed one passes a strict content security policy. */
function dress(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}

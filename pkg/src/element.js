import css from './checkout.css';
import { eventsFor } from './events.js';
import { resumption, showVoucher } from './fallback.js';
import { Session, ready } from './instance.js';

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
const properties = [...Object.keys(reflected), 'fetch', 'voucher', 'payer', 'requirements', 'strings'];

let sheet;

/** The element `<efecty-checkout>`: it hands over to the wasm module, and outlives its failure. */
export class EfectyCheckoutElement extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = [...Object.values(reflected), 'lang'];

  #root = this.attachShadow({ mode: 'open' });
  #session;
  #isLoading = false;
  #isWoken = false;
  #fetch;
  /** Rich properties as JSON text: no code of the page runs when the wasm module reads them. */
  #given = {};
  #voucher = null;
  #status;
  #state = 'loading';
  /** How often this element's session broke the wasm module's instance: once is forgiven. */
  #traps = 0;
  /** The settings with which a new instance goes on. */
  #resumed;
  /** Codes are drawn to fit. Asked a frame later: drawing may change the size that is being told. */
  #fit = () => requestAnimationFrame(() => this.#wake());
  #sizes = new ResizeObserver(this.#fit);
  /** Tells when a device pixel is no longer of this size: zoomed, or on another screen. */
  #pixels;
  #refit = () => {
    this.#watchPixels();
    this.#fit();
  };

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
    if (this.#session) return this.#wake();
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

  get strings() {
    return this.#taken('strings');
  }

  set strings(strings) {
    this.#give('strings', strings);
  }

  get state() {
    return this.#state;
  }

  refresh() {
    this.#session?.enter(checkout => checkout.refresh());
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
    this.#session?.enter(checkout => checkout.configure(this.#settings()));
  }

  #settings() {
    const settings = { ...this.#given, lang: this.lang };
    for (const [name, attribute] of Object.entries(reflected)) settings[name] = this.getAttribute(attribute);
    return { ...settings, ...this.#resumed };
  }

  #begin() {
    dress(this.#root);
    this.#session = new Session({
      root: this.#root,
      settings: () => this.#settings(),
      fetch: (url, init) => (this.#fetch ?? globalThis.fetch)(url, init),
      wake: () => this.#wake(),
      lost: isCulprit => this.#keep(isCulprit),
      resume: () => this.isConnected && this.#traps < 2 && this.#begin(),
      fail: error => this.#fail(error),
    });
    this.#session.begin();
    this.#sizes.observe(this);
    addEventListener('resize', this.#fit);
    this.#watchPixels();
  }

  /** A query tells of one ratio only: after a change the next one is watched. */
  #watchPixels() {
    this.#pixels?.removeEventListener('change', this.#refit);
    this.#pixels = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    this.#pixels.addEventListener('change', this.#refit);
  }

  #end() {
    const session = this.#session;
    this.#session = undefined;
    this.#sizes.disconnect();
    if (this.#pixels) {
      removeEventListener('resize', this.#fit);
      this.#pixels.removeEventListener('change', this.#refit);
      this.#pixels = undefined;
    }
    session?.end();
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
    const news = this.#session?.enter(checkout => checkout.advance());
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
    if (!this.#session) this.#state = 'failure';
    this.#tell({ kind: 'error', code: 'internal', detail: String(error) });
  }

  /** The session is gone: shows what it knew last, and keeps what a new one goes on with. */
  #keep(isCulprit) {
    this.#session = undefined;
    if (isCulprit) this.#traps += 1;
    this.#resumed = resumption(this.#voucher, this.#root) ?? this.#resumed;
    this.#showLast();
  }

  /** Shows the last voucher, or else what stands inside the element on the page. */
  #showLast() {
    if (this.#voucher) showVoucher(this.#root, this.#voucher, this.lang);
    else this.#root.replaceChildren(document.createElement('slot'));
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

/** One style sheet for all elements; a constructed one passes a strict content security policy. */
function dress(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}

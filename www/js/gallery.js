// Every screen of the element at once: each element has a shop of its own that lives in this page.
//
// `?only=paid,expired` shows these alone; `?lang=en` and `?theme=dark` choose as the page's buttons do.

const endpoint = '/gallery/api';
const gallery = document.querySelector('#gallery');
const index = document.querySelector('#index');
const opened = performance.now();

const never = new Promise(() => {});

async function read(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** `value` with members changed; those that become `null` are left out. */
function changed(value, change = {}) {
  const members = Object.entries({ ...value, ...change });
  return Object.fromEntries(members.filter(([, member]) => member !== null));
}

const fixtures = new Map();
/** A document of the fixtures, fetched once. */
function fixture(path) {
  if (!fixtures.has(path)) fixtures.set(path, read(`/fixtures/${path}`));
  return fixtures.get(path);
}

/** The voucher of a screen: of a fixture, or of another screen. */
async function voucherOf({ voucher, change }, screens) {
  const other = screens.find(screen => screen.name === voucher);
  return changed(other ? await voucherOf(other, screens) : await fixture(voucher), change);
}

/** The shop of one screen, in place of `fetch`. */
class Shop {
  isOffline = false;
  #screen;
  #voucher;
  #order;

  constructor(screen, voucher, order) {
    this.#screen = screen;
    this.#voucher = voucher;
    this.#order = order;
    this.isOffline = screen.offline === 'always';
  }

  fetch = async (url, { method = 'GET' } = {}) => {
    if (this.isOffline) throw new TypeError('offline');
    const { order, create, answer } = this.#screen;
    if (new URL(url).pathname.includes('/orders/')) {
      return this.#answer(order === 'never' ? order : { status: 200, body: this.#order });
    }
    if (method === 'POST') return this.#answer(create);
    return this.#answer(answer ?? { status: 200, body: this.#voucher });
  };

  async #answer(answer) {
    if (answer === 'never') return never;
    const { status, body } = answer;
    const document = typeof body === 'string' ? await fixture(body) : body;
    const type = status === 200 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(document), { status, headers: { 'content-type': type, ...clock(document) } });
  }
}

/** The shop's clock: it shows what the document says when the page opens, and goes on from there. */
function clock({ serverTime }) {
  if (!serverTime) return {};
  return { 'server-time': new Date(Date.parse(serverTime) + performance.now() - opened).toISOString() };
}

/** What brings an element from its first screen to the one to be shown. */
const acts = {
  async submit(element) {
    element.shadowRoot.querySelector('[type=checkbox]').click();
    element.shadowRoot.querySelector('form').requestSubmit();
  },
  async 'submit-without-consent'(element) {
    element.shadowRoot.querySelector('form').requestSubmit();
  },
  async refresh(element, shop) {
    shop.isOffline = true;
    element.refresh();
  },
  /** Makes the browser fail in the midst of drawing, twice: then the element stays as it is. */
  async break(element) {
    const fail = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    const isOver = new Promise(resolve => {
      let failures = 0;
      element.addEventListener('efecty-error', () => (failures += 1) === 2 && resolve());
    });
    Object.defineProperty(element.shadowRoot, 'activeElement', { get: fail });
    element.refresh();
    await isOver;
  },
};

function press(name) {
  return async element => element.shadowRoot.querySelector(`[data-press="${name}"]`).click();
}

/** Shows one screen; settles once the element stands there. */
async function show(screen, { payer, order, screens }) {
  const voucher = screen.voucher && (await voucherOf(screen, screens));
  const shop = new Shop(screen, voucher, changed(await fixture(order.from), order.change));
  const element = document.createElement('efecty-checkout');
  const fallback = document.createElement('p');
  fallback.append(...words({ es: 'Lo que la tienda puso dentro del elemento.', en: 'What the shop put inside the element.' }));
  // Where there is one, it stays while the first answer is awaited.
  if (screen.order !== 'never') element.append(fallback);
  element.fetch = shop.fetch;
  element.setAttribute('endpoint', screen.endpoint ?? `${endpoint}/${screen.name}`);
  element.setAttribute('lang', gallery.dataset.lang);
  element.setAttribute('theme', gallery.dataset.theme);
  if (screen.order) element.setAttribute('order-id', 'A-1042');
  else element.setAttribute('token', voucher?.token ?? 'vch_7Qm2ZtR9xK4bN8wL');
  if (screen.payer) element.payer = screen.payer === 'valid' ? payer : screen.payer;
  if (screen.known) element.voucher = voucher;
  const isThere = new Promise(resolve => {
    for (const type of ['ready', 'error']) element.addEventListener(`efecty-${type}`, resolve, { once: true });
    if (screen.order === 'never') resolve();
  });
  document.getElementById(screen.name).append(element);
  await isThere;
  for (const act of [screen.act ?? []].flat()) {
    await (acts[act] ?? press(act))(element, shop);
    await new Promise(resolve => setTimeout(resolve));
  }
}

/** The place of a screen, and a link to it. */
function place({ name, title }) {
  const section = document.createElement('section');
  section.className = 'screen';
  section.id = name;
  const heading = document.createElement('h2');
  heading.append(...words(title));
  section.append(heading);
  gallery.append(section);
  const link = document.createElement('a');
  link.href = `#${name}`;
  link.append(...words(title));
  const item = document.createElement('li');
  item.append(link);
  index.append(item);
}

/** A text in both languages; the style sheet shows the page's. */
function words(title) {
  return Object.entries(title).map(([lang, text]) => {
    const span = document.createElement('span');
    span.className = 't';
    span.lang = lang;
    span.textContent = text;
    return span;
  });
}

/** What earlier visits to this page have left behind would be shown in place of the screens. */
function forget() {
  for (const key of Object.keys(localStorage)) {
    if (key.includes(endpoint)) localStorage.removeItem(key);
  }
}

const all = await read('/fixtures/screens.json');
const only = new URLSearchParams(location.search).get('only')?.split(',');
const chosen = all.screens.filter(({ name }) => !only || only.includes(name));
forget();
chosen.forEach(place);
await import('/pkg/index.js');
// What breaks the module's instance takes the other elements along for a moment: it goes first.
for (const screen of chosen.filter(({ act }) => act === 'break')) await show(screen, all);
// One after the other: a screen that takes the focus or fails does it in its turn.
for (const screen of chosen.filter(({ act }) => act !== 'break')) await show(screen, all);
document.activeElement?.blur();
gallery.dataset.ready = '';

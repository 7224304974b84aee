// Texts that attack, in every place where a text of somebody else's is shown or typed.
import { readFile } from 'node:fs/promises';

import { expect, test } from '@playwright/test';

import { Backend, open, order, reaches, told, voucher } from './page.mjs';

const hostile = JSON.parse(await readFile(new URL('../fixtures/hostile.json', import.meta.url), 'utf8'));

/** Places of the voucher, as paths; each is replaced on its own. */
const texts = [
  'orderId',
  'traceId',
  'beneficiary.name',
  'beneficiary.taxId',
  'networks.0.id',
  'networks.0.name',
  'networks.0.brands.0',
  'networks.0.agreement.label',
  'networks.0.reference.label',
  'networks.1.id',
  'networks.1.name',
  'networks.1.brands.0',
  'networks.1.agreement.label',
  'networks.1.reference.label',
  'latency.es',
  'latency.en',
];
const codes = [
  'networks.0.agreement.code',
  'networks.0.reference.value',
  'networks.1.agreement.code',
  'networks.1.reference.value',
  'barcode.content',
];
const links = ['links.voucher', 'links.pdf', 'links.handover', 'links.events', 'links.renew'];

/** What the page's own functions for the tests below are; they run in the page. */
const main = `
  await import('/pkg/index.js');
  window.executed = 0;
  window.hostile = window.alert = () => { executed += 1; };

  window.put = (document, path, text) => {
    const copy = structuredClone(document);
    const names = path.split('.');
    const last = names.pop();
    let place = copy;
    for (const name of names) place = place[name];
    place[last] = text;
    return copy;
  };

  /** What is there, whatever it says: every element with the names of its attributes. */
  window.shape = element => {
    const inner = [...element.shadowRoot.querySelectorAll('*')];
    // What codes consist of depends on what they say.
    const fixed = inner.filter(inner => !inner.matches('.hand, .hand *, .scan, .scan *, .groups *'));
    return fixed.map(inner => inner.tagName + ' ' + inner.getAttributeNames().sort()).join('; ');
  };

  /** As it is in UTF-8: half a pair of surrogates is none. */
  window.whole = text => new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));

  window.settle = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));

  /** Shows the voucher with a text in it; what is shown and what notes its faults, nothing where it is refused. */
  window.offer = async (element, faults, voucher, path, text) => {
    element.voucher = window.put(voucher, path, text);
    await window.settle();
    const root = element.shadowRoot;
    // Then the page's own content stands there, and none of the text.
    if (root.querySelector('slot')) return null;
    return { root, note: fault => faults.push(path + ' ' + JSON.stringify(text) + ': ' + fault) };
  };

  /** What is wrong with what is on screen. */
  window.faults = (element, text = '') => {
    const found = [];
    // A single character wider than the screen cannot but be cut.
    const isOne = [...new Intl.Segmenter().segment(text)].length === 1;
    const root = element.shadowRoot;
    if (executed) found.push('executed');
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is too wide');
    const { left, right } = element.getBoundingClientRect();
    const tags = 'DIV SECTION HEADER H2 H3 P SPAN DL DT DD BUTTON svg path rect WBR STRONG B BDI OL LI A FORM FIELDSET LABEL INPUT SELECT OPTION DETAILS SUMMARY UL'.split(' ');
    for (const inner of root.querySelectorAll('*')) {
      if (!tags.includes(inner.tagName)) found.push('an element ' + inner.tagName);
      const names = inner.getAttributeNames();
      if (names.some(name => name.startsWith('on') || name === 'style' || name === 'srcdoc')) found.push('attributes ' + names);
      if (inner.matches('a') && !/^https:/.test(inner.href)) found.push('a link to ' + inner.href);
      for (const name of names.filter(name => !['aria-label', 'href', 'value'].includes(name))) {
        // A short one may be what an attribute has anyway.
        if (text.length > 5 && inner.getAttribute(name).includes(text)) found.push('the attribute ' + name);
      }
      if (inner.matches('.hidden, .hidden *, wbr, svg *, option, input, select')) continue;
      const box = inner.getBoundingClientRect();
      if (isOne) continue;
      if (box.left < left - 1 || box.right > right + 1) found.push('outside: ' + inner.outerHTML.slice(0, 80));
      if (inner.clientWidth && inner.scrollWidth > inner.clientWidth + 1) found.push('cut off: ' + inner.outerHTML.slice(0, 80));
    }
    return found;
  };
`;

const body = '<meta name="viewport" content="width=device-width"><efecty-checkout endpoint="/api"></efecty-checkout>';

function sample() {
  const full = voucher('pending', { latency: { es: 'Dos días.' }, traceId: 'trz-1', barcode: { symbology: 'code128', content: '48772157429542' } });
  full.networks[0].brands = ['Efecty'];
  full.latency.en = 'Two days.';
  full.networks.push({
    id: 'gana',
    name: 'Gana',
    brands: ['Su Chance'],
    agreement: { label: 'Convenio', code: '2104' },
    reference: { label: 'PIN', value: '840048291' },
  });
  return full;
}

/** Opens a page with what the attacks need; what it complains of. */
async function arena(page) {
  const complaints = await open(page, { body, backend: new Backend(), main });
  await page.waitForFunction(() => window.faults);
  return complaints;
}

/** All the texts take minutes: a part of them is tried always, all of them by `test --all`. */
function attack(place, run) {
  test(place, ({ page }) => run(page, hostile.filter((_, i) => i % 5 === 0)));
  test(`${place}: every text @slow`, ({ page }) => run(page, hostile));
}

test.beforeEach(async ({ page }) => page.setViewportSize({ width: 320, height: 640 }));

test('there are enough of them, all different', () => {
  expect(new Set(hostile).size).toBe(hostile.length);
  expect(hostile.length).toBeGreaterThanOrEqual(200);
});

attack('in the texts of a voucher', async (page, hostile) => {
  test.setTimeout(180_000);
  const complaints = await arena(page);
  const { faults, shown } = await page.evaluate(async ({ sample, texts, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    element.fetch = () => new Promise(() => {});
    const faults = [];
    const shown = {};
    for (const path of texts) {
      shown[path] = 0;
      element.lang = path.endsWith('.en') ? 'en' : 'es';
      element.voucher = window.put(sample, path, 'Nada');
      await window.settle();
      const shape = window.shape(element);
      for (const text of hostile) {
        const offered = await window.offer(element, faults, sample, path, text);
        if (!offered) continue;
        const { root, note } = offered;
        window.faults(element, text).forEach(note);
        shown[path] += 1;
        const part = name => root.querySelector(`[part=${name}] .groups`)?.textContent;
        if (part('agreement') !== '111992' || part('reference') !== '48772157429542') note('other digits');
        if (root.querySelector('.ticket .nb')?.textContent !== '$\u00a052.000') note('another amount');
        if (text.trim() && window.shape(element) !== shape) note('other elements or attributes');
        if (!path.endsWith('.id') && !root.textContent.includes(window.whole(text))) note('not shown');
      }
    }
    return { faults, shown };
  }, { sample: sample(), texts, hostile });
  expect(faults).toEqual([]);
  // Most are texts like any other, and shown as they are.
  for (const path of texts) {
    const most = path.endsWith('.id') ? hostile.length / 20 : hostile.length / 2;
    expect(shown[path], path).toBeGreaterThan(most);
  }
  await silent(page, complaints);
});

attack('in the codes of a voucher: shown as they are, or not at all', async (page, hostile) => {
  test.setTimeout(180_000);
  const complaints = await arena(page);
  const { faults, shown } = await page.evaluate(async ({ sample, codes, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    element.fetch = () => new Promise(() => {});
    const faults = [];
    let shown = 0;
    for (const path of codes) {
      for (const text of hostile) {
        const offered = await window.offer(element, faults, sample, path, text);
        if (!offered) continue;
        const { root, note } = offered;
        window.faults(element, text).forEach(note);
        shown += 1;
        const code = name => [...root.querySelectorAll(`.ticket [part=${name}] .groups`)].map(code => code.textContent);
        const said = window.put(sample, path, text).networks;
        const agreements = said.map(network => network.agreement.code);
        const references = said.map(network => network.reference.value);
        if (`${code('agreement')}` !== `${agreements}` || `${code('reference')}` !== `${references}`) note('other digits');
      }
    }
    return { faults, shown };
  }, { sample: sample(), codes, hostile });
  expect(faults).toEqual([]);
  expect(shown).toBeGreaterThan(hostile.length / 15);
  await silent(page, complaints);
});

attack("in a pickup's secret: shown as it is, or not at all", async (page, hostile) => {
  test.setTimeout(60_000);
  const complaints = await arena(page);
  const pickup = { ...sample(), kind: 'pickup', pickup: { pin: '987654', documents: ['CC'] } };
  const { faults, shown } = await page.evaluate(async ({ pickup, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    element.fetch = () => new Promise(() => {});
    const faults = [];
    const shown = [];
    for (const [path, text] of hostile.flatMap(text => [['pickup.pin', text], ['pickup.documents.0', text]])) {
      const offered = await window.offer(element, faults, pickup, path, text);
      if (!offered) continue;
      const { root, note } = offered;
      const pin = () => root.querySelector('[part=pin] .groups')?.textContent;
      if (pin() !== undefined) note('not covered');
      root.querySelector('[data-press=toggle-codes]').click();
      await window.settle();
      window.faults(element, text).forEach(note);
      if (pin() !== (path === 'pickup.pin' ? text : '987654')) note('another PIN');
      shown.push(path);
    }
    return { faults, shown };
  }, { pickup, hostile });
  expect(faults).toEqual([]);
  expect(shown.filter(path => path === 'pickup.pin').length).toBeGreaterThan(hostile.length / 20);
  await silent(page, complaints);
});

attack("in a voucher's links: https where they say, or none", async (page, hostile) => {
  test.setTimeout(180_000);
  const complaints = await arena(page);
  const { faults, shown } = await page.evaluate(async ({ sample, links, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    element.fetch = () => new Promise(() => {});
    const faults = [];
    let shown = 0;
    for (const path of links) {
      for (const text of hostile.flatMap(text => [text, `https://pagos.example/${text}`])) {
        const offered = await window.offer(element, faults, sample, path, text);
        if (!offered) continue;
        const { root, note } = offered;
        window.faults(element, text).forEach(note);
        for (const { href, rel } of root.querySelectorAll('a')) {
          shown += 1;
          if (href !== new URL(text).href || rel !== 'noopener noreferrer') note(`leads to ${href}`);
        }
      }
    }
    return { faults, shown };
  }, { sample: sample(), links, hostile });
  expect(faults).toEqual([]);
  expect(shown).toBeGreaterThan(hostile.length / 5);
  await silent(page, complaints);
});

attack('in what the shop says before the form', async (page, hostile) => {
  test.setTimeout(120_000);
  const complaints = await arena(page);
  const documents = [{ type: 'other', minLength: 5, maxLength: 20, charset: 'digits', label: { es: 'Otro' } }];
  const sample = { ...order('A-1'), requirements: { documents } };
  const paths = [
    'beneficiary.name',
    'beneficiary.taxId',
    'consent.text.es',
    'consent.text.en',
    'consent.version',
    'consent.link',
    'requirements.documents.0.label.es',
  ];
  const { faults, shown } = await page.evaluate(async ({ sample, paths, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    const faults = [];
    const shown = {};
    let number = 0;
    for (const path of paths) {
      shown[path] = 0;
      element.lang = path.endsWith('.en') ? 'en' : 'es';
      for (const attack of hostile) {
        number += 1;
        const text = path.endsWith('link') ? `https://datos.example/${attack}` : attack;
        const answer = JSON.stringify({ ...window.put(sample, path, text), orderId: `A-${number}` });
        element.fetch = async () => new Response(answer, { headers: { 'content-type': 'application/json' } });
        const isThere = new Promise(resolve => {
          for (const type of ['ready', 'error']) element.addEventListener(`efecty-${type}`, resolve, { once: true });
        });
        element.orderId = `A-${number}`;
        await isThere;
        await window.settle();
        shown[path] += element.state === 'form';
        for (const { href } of element.shadowRoot.querySelectorAll('a')) {
          if (href !== new URL(text).href) faults.push(`${path} ${JSON.stringify(text)}: leads to ${href}`);
        }
        window.faults(element, text).forEach(fault => faults.push(`${path} ${JSON.stringify(text)}: ${fault}`));
      }
    }
    return { faults, shown };
  }, { sample, paths, hostile });
  expect(faults).toEqual([]);
  for (const path of paths) {
    expect(shown[path], path).toBeGreaterThan(path.endsWith('link') ? hostile.length / 10 : hostile.length / 3);
  }
  await silent(page, complaints);
});

test("in place of the widget's own sentences", async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = await arena(page);
  const sentences = ['payTitle', 'agreement', 'reference', 'exactAmount', 'copyThing', 'lastVisit', 'stepAgreement', 'takeImage', 'openPdf', 'iHavePaid', 'helpText'];
  const { faults, shown } = await page.evaluate(async ({ sample, sentences, hostile }) => {
    const element = document.querySelector('efecty-checkout');
    element.fetch = () => new Promise(() => {});
    element.voucher = sample;
    const faults = [];
    let shown = 0;
    for (const text of hostile) {
      element.strings = Object.fromEntries(sentences.map(name => [name, text]));
      await window.settle();
      const root = element.shadowRoot;
      const note = fault => faults.push(`${JSON.stringify(text)}: ${fault}`);
      window.faults(element, text).forEach(note);
      const code = name => root.querySelector(`[part=${name}] .groups`)?.textContent;
      if (code('agreement') !== '111992' || code('reference') !== '48772157429542') note('other digits');
      shown += root.querySelector('[data-press=i-have-paid]').textContent === text;
    }
    element.strings = { iHavePaid: 7, payTitle: null, nonsense: 'x', copied: {}, __proto__: { reference: 'x' } };
    await window.settle();
    if (element.shadowRoot.querySelector('h2').textContent !== 'Paga en efectivo en un punto Efecty / Gana') faults.push('not taken back');
    return { faults, shown };
  }, { sample: sample(), sentences, hostile });
  expect(faults).toEqual([]);
  expect(shown).toBeGreaterThan(200);
  await silent(page, complaints);
});

attack('typed into every field of the form', async (page, hostile) => {
  test.setTimeout(120_000);
  const backend = new Backend();
  const complaints = await open(page, { body: body.replace('<efecty-checkout', '<efecty-checkout order-id="A-1"'), backend, main });
  await page.waitForFunction(() => window.faults);
  await reaches(page, 'form');
  const faults = await page.evaluate(async hostile => {
    const element = document.querySelector('efecty-checkout');
    const root = element.shadowRoot;
    const faults = [];
    const type = (input, text) => {
      input.focus();
      input.value = text;
      const kept = input.value;
      input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      return kept;
    };
    for (const name of ['document.number', 'name', 'phone', 'email']) {
      const input = () => root.querySelector(`[data-field="${name}"]`);
      for (const text of hostile) {
        const kept = type(input(), text);
        input().blur();
        await window.settle();
        const note = fault => faults.push(`${name} ${JSON.stringify(text)}: ${fault}`);
        window.faults(element, text).forEach(note);
        root.querySelector('form').requestSubmit();
        await window.settle();
        window.faults(element, text).forEach(note);
        if (element.state !== 'form') note(`now ${element.state}`);
        // What was typed stays as it was typed, or as the field writes it.
        if (name === 'email' && input().value !== kept) note(`became ${JSON.stringify(input().value)}`);
      }
    }
    return faults;
  }, hostile);
  expect(faults).toEqual([]);
  expect(backend.count('POST /api/vouchers')).toBe(0);
  const errors = await told(page, 'code');
  expect(errors.filter(event => event.startsWith('efecty-error'))).toEqual([]);
  await silent(page, complaints);
});

/** Neither the console nor the page's policy has anything to say. */
async function silent(page, complaints) {
  expect(await page.evaluate(() => window.executed)).toBe(0);
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(complaints).toEqual([]);
}

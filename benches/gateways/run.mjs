// Verifications per second: natively (as handed over), in wasm, and by Node's own crypto.
//
// node run.mjs NATIVE, where NATIVE is the JSON that native.rs prints.
import { createHash, createHmac, createVerify, timingSafeEqual, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';

import { verifyCallback } from '../../pkg/server.js';

const { now, callbacks } = JSON.parse(readFileSync(new URL('callbacks.json', import.meta.url), 'utf8'));
const native = JSON.parse(process.argv[2]);
const ROUNDS = 5;
const ROUND = 400;

const same = (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const header = (headers, name) => headers.find(([found]) => found.toLowerCase() === name)[1];

/** What a careful shop would write for one gateway: the signature, and the body read. */
const byHand = {
  kushki: ({ headers, body, credentials }) => {
    const text = `${body}.${header(headers, 'x-kushki-id')}`;
    const digest = createHmac('sha256', credentials.webhookSecret).update(text).digest('hex');
    return same(digest, header(headers, 'x-kushki-signature')) && JSON.parse(body);
  },
  epayco: ({ body, credentials: { customerId, key } }) => {
    const form = new URLSearchParams(body);
    const signed = ['x_ref_payco', 'x_transaction_id', 'x_amount', 'x_currency_code'].map(name => form.get(name));
    const digest = createHash('sha256').update([customerId, key, ...signed].join('^')).digest('hex');
    return same(digest, form.get('x_signature')) && form;
  },
  payu: ({ body, credentials: { apiKey, merchantId } }) => {
    const form = new URLSearchParams(body);
    const value = form.get('value').replace(/(\.\d)0$/, '$1');
    const signed = [apiKey, merchantId, form.get('reference_sale'), value, form.get('currency'), form.get('state_pol')];
    return same(createHash('md5').update(signed.join('~')).digest('hex'), form.get('sign')) && form;
  },
  ebanx: ({ headers, body, credentials }) => {
    const { publicKey } = new X509Certificate(credentials.certificate);
    const signature = header(headers, 'x-signaturecontent');
    return createVerify('RSA-SHA1').update(body).verify(publicKey, signature, 'base64') && new URLSearchParams(body);
  },
};

/** The best of some rounds: what else the machine does only takes away. */
function perSecond(verify) {
  const round = () => {
    const started = performance.now();
    let count = 0;
    for (; performance.now() - started < ROUND; count += 10) {
      for (let i = 0; i < 10; i++) if (!verify()) throw new Error('expected an authentic callback');
    }
    return Math.round((count * 1000) / (performance.now() - started));
  };
  return Math.max(...Array.from({ length: ROUNDS }, round));
}

const number = value => value.toLocaleString('en-US').padStart(12);
console.log(`${os.cpus()[0].model.trim()}, Node ${process.version}: verifications per second, best of ${ROUNDS}\n`);
console.log(`${'gateway'.padEnd(10)}${'native'.padStart(12)}${'wasm'.padStart(12)}${'Node crypto'.padStart(12)}  scheme`);
for (const callback of callbacks) {
  const { gateway, about, headers, body, credentials } = callback;
  const rawBody = Buffer.from(body);
  const wasm = perSecond(() => verifyCallback(gateway, { headers, rawBody }, credentials, { now }).authentic);
  const own = perSecond(() => byHand[gateway](callback));
  console.log(`${gateway.padEnd(10)}${number(native[gateway])}${number(wasm)}${number(own)}  ${about}`);
}

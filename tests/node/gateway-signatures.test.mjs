// Every gateway's callback, signed by Node's own crypto; the same signed otherwise is refused.
import assert from 'node:assert/strict';
import { createHash, createHmac, createVerify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { gatewayNames, verifyCallback } from '../../pkg/server.js';
import { random } from './random.mjs';

const now = '2026-07-03T00:50:08.000Z';
const millis = String(Date.parse(now));
const fixture = name => readFileSync(new URL(`../fixtures/gateway/${name}`, import.meta.url), 'utf8');
const chance = random(20260703);
const digits = count => `${chance.int(1, 9)}${chance.digits(count - 1)}`;

/** A way to turn a key and a text into a signature, as `{ hash, keyed, spelling }`. */
const sign = ({ hash = 'sha256', keyed = true, spelling = 'hex' }, key, text) => {
  const digest = keyed ? createHmac(hash, key) : createHash(hash);
  return digest.update(text).digest(spelling);
};

const form = fields => new URLSearchParams(fields).toString();

/**
 * How each gateway signs: what it documents, and a callback made by a signer. The signer takes the text
 * and says what stands where the signature belongs.
 */
const gateways = {
  epayco: {
    documented: { keyed: false },
    credentials: { customerId: 'c1', key: 'secret' },
    make: signer => {
      const [ref, id, amount] = [digits(9), digits(6), digits(5)];
      const signature = signer(`c1^secret^${ref}^${id}^${amount}^COP`);
      return { rawBody: form({
        x_cust_id_cliente: 'c1', x_ref_payco: ref, x_transaction_id: id, x_amount: amount, x_currency_code: 'COP',
        x_cod_transaction_state: '1', x_signature: signature,
      }) };
    },
  },
  payu: {
    documented: { hash: 'md5', keyed: false },
    credentials: { apiKey: 'secret', merchantId: '5', algorithm: 'md5' },
    make: signer => {
      const [sale, pesos] = [`A-${digits(4)}`, digits(5)];
      const signature = signer(`secret~5~${sale}~${pesos}.0~COP~4`);
      return { rawBody: form({
        merchant_id: '5', reference_sale: sale, reference_pol: digits(9), value: `${pesos}.00`, currency: 'COP',
        state_pol: '4', sign: signature,
      }) };
    },
  },
  dlocal: {
    documented: {},
    credentials: { xLogin: 'login', secretKey: 'secret' },
    make: signer => {
      const rawBody = JSON.stringify({ id: `D-${digits(6)}`, amount: 20000, currency: 'COP', status: 'PAID' });
      const signature = signer(`login${now}${rawBody}`);
      return { rawBody, headers: { 'x-login': 'login', 'x-date': now, authorization: `V2-HMAC-SHA256, Signature: ${signature}` } };
    },
  },
  mercadopago: {
    documented: {},
    credentials: { webhookSecret: 'secret' },
    make: signer => {
      const id = digits(11);
      const signature = signer(`id:${id};request-id:r1;ts:${millis};`);
      const headers = { 'x-request-id': 'r1', 'x-signature': `ts=${millis},v1=${signature}` };
      return { rawBody: '', headers, url: `https://tienda.example/?data.id=${id}&type=payment` };
    },
  },
  kushki: {
    documented: {},
    credentials: { webhookSecret: 'secret' },
    make: signer => {
      const rawBody = JSON.stringify({ ticketNumber: digits(18), totalAmount: 20000, currency: 'COP', status: 'approvedTransaction' });
      return { rawBody, headers: { 'x-kushki-id': millis, 'x-kushki-signature': signer(`${rawBody}.${millis}`) } };
    },
  },
  rapyd: {
    documented: {},
    credentials: { accessKey: 'access', secretKey: 'secret' },
    make: signer => {
      const rawBody = JSON.stringify({ type: 'PAYMENT_COMPLETED', data: { id: `payment_${digits(6)}`, amount: 20000, currency_code: 'COP', status: 'CLO' } });
      const [url, salt, timestamp] = ['https://tienda.example/rapyd', digits(8), millis.slice(0, -3)];
      const signature = Buffer.from(signer(`${url}${salt}${timestamp}accesssecret${rawBody}`)).toString('base64');
      return { rawBody, url, headers: { salt, timestamp, signature } };
    },
  },
  placetopay: {
    documented: { keyed: false },
    credentials: { secretKey: 'secret', algorithm: 'sha256' },
    make: signer => {
      const [requestId, date] = [Number(digits(6)), '2026-07-02T19:50:07-05:00'];
      const signature = `sha256:${signer(`${requestId}APPROVED${date}secret`)}`;
      return { rawBody: JSON.stringify({ status: { status: 'APPROVED', date }, requestId, reference: 'A', signature }) };
    },
  },
  bamboo: {
    documented: {},
    credentials: { merchantSecretKey: 'secret' },
    make: signer => {
      const [id, amount] = [Number(digits(7)), Number(`${digits(5)}00`)];
      const rawBody = JSON.stringify({ PurchaseId: id, Amount: amount, Currency: 'COP', Transaction: { Status: 'Approved' } });
      return { rawBody, headers: { dateSent: now, signature: signer(`${id}${amount}COP${now}`) } };
    },
  },
  payvalida: {
    documented: { keyed: false },
    credentials: { notificationHash: 'secret' },
    make: signer => {
      const id = `A-${digits(4)}`;
      return { rawBody: JSON.stringify({
        pv_po_id: Number(digits(5)), po_id: id, status: 'approved', amount: '20000', iso_currency: 'COP',
        pv_checksum: signer(`${id}approvedsecret`),
      }) };
    },
  },
  yuno: {
    documented: {},
    credentials: { webhookSecret: 'secret' },
    make: signer => {
      const rawBody = JSON.stringify({ data: { payment: { id: `p-${digits(6)}`, status: 'SUCCEEDED', amount: { currency: 'COP', value: 20000 } } } });
      return { rawBody, headers: { 'x-hmac-signature': signer(rawBody) } };
    },
  },
};

/** Each algorithm, with and without the key, in each spelling. */
const ways = ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sha3-256'].flatMap(hash =>
  [true, false].flatMap(keyed => ['hex', 'base64', 'base64url', 'latin1'].map(spelling => ({ hash, keyed, spelling }))));

const isDocumented = (way, { hash = 'sha256', keyed = true }, gateway) =>
  way.hash === hash && way.keyed === keyed
  // Yuno's documents leave the spelling open.
  && (way.spelling === 'hex' || (gateway === 'yuno' && way.spelling === 'base64'));

const verify = (gateway, { headers = {}, rawBody, url }, credentials) =>
  verifyCallback(gateway, { headers, rawBody, url }, credentials, { now });

for (const [gateway, { documented, credentials, make }] of Object.entries(gateways)) {
  test(`${gateway}: what Node signs as documented is authentic, whatever the values`, () => {
    for (let i = 0; i < 200; i++) {
      const found = verify(gateway, make(text => sign(documented, 'secret', text)), credentials);
      assert.equal(found.authentic, true, found.reason);
    }
  });

  test(`${gateway}: no other algorithm and no other spelling is`, () => {
    for (const way of ways) {
      const found = verify(gateway, make(text => sign(way, 'secret', text)), credentials);
      assert.equal(found.authentic, isDocumented(way, documented, gateway), JSON.stringify(way));
    }
    for (const signature of ['', 'none', 'null', 'undefined', '0', '0'.repeat(64)]) {
      assert.equal(verify(gateway, make(() => signature), credentials).authentic, false, signature);
    }
  });

  test(`${gateway}: an empty key signs nothing, and is refused as a credential`, () => {
    const forgers = ['', '\0', ' ', 'undefined', 'null'];
    for (const key of forgers) {
      const forged = make(text => sign(documented, key, text.replace('secret', key)));
      assert.equal(verify(gateway, forged, credentials).authentic, false, JSON.stringify(key));
    }
    const [name] = Object.entries(credentials).find(([, value]) => value === 'secret');
    const forged = make(text => sign(documented, '', text.replace('secret', '')));
    assert.throws(() => verify(gateway, forged, { ...credentials, [name]: '' }), { code: 'credential', path: name });
    assert.throws(() => verify(gateway, forged, { ...credentials, [name]: undefined }), { code: 'credential', path: name });
  });
}

test('ebanx: what Node verifies by the certificate is authentic, and nothing else', () => {
  const [body, signature, certificate] =
    ['ebanx-notification.txt', 'ebanx-notification.sig', 'ebanx-certificate.pem'].map(fixture);
  const { publicKey } = new X509Certificate(certificate);
  for (const [rawBody, hash, expected] of [[body, 'RSA-SHA1', true], [`${body} `, 'RSA-SHA1', false], [body, 'RSA-SHA256', false]]) {
    assert.equal(createVerify(hash).update(rawBody).verify(publicKey, signature, 'base64'), expected);
    if (hash !== 'RSA-SHA1') continue;
    const found = verify('ebanx', { rawBody, headers: { 'x-signaturecontent': signature } }, { certificate });
    assert.equal(found.authentic, expected);
  }
});

test('openpay: the header that Node would send is authentic', () => {
  const rawBody = '{"type":"charge.succeeded","transaction":{"id":"tr1"}}';
  const authorization = `Basic ${Buffer.from('ñandú:contraseña').toString('base64')}`;
  const credentials = { webhookUser: 'ñandú', webhookPassword: 'contraseña' };
  assert.equal(verify('openpay', { rawBody, headers: { authorization } }, credentials).authentic, true);
  const latin = `Basic ${Buffer.from('ñandú:contraseña', 'latin1').toString('base64')}`;
  assert.equal(verify('openpay', { rawBody, headers: { authorization: latin } }, credentials).authentic, false);
});

test('every gateway is here', () => {
  assert.deepEqual([...Object.keys(gateways), 'ebanx', 'openpay'].sort(), gatewayNames().sort());
});

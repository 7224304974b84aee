// The description of the merchant's backend: sound by an independent validator, and its examples
// are what the contract says.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { suite, test } from 'node:test';

import { validate } from '@readme/openapi-parser';

import { api, assertAnswer, check, follow, resolve } from './answers.mjs';

const file = fileURLToPath(new URL('../../pkg/openapi.yaml', import.meta.url));

suite('the description of the backend', () => {
  test('is OpenAPI 3.1', async () => {
    const verdict = await validate(file);
    assert.ok(verdict.valid, JSON.stringify(verdict.errors));
    assert.deepEqual(verdict.warnings, []);
    assert.match(api.openapi, /^3\.1\./);
  });

  test('has the five calls', () => {
    assert.deepEqual(operations().map(({ name }) => name), [
      'GET /orders/{orderId}',
      'POST /vouchers',
      'GET /vouchers/{token}',
      'GET /vouchers/{token}/events',
      'POST /vouchers/{token}/renew',
    ]);
  });

  test('refers to what is there', () => {
    visit(api, (node) => {
      if (node.$ref) assert.ok(resolve(node.$ref), node.$ref);
    });
  });

  test('uses every component', () => {
    const used = new Set();
    visit(api, (node) => used.add(node.$ref));
    for (const { operation } of operations()) {
      for (const name of operation.security.flatMap(Object.keys)) used.add(`#/components/securitySchemes/${name}`);
    }
    for (const [kind, components] of Object.entries(api.components)) {
      for (const name of Object.keys(components)) {
        assert.ok(used.has(`#/components/${kind}/${name}`), `${kind}/${name}`);
      }
    }
  });

  test('says the time in every answer, and refuses with problems', () => {
    for (const { name, operation } of operations()) {
      for (const [status, answer] of Object.entries(operation.responses)) {
        const { headers, content } = follow(answer);
        assert.ok(follow(headers['Server-Time']).required, `${name} ${status}`);
        if (status >= 400) assert.deepEqual(Object.keys(content), ['application/problem+json'], `${name} ${status}`);
      }
    }
  });

  test('names every request and every answer', () => {
    for (const { name, operation } of operations()) {
      const sent = operation.parameters.map(follow).map((parameter) => parameter.name);
      // A browser lets no header go with the request for a stream.
      assert.equal(sent.includes('Request-Id'), !name.endsWith('/events'), name);
      for (const [status, answer] of Object.entries(operation.responses)) {
        assert.ok(follow(answer).headers['Trace-Id'], `${name} ${status}`);
      }
    }
  });

  test('declares the parameters of each path', () => {
    for (const { name, operation } of operations()) {
      const inPath = operation.parameters?.map(follow).filter((parameter) => parameter.in === 'path') ?? [];
      const declared = inPath.map((parameter) => `{${parameter.name}}`);
      assert.deepEqual(declared, name.match(/\{\w+\}/g) ?? [], name);
    }
  });

  test('gives examples that are what it says', () => {
    let n = 0;
    visit(api, (node) => {
      if (!node.schema) return;
      const examples = Object.values(node.examples ?? {}).map((example) => follow(example).value);
      if (node.example !== undefined) examples.push(node.example);
      for (const example of examples) check('an example', node.schema, example);
      n += examples.length;
    });
    assert.ok(n > 20, `${n} examples`);
  });

  test('sends vouchers as events', () => {
    const { content } = follow(api.paths['/vouchers/{token}/events'].get.responses['200']);
    const data = content['text/event-stream'].example.match(/^data: (.*)$/m)[1];
    check('the event', { $ref: './voucher.schema.json#/$defs/voucher' }, JSON.parse(data));
  });

  test('explains every part', () => {
    for (const { name, operation } of operations()) {
      assert.ok(operation.summary && operation.operationId, name);
      for (const parameter of operation.parameters ?? []) assert.ok(follow(parameter).description, name);
      for (const answer of Object.values(operation.responses)) assert.ok(follow(answer).description, name);
    }
  });
});

function operations() {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );
}

suite('the check of an answer', () => {
  const problem = { title: 'no such voucher', status: 404, code: 'unknown-voucher' };
  const time = { 'Server-Time': '2026-11-23T14:05:00.000Z' };
  const json = { 'Content-Type': 'application/problem+json', ...time };
  const answer = (body, status, headers) => new Response(body, { status, headers });

  test('accepts what is described', async () => {
    await assertAnswer('getVoucher', answer(JSON.stringify(problem), 404, json));
    await assertAnswer('getVoucher', answer(null, 304, { ETag: '"5f2b9c"', ...time }));
  });

  const refused = {
    'another status': [answer('I am a teapot', 418, json), /does not answer 418/],
    'an answer without the time': [answer('{}', 404, { 'Content-Type': json['Content-Type'] }), /lacks Server-Time/],
    'a naive time': [answer('{}', 404, { ...json, 'Server-Time': '2026-11-23T14:05:00' }), /Server-Time/],
    'an answer without its validator': [answer(null, 304, time), /lacks ETag/],
    'another media type': [answer('{}', 404, { ...json, 'Content-Type': 'text/html; charset=utf-8' }), /is text\/html/],
    'another body': [answer('{"status": "404"}', 404, json), /must be integer/],
  };
  for (const [name, [response, message]] of Object.entries(refused)) {
    test(`refuses ${name}`, () => assert.rejects(assertAnswer('getVoucher', response), message));
  }
});

/** Calls `see` with every object of the document. */
function visit(node, see) {
  if (node === null || typeof node !== 'object') return;
  if (!Array.isArray(node)) see(node);
  for (const child of Object.values(node)) visit(child, see);
}

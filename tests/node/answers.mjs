// Checks a backend's answers against `pkg/openapi.yaml`, for whoever tests a backend.

import { fileURLToPath } from 'node:url';

import { parse } from '@readme/openapi-parser';
import Ajv from 'ajv/dist/2020.js';

import { schema } from './contract.mjs';

const file = fileURLToPath(new URL('../../pkg/openapi.yaml', import.meta.url));

/** The description of the backend. */
export const api = await parse(file);

/**
 * Throws where an answer of `fetch` is not what the description says of the operation: its status,
 * its headers, its media type, its body. The answer can still be read afterwards.
 */
export async function assertAnswer(operationId, response) {
  const operation = find(operationId);
  const described = operation.responses[response.status];
  if (!described) throw new Error(`${operationId} does not answer ${response.status}`);
  const { headers = {}, content = {} } = follow(described);
  checkHeaders(operationId, headers, response);
  const mediaTypes = Object.keys(content);
  if (mediaTypes.length === 0) {
    if ((await response.clone().text()) !== '') throw new Error(`${operationId} ${response.status} has a body`);
    return;
  }
  const mediaType = response.headers.get('Content-Type')?.split(';')[0].trim();
  if (!mediaTypes.includes(mediaType)) throw new Error(`${operationId} ${response.status} is ${mediaType}`);
  if (!mediaType.endsWith('json')) return;
  check(`${operationId} ${response.status}`, content[mediaType].schema, await response.clone().json());
}

/** What a reference leads to; anything else as it is. */
export function follow(node) {
  return node.$ref ? resolve(node.$ref) : node;
}

/** Nothing where the reference leads nowhere. */
export function resolve(reference) {
  const [document, pointer] = reference.split('#');
  const roots = { '': api, './voucher.schema.json': schema };
  return pointer.split('/').slice(1).reduce((node, step) => node?.[step], roots[document]);
}

const compiled = new Map();

/** Throws where `value` is not what the schema of the description says. */
export function check(place, described, value) {
  const key = JSON.stringify(described);
  if (!compiled.has(key)) {
    const { $ref, ...rest } = described;
    const standalone = $ref ? { ...schema, $ref: $ref.slice($ref.indexOf('#')) } : rest;
    compiled.set(key, new Ajv({ strict: true, validateFormats: false }).compile(standalone));
  }
  const validate = compiled.get(key);
  if (!validate(value)) throw new Error(`${place}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(value)}`);
}

function find(operationId) {
  const operations = Object.values(api.paths).flatMap(Object.values);
  const operation = operations.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`there is no operation ${operationId}`);
  return operation;
}

function checkHeaders(operationId, described, response) {
  for (const [name, header] of Object.entries(described)) {
    const { required, schema } = follow(header);
    const value = response.headers.get(name);
    if (value !== null) check(`${operationId} ${name}`, schema, value);
    else if (required) throw new Error(`${operationId} ${response.status} lacks ${name}`);
  }
}

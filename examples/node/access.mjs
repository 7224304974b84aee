// Who may see an order: whoever has the token that the shop's page was given. An order's number is
// guessable, so neither its existence nor its amount is told without one.
import { createHmac, timingSafeEqual } from 'node:crypto';

import { Refusal } from './answer.mjs';

const LIFE_MILLIS = 86_400_000;

export function accessBy(secret) {
  const mac = (orderId, until) => createHmac('sha256', secret).update(`${until}\n${orderId}`).digest();
  return {
    /** A token that permits the order for a day. */
    sign(orderId) {
      const until = Date.now() + LIFE_MILLIS;
      return `${until}.${mac(orderId, until).toString('hex')}`;
    },
    /** Throws where the request's `Order-Token` does not permit the order. */
    require(request, orderId) {
      const [until, signature = ''] = String(request.headers['order-token'] ?? '').split('.');
      const [given, right] = [Buffer.from(signature, 'hex'), mac(orderId, until)];
      const permits = given.length === right.length && timingSafeEqual(given, right) && Date.now() < Number(until);
      if (!permits) throw new Refusal(403, 'not-permitted', 'expected an order token for this order');
    },
  };
}

// Never run: it must compile, and the lines marked so must not.
import { EfectyCheckoutElement } from 'efecty-checkout';
import { EfectyCheckoutElement as Bare } from 'efecty-checkout/element';
import { formatPesos as onServer } from 'efecty-checkout/server';
import { formatPesos as atTheEdge, init as initServer } from 'efecty-checkout/server/slim';
import { init as initElement } from 'efecty-checkout/slim';
import { formatPesos, init, ready } from 'efecty-checkout/validators';

const found: EfectyCheckoutElement | null = document.querySelector('efecty-checkout');
const created: Bare = document.createElement('efecty-checkout');
document.body.append(created, found ?? '');

const loaded: Promise<void>[] = [ready, init(), initElement('/checkout.wasm'), initElement(fetch('/checkout.wasm'))];
loaded.push(initServer(new Uint8Array()));

const texts: string[] = [formatPesos(1), onServer(2), atTheEdge(3)];

// @ts-expect-error an amount is a number
formatPesos('52000');

export { loaded, texts };

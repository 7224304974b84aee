// Never run: it must compile, and the lines marked so must not.
import { EfectyCheckoutElement, EfectyPaidEvent, type Voucher } from 'efecty-checkout';
import { EfectyCheckoutElement as Bare } from 'efecty-checkout/element';
import { formatPesos as onServer } from 'efecty-checkout/server';
import { formatPesos as atTheEdge, init as initServer } from 'efecty-checkout/server/slim';
import { init as initElement } from 'efecty-checkout/slim';
import { formatPesos, init, ready } from 'efecty-checkout/validators';

const found: EfectyCheckoutElement | null = document.querySelector('efecty-checkout');
const created: Bare = document.createElement('efecty-checkout');
document.body.append(created, found ?? '');

created.theme = 'dark';
created.payer = { document: { type: 'CC', number: '1020304050' } };
created.fetch = (url, init) => fetch(url, { ...init, headers: { ...init.headers, 'X-CSRF': 'token' } });
created.addEventListener('efecty-error', event => console.log(event.code === 'internal', event.traceId));
document.addEventListener('efecty-paid', event => {
  const paid: EfectyPaidEvent = event;
  const voucher: Voucher = paid.voucher;
  const reference: string | undefined = voucher.networks[0]?.reference.value;
  console.log(reference, paid.initial);
});

// @ts-expect-error the state is for reading
created.state = 'form';

// @ts-expect-error no such theme
created.theme = 'pink';

const loaded: Promise<void>[] = [ready, init(), initElement('/checkout.wasm'), initElement(fetch('/checkout.wasm'))];
loaded.push(initServer(new Uint8Array()));

const texts: string[] = [formatPesos(1), onServer(2), atTheEdge(3)];

// @ts-expect-error an amount is a number
formatPesos('52000');

export { loaded, texts };

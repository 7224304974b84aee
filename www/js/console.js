// Shows what both halves of the sandbox know, and makes things happen. Looks again every two seconds.

const says = document.querySelector('#says');
const open = new Set();
let shown = '';

const pesos = (amount) => `$\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;

/** Milliseconds since 1970 on clocks in Bogota. */
const when = (millis) =>
  millis === null ? null : new Date(millis - 5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** An element with attributes, listeners (`onclick`) and children; children are nodes or text. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null));
  return made;
}

/** Words in both languages; the style sheet shows the page's. */
const words = (es, en) => [
  element('span', { class: 't', lang: 'es' }, es),
  element('span', { class: 't', lang: 'en' }, en),
];

/** What the values are called, in Spanish by the English. */
const names = {
  'seconds ahead': 'segundos de adelanto',
  placed: 'pedido el',
  'held (minutes)': 'guardado (minutos)',
  closed: 'cerrado el',
  paid: 'pagado',
  'paid at': 'pagado el',
  payment: 'pago',
  invoice: 'factura',
  expires: 'vence el',
  'order held until': 'pedido guardado hasta el',
  consent: 'consentimiento',
  request: 'solicitud',
  authorisation: 'autorización',
  since: 'desde el',
  trace: 'traza',
  attempts: 'intentos',
  answer: 'respuesta',
};

/** A named value; nothing where there is no value. */
function fact(name, value) {
  if (value === null) return null;
  return element('span', {}, names[name] ? words(names[name], name) : name, ' ', element('code', {}, String(value)));
}

const pill = (status) => element('span', { class: `pill ${status}` }, status);

async function act(path, body) {
  const answer = await fetch(`/console/api${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  says.textContent = `${path}: ${answer.status} ${await answer.text()}`;
  await look();
}

const button = (es, en, path, body = {}) =>
  element('button', { type: 'button', onclick: () => act(path, body) }, words(es, en));

/** Raw content that stays open across looks. */
function raw(key, title, text) {
  const toggled = ({ target }) => (target.open ? open.add(key) : open.delete(key));
  const shut = { ontoggle: toggled, open: open.has(key) ? '' : null };
  return element('details', shut, element('summary', {}, title), element('pre', {}, text));
}

function line(facts, buttons, ...rest) {
  const doing = buttons.length ? element('div', { class: 'doing' }, buttons) : null;
  return element('div', { class: 'line' }, element('div', { class: 'facts' }, facts), doing, ...rest);
}

function order(it) {
  return line(
    [
      element('a', { href: `/pedido/${it.id}` }, it.id),
      fact(it.product, pesos(it.pesos)),
      fact('placed', when(it.placedAt)),
      fact('held (minutes)', it.holdMinutes),
      fact('closed', when(it.closedAt)),
    ],
    [],
  );
}

function voucher(it) {
  const buttons = [];
  const isPickup = it.kind === 'pickup';
  if (it.status === 'pending' && !isPickup) buttons.push(button('La tienda anula', 'Shop cancels', `/vouchers/${it.token}/cancel`));
  if (it.status === 'late_review') {
    buttons.push(button('Aceptar el pago tardío', 'Accept the late payment', `/vouchers/${it.token}/accept-late`));
  }
  if (!isPickup && ['paid', 'paid_late', 'mismatch', 'late_review'].includes(it.status)) {
    buttons.push(button('Devolver en efectivo', 'Refund in cash', `/vouchers/${it.token}/pay-back`));
  }
  const history = it.history.map((step) => `${when(step.at)}  ${step.status}  (${step.cause}, ${step.traceId})`);
  return line(
    [
      element('a', { href: `/pedido/${it.orderId}` }, it.orderId),
      isPickup ? fact('', it.kind) : null,
      pill(it.status),
      fact('', pesos(it.pesos)),
      fact('paid', it.amountPaid === null ? null : pesos(it.amountPaid)),
      fact('paid at', when(it.paidAt)),
      fact('payment', it.paymentId),
      fact('invoice', it.invoice),
      fact('expires', when(it.expiresAt)),
      fact('order held until', when(it.orderExpiresAt)),
      fact('consent', it.consentVersion),
      fact('request', it.requestId),
      isPickup
        ? element('a', { href: `/v/#${it.token}` }, words('enlace para quien retira', 'link for the collector'))
        : element('a', { href: `/comprobante/${it.token}` }, words('comprobante', 'voucher')),
      isPickup ? null : element('a', { href: `/console/correo/${it.token}` }, words('correo', 'e-mail')),
    ],
    buttons,
    raw(`voucher ${it.token}`, words('Historia', 'History'), history.join('\n')),
  );
}

function transaction(it) {
  const path = `/payments/${it.refPayco}`;
  const buttons = [];
  if (it.state === 'pending') {
    buttons.push(button('Vencer ya', 'Expire now', `${path}/expire`), button('Anular', 'Cancel', `${path}/cancel`));
  }
  if (['pending', 'expired', 'cancelled'].includes(it.state)) {
    const amount = element('input', { inputmode: 'numeric', value: String(it.value), 'aria-label': 'COP' });
    const pay = () => act(`${path}/pay`, { pesos: Number(amount.value.replace(/\D/g, '')) });
    buttons.push(amount, element('button', { type: 'button', onclick: pay }, words('Pagar este valor', 'Pay this amount')));
  }
  if (it.state === 'accepted') buttons.push(button('Reversar', 'Reverse', `${path}/reverse`));
  buttons.push(button('Confirmar otra vez', 'Confirm again', `${path}/confirm`));
  return line(
    [
      fact('', `P${it.refPayco}`),
      pill({ accepted: 'paid', reversed: 'refunded' }[it.state] ?? it.state),
      fact('', pesos(it.value)),
      fact('paid', it.paidValue === null ? null : pesos(it.paidValue)),
      fact('invoice', it.invoice),
      fact('authorisation', it.approvalCode),
      fact('since', when(it.stateAt)),
      fact('expires', when(it.expiresAt)),
    ],
    buttons,
  );
}

function payout(it) {
  const path = `/payouts/${it.ticketNumber}`;
  const buttons = [];
  if (it.state === 'initialized') {
    buttons.push(button('Vencer ya', 'Expire now', `${path}/expire`), button('Anular', 'Cancel', `${path}/cancel`));
  }
  buttons.push(button('Confirmar otra vez', 'Confirm again', `${path}/confirm`));
  return line(
    [
      fact('', it.ticketNumber),
      pill({ initialized: 'pending', approved: 'paid', declined: 'cancelled' }[it.state] ?? it.state),
      fact('', pesos(it.pesos)),
      fact('invoice', it.metadata?.invoice ?? null),
      fact('authorisation', it.authorization),
      fact('since', when(it.stateAt)),
      fact('expires', when(it.expiresAt)),
    ],
    buttons,
  );
}

function callback(it) {
  const path = `/callbacks/${it.id}`;
  const headers = it.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return line(
    [
      fact('#', it.id),
      element('span', { class: `verdict ${it.verdict}` }, it.verdict),
      fact('', it.reason),
      it.reason === 'too-large' ? fact('bytes', it.bodyLength) : null,
      fact('', when(it.receivedAt)),
      fact('trace', it.traceId),
    ],
    [
      button('Repetir', 'Replay', `${path}/replay`),
      button('Falsificar el estado', 'Forge the state', `${path}/forge-state`),
      button('Falsificar el valor', 'Forge the amount', `${path}/forge-amount`),
      button('Falsificar la firma', 'Forge the signature', `${path}/forge-signature`),
    ],
    raw(`callback ${it.id}`, words('Tal como llegó', 'As it arrived'), `${it.method} ${it.url}\n${headers}\n\n${it.body}`),
  );
}

function message(it) {
  const [verdict, state] = it.deliveredAt === null ? ['deferred', 'pending'] : ['applied', 'delivered'];
  return line(
    [
      fact('#', it.id),
      fact('', it.ticketNumber ?? `P${it.refPayco}`),
      element('span', { class: `verdict ${verdict}` }, state),
      fact('attempts', it.attempts),
      fact('answer', it.lastAnswer),
    ],
    [],
    it.ticketNumber
      ? element('span', {}, `POST ${it.url}`)
      : raw(`message ${it.id}`, `${it.method} ${it.url}`, it.parameters.replaceAll('&', '\n')),
  );
}

function exchange(it) {
  return line(
    [
      fact('#', it.id),
      it.answerStatus === null ? element('span', {}, words('sin respuesta', 'no answer')) : fact('', it.answerStatus),
      fact('', when(it.at)),
      fact('trace', it.traceId),
    ],
    [],
    raw(`exchange ${it.id}`, it.request, `${it.requestBody}\n\n${it.answer}`),
  );
}

function clock(state) {
  const ahead = state.clockOffsetSeconds;
  const move = (es, en, offsetSeconds) => button(es, en, '/clock', { offsetSeconds });
  return line(
    [fact('Bogotá', when(state.now).slice(0, 16)), fact('seconds ahead', ahead)],
    [
      move('+1 hora', '+1 hour', ahead + 3600),
      move('+1 día', '+1 day', ahead + 86_400),
      move('+6 días', '+6 days', ahead + 6 * 86_400),
      move('Hora real', 'Real time', 0),
    ],
  );
}

function show(id, lines) {
  const none = element('p', { class: 'none' }, words('Nada todavía', 'Nothing yet'));
  document.querySelector(id).replaceChildren(element('div', { class: 'rows' }, lines.length ? lines : none));
}

async function look() {
  const state = await (await fetch('/console/api/state')).json();
  // Only what changed is drawn: a button must not vanish under a click, nor a number while it is typed.
  const text = JSON.stringify({ ...state, now: Math.floor(state.now / 60_000) });
  if (text === shown || document.activeElement?.matches('.doing input')) return;
  shown = text;
  show('#clock', [clock(state)]);
  show('#orders', state.merchant.orders.map(order));
  show('#vouchers', state.merchant.vouchers.map(voucher));
  show('#transactions', state.gateway.transactions.map(transaction));
  show('#callbacks', state.merchant.callbacks.map(callback));
  show('#outbox', state.gateway.outbox.map(message));
  show('#payouts', state.kushki.payouts.map(payout));
  show('#webhooks', state.kushki.outbox.map(message));
  show('#exchanges', state.merchant.exchanges.map(exchange));
}

function lookIfSeen() {
  if (document.visibilityState === 'visible') look().catch((error) => { says.textContent = String(error); });
}

lookIfSeen();
setInterval(lookIfSeen, 2000);
document.addEventListener('visibilitychange', lookIfSeen);

// What outlives the wasm module's instance: the voucher as last known, and what was typed.

const texts = {
  es: {
    pay: 'Paga en efectivo en un punto Efecty',
    paid: 'Pago confirmado',
    pickup: 'Retiro en un punto Efecty: consulta con la tienda',
    stop: 'NO PAGUES: consulta con la tienda',
    agreement: 'Convenio',
    reference: 'Referencia',
    exact: 'Valor exacto',
    amount: 'Valor',
    deadline: 'Paga antes del',
    zone: 'Hora de Colombia.',
    stale: 'Ya no se actualiza. Recarga la página.',
    open: 'Ver comprobante de pago',
    copy: 'Copiar',
    support: 'Copiar datos para soporte',
    days: 'domingo lunes martes miércoles jueves viernes sábado',
  },
  en: {
    pay: 'Pay in cash at any Efecty outlet',
    paid: 'Payment confirmed',
    pickup: 'Collection at any Efecty outlet: ask the shop',
    stop: 'DO NOT PAY: ask the shop',
    agreement: 'Agreement',
    reference: 'Reference',
    exact: 'Exact amount',
    amount: 'Amount',
    deadline: 'Pay before',
    zone: 'Colombian time.',
    stale: 'No longer updated. Reload the page.',
    open: 'Open payment voucher',
    copy: 'Copy',
    support: 'Copy details for support',
    days: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  },
};

/** Shows in `root` what a shopper needs at the counter; digits exactly as the voucher has them. */
export function showVoucher(root, voucher, lang) {
  const isEnglish = /^en(?![a-z])/i.test(lang);
  const text = isEnglish ? texts.en : texts.es;
  const payable = isPayable(voucher);
  const rows = [];
  const row = (term, value, copied) => {
    const row = element('div', 'row', element('dt', '', term), element('dd', '', value));
    if (copied) row.append(element('dd', 'note', copier(copied, text.copy, element('span', 'hidden', ` ${term}`))));
    return row;
  };
  for (const { name, agreement, reference } of payable ? voucher.networks : []) {
    // Each network has a convenio of its own.
    const of = voucher.networks.length > 1 ? `${name}: ` : '';
    if (agreement) rows.push(row(of + (agreement.label ?? text.agreement), code(agreement.code), agreement.code));
    rows.push(row(of + (reference.label ?? text.reference), code(reference.value), reference.value));
  }
  const { pesos, exact } = voucher.amount;
  rows.push(row(exact ? text.exact : text.amount, inPesos(pesos), payable && `${pesos}`));
  const title = text[payable ? 'pay' : voucher.kind === 'pickup' ? 'pickup' : isPaid(voucher) ? 'paid' : 'stop'];
  const names = voucher.networks.map(({ name }) => name).join(' / ') || 'Efecty';
  const heading = element('h2', '', title.replace('Efecty', () => names));
  const payee = element('p', 'soft', voucher.beneficiary.name);
  const content = element('div', 'pad', heading, payee, element('dl', 'ticket', ...rows));
  const link = payable && voucher.links?.voucher;
  if (link) content.append(Object.assign(element('a', 'btn', text.open), { href: link, rel: 'noopener' }));
  const deadline = payable && payBefore(voucher);
  if (deadline) {
    const when = element('strong', '', inBogota(deadline, text));
    const small = words => element('div', 'small soft', words);
    content.append(element('div', 'deadline', element('div', '', small(text.deadline), when, small(text.zone))));
  }
  content.append(element('p', 'soft', text.stale), ...support(voucher, text));
  root.replaceChildren(element('div', 'efecty', element('section', 'card', content)));
  const shown = root.firstChild;
  shown.lang = isEnglish ? 'en' : 'es-CO';
  if (!deadline) return;
  const again = () => shown === root.firstChild && shown.isConnected && showVoucher(root, voucher, lang);
  // At the deadline, or where that is further away than a timer reaches, as late as one does.
  setTimeout(again, Math.min(deadline - Date.now() + 1, 2 ** 31 - 1));
}

/** What support asks for, and a button that copies it. */
function support({ orderId, traceId }, text) {
  const words = ['internal', orderId, traceId].filter(Boolean).join(' · ');
  return [element('p', 'support', words), copier(words, text.support)];
}

/** A button that puts `words` on the clipboard, and says so once they are there. */
function copier(words, ...label) {
  const button = element('button', 'btn', ...label);
  const done = () => button.append(' ✓');
  button.onclick = () => navigator.clipboard?.writeText(words).then(done, () => {});
  return button;
}

/** A code in groups for the eye: what is selected and copied is the bare code. */
function code(digits) {
  // No last character stands alone: it would be dropped when dictating.
  const groups = digits.match(digits.length > 7 ? /.{4}(?=..)|.+/g : /.{3}(?=..)|.+/g);
  const spans = groups.flatMap(group => [element('span', '', group), document.createElement('wbr')]);
  return element('span', 'code', element('span', 'groups', ...spans));
}

/** The settings with which a new session goes on: the voucher, or what was typed. */
export function resumption(voucher, root) {
  // A pickup's secret is not here: the new session asks for the voucher again.
  if (voucher) return voucher.kind === 'pickup' ? { token: voucher.token } : { voucher: JSON.stringify(voucher) };
  if (!root.querySelector('form')) return undefined;
  const typed = field => root.querySelector(`[data-field="${field}"]`)?.value;
  const document = { type: typed('document.type'), number: typed('document.number') };
  return { payer: JSON.stringify({ document, name: typed('name'), email: typed('email'), phone: typed('phone') }) };
}

/** Whether paying is right by all that is known here; the device's clock may only forbid it. */
function isPayable(voucher) {
  const { status, kind, activeFrom } = voucher;
  const now = Date.now();
  const isOpen = !(payBefore(voucher) < now) && !(activeFrom && new Date(activeFrom) > now);
  return status === 'pending' && kind !== 'pickup' && isOpen;
}

function isPaid({ status }) {
  return status === 'paid' || status === 'paid_late';
}

/** The earlier of the voucher's expiry and the order's hold. */
function payBefore({ expiresAt, orderExpiresAt }) {
  const instants = [expiresAt, orderExpiresAt]
    .filter(Boolean)
    .map(deadline => new Date(deadline.date ? `${deadline.date}T23:59:59-05:00` : deadline));
  return instants.sort((a, b) => a - b)[0];
}

/** `sábado 28/11/2026, 11:59 p. m.`, `Saturday 2026-11-28, 11:59 p. m.`: by no format of the engine's. */
function inBogota(deadline, text) {
  // Midnight is said as the end of the day before.
  const instant = deadline % 86_400_000 === 18_000_000 ? deadline - 60_000 : deadline;
  // Five hours behind UTC, all year.
  const local = new Date(instant - 18_000_000);
  const [date, time] = local.toISOString().split('T');
  const day = text === texts.en ? date : date.split('-').reverse().join('/');
  const hour = local.getUTCHours();
  const half = hour < 12 ? 'a' : 'p';
  return `${text.days.split(' ')[local.getUTCDay()]} ${day}, ${hour % 12 || 12}${time.slice(2, 5)}\u00a0${half}.\u00a0m.`;
}

function inPesos(amount) {
  return `$\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;
}

function element(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

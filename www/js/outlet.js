// The cashier: takes what is dictated to the network, prints its receipt or says what it says. The same
// for cash taken in and cash handed out: the form says where to ask and what.

const form = document.querySelector('[data-call]');
const says = document.querySelector('#says');
const receipt = document.querySelector('#receipt');
const readBack = document.querySelector('#read-back');

const digits = (text) => text.replace(/\D/g, '');

/** `1234567` as `$ 1.234.567`, whatever the engine's own formats. */
const pesos = (amount) => `$\u00a0${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`;

/** `2026-11-23T09:05:00-05:00` as clocks in Bogota have it, whatever the device's zone. */
function date(instant) {
  const [day, clock] = instant.split('T');
  return `${day.split('-').reverse().join('/')} ${clock.slice(0, 5)}`;
}

/** Words that follow the page's language, also when it changes later. */
function words(message) {
  return Object.entries(message).map(([lang, text]) => {
    const span = document.createElement('span');
    span.className = 't';
    span.lang = lang;
    span.textContent = text;
    return span;
  });
}

/** What the network says: `receipt` or `refusal`. */
async function ask() {
  const typed = Object.fromEntries(new FormData(form));
  const answer = await fetch(form.dataset.call, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...typed, pesos: Number(digits(typed.pesos)) }),
  });
  if (!answer.ok) throw new Error(`the network answers ${answer.status}`);
  return answer.json();
}

function handOut(paper) {
  const fields = { ...paper, pesos: pesos(paper.pesos), date: date(paper.paidAt) };
  for (const field of receipt.querySelectorAll('[data-field]')) field.textContent = fields[field.dataset.field];
  receipt.hidden = false;
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  says.replaceChildren();
  receipt.hidden = true;
  try {
    const { receipt: paper, refusal } = await ask();
    if (paper) handOut(paper);
    else says.replaceChildren(...words(refusal.message));
  } catch {
    says.replaceChildren(...words({ es: 'No tengo sistema. Vuelva a intentar en un momento.', en: 'The system is down. Try again in a moment.' }));
  } finally {
    form.ariaBusy = 'false';
  }
});

form.elements.pesos.addEventListener('input', () => {
  const typed = digits(form.elements.pesos.value);
  readBack.textContent = typed ? pesos(Number(typed)) : '\u00a0';
});

document.querySelector('#print').addEventListener('click', () => print());
document.querySelector('#next').addEventListener('click', () => {
  form.reset();
  readBack.textContent = '\u00a0';
  receipt.hidden = true;
  form.elements[0].focus();
});

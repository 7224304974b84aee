// What this shop is like: all that a real shop would configure.
import { gatewayRequirements } from 'efecty-checkout/server';

export const beneficiary = { name: 'Librería El Faro SAS', taxId: '901234567-7' };

export const consent = {
  version: '2026-11',
  text: {
    es: 'Autorizo a Librería El Faro SAS a tratar estos datos para generar y confirmar este pago.',
    en: 'I authorise Librería El Faro SAS to use these data to issue and confirm this payment.',
  },
};

export const latency = {
  es: 'La confirmación suele tardar unos minutos; en fin de semana, hasta dos días hábiles.',
  en: 'Confirmation usually takes a few minutes; on weekends, up to two business days.',
};

export const hours = {
  weekdays: ['08:00', '18:00'],
  saturday: ['08:00', '13:00'],
};

export const requirements = gatewayRequirements('epayco');

/** What is sold, in whole pesos; what is held for less than the usual time says so. */
export const products = [
  { orderId: 'A-1042', name: 'Cien años de soledad', pesos: 52000 },
  { orderId: 'A-1043', name: 'Obras completas, edición de lujo', pesos: 1234567 },
  { orderId: 'A-1044', name: 'Dos entradas a la lectura del viernes', pesos: 89900, holdMillis: 90 * 60_000 },
];

/** How long an order is held; how long after its expiry a voucher's payment may still be confirmed. */
export const HOLD_MILLIS = 7 * 86_400_000;
export const GRACE_MILLIS = 72 * 3_600_000;

/** Whether money that came late is taken as long as the order is held. */
export const ACCEPTS_LATE = true;

/** How often widgets may ask. */
export const POLL_AFTER_SECONDS = 2;

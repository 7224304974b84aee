import './node_modules/efecty-checkout/index.js';

import { formatPesos, ready } from './node_modules/efecty-checkout/validators.js';

await customElements.whenDefined('efecty-checkout');
await ready;
document.body.dataset.amount = formatPesos(52000);
document.title = 'done';

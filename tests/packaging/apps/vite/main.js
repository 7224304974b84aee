import 'efecty-checkout';

import { formatPesos, ready } from 'efecty-checkout/validators';

await customElements.whenDefined('efecty-checkout');
await ready;
document.body.dataset.amount = formatPesos(52000);
document.title = 'done';

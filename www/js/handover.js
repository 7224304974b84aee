// The voucher's token stands in the fragment: it never reaches a server's log or another site.

const token = location.hash.slice(1);

if (/^[\w.~-]{16,128}$/.test(token)) {
  document.querySelector('efecty-checkout').setAttribute('token', token);
  const link = document.createElement('a');
  link.className = 'button primary';
  link.href = `/comprobante/${token}`;
  link.textContent = document.documentElement.lang.startsWith('en') ? 'See the payment number' : 'Ver el número de pago';
  document.querySelector('#plain').replaceChildren(link);
}

// Another code scanned into the same tab is another voucher.
addEventListener('hashchange', () => location.reload());

// The voucher's token stands in the fragment: it never reaches a server's log or another site.

const token = location.hash.slice(1);

if (/^[\w.~-]{16,512}$/.test(token)) {
  document.querySelector('efecty-checkout').setAttribute('token', token);
  const link = document.querySelector('#plain');
  link.href = `/comprobante/${token}`;
  link.hidden = false;
  document.querySelector('#incomplete').hidden = true;
}

// Another code scanned into the same tab is another voucher.
addEventListener('hashchange', () => location.reload());

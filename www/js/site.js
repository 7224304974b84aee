// Language and theme without a reload, so that nothing typed is lost. Without this script the form
// does the same with one; both write the same cookies.

const root = document.documentElement;
const form = document.querySelector('form.preferences');

form.addEventListener('submit', (event) => {
  const { name, value } = event.submitter;
  event.preventDefault();
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
  if (name === 'lang') root.lang = value;
  else root.dataset.theme = value;
  for (const button of form.elements) {
    if (button.name === name) button.setAttribute('aria-pressed', String(button.value === value));
  }
  for (const element of document.querySelectorAll('efecty-checkout')) element.setAttribute(name, value);
});

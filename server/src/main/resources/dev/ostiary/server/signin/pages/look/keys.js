// Asks security keys (Web Authentication, sections 5.1.3 and 5.1.4), on the pages that are about them.
'use strict';

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

// one that proves who somebody is
const prove = async (form) => {
  const ids = form.dataset.credentials.split(' ').filter((id) => id !== '');
  const publicKey = {
    challenge: bytes(form.dataset.challenge),
    allowCredentials: ids.map((id) => ({type: 'public-key', id: bytes(id)})),
    userVerification: form.dataset.verification || 'preferred',
    timeout: 60000,
  };
  if (form.dataset.rp) {
    publicKey.rpId = form.dataset.rp;
  }
  const {response} = await navigator.credentials.get({publicKey});
  form.elements.clientData.value = text(response.clientDataJSON);
  form.elements.authenticatorData.value = text(response.authenticatorData);
  form.elements.signatureData.value = text(response.signature);
};

// one that is new
const create = async (form) => {
  const publicKey = {...JSON.parse(form.dataset.creation), timeout: 60000};
  publicKey.challenge = bytes(publicKey.challenge);
  publicKey.user = {...publicKey.user, id: bytes(publicKey.user.id)};
  publicKey.excludeCredentials =
    publicKey.excludeCredentials.map((key) => ({...key, id: bytes(key.id)}));
  const {response} = await navigator.credentials.create({publicKey});
  form.elements.clientData.value = text(response.clientDataJSON);
  form.elements.attestation.value = text(response.attestationObject);
};

for (const form of document.querySelectorAll('form[data-challenge], form[data-creation]')) {
  const button = form.querySelector('button[type=submit]');
  const notice = document.getElementById('key-notice');
  const say = (words) => {
    notice.textContent = words;
    notice.hidden = false;
  };
  if (!window.PublicKeyCredential) {
    say(form.dataset.unsupported);
    continue;
  }
  button.hidden = false;
  const ask = form.dataset.creation ? create : prove;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    ask(form).then(() => form.submit()).catch(() => say(form.dataset.failed));
  });
}

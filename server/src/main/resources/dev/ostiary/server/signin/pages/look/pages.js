// What pages do beyond HTML: a password can be shown, a form is sent once, security keys are asked.
// Every page works without, but those of the security key and of postMessage().
'use strict';

for (const button of document.querySelectorAll('button[data-show]')) {
  const input = document.getElementById(button.getAttribute('aria-controls') || button.name);
  button.hidden = false;
  button.textContent = button.dataset.show;
  button.addEventListener('click', () => {
    const shown = input.type === 'text';
    input.type = shown ? 'password' : 'text';
    button.textContent = shown ? button.dataset.show : button.dataset.hide;
    input.focus();
  });
}

for (const form of document.querySelectorAll('form')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) {
      event.preventDefault();
    }
    sent = true;
    for (const input of form.querySelectorAll('input[type=text][autocomplete*=password]')) {
      input.type = 'password';
    }
  });
  // a page that the browser kept is a page that can be sent again
  window.addEventListener('pageshow', () => { sent = false; });
}

// what another site has asked for is handed over at once, or after some seconds
for (const form of document.querySelectorAll('form[data-submit]')) {
  if (form.dataset.after) {
    setTimeout(() => form.submit(), 1000 * form.dataset.after);
  } else {
    form.submit();
  }
}

for (const told of document.querySelectorAll('[data-message]')) {
  const listener = window.opener || window.parent;
  if (listener !== window) {
    listener.postMessage(JSON.parse(told.dataset.message), told.dataset.origin);
  }
}

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

// What pages do beyond HTML: a password can be shown, a form is sent once or by itself, what a site asked
// for is told to it. Every page works without, but that of postMessage(). Kept to what old browsers
// and scripted ones understand: a page that sends itself must do so in each of them.
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

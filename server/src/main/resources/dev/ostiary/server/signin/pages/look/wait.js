// A page that waits for a telephone asks by itself whether it has answered, and goes on when it has. The
// button does the same by hand, and all there is without script.
'use strict';

for (const form of document.querySelectorAll('form[data-wait]')) {
  const button = form.querySelector('button[type=submit]');
  let asking = false;
  let pressed = false;

  const ask = async () => {
    const said = new URLSearchParams(new FormData(form));
    said.set(button.name, button.value);
    said.set(form.dataset.wait, 'true');
    const answer = await fetch(form.action, {method: 'POST', body: said});
    if (answer.status === 429 || answer.status >= 500) {
      return null;
    }
    return answer.status === 204 ? answer.headers.get('Location') : '';
  };

  // null: not yet; an address: it has answered; nothing: somebody has to look
  const look = () => {
    asking = true;
    ask().catch(() => null).then((next) => {
      asking = false;
      if (next) {
        location.assign(next);
      } else if (pressed) {
        button.click();
      } else if (next === null) {
        setTimeout(look, 3000);
      }
    });
  };

  // of two who ask at once the second would come too late
  form.addEventListener('submit', (event) => {
    if (asking) {
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = true;
    }
  }, true);
  setTimeout(look, 3000);
}

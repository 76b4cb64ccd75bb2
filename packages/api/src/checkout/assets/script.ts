/**
 * What browsers with scripts get on top: the tax follows the country at once, Pay is pressed once, and a waiting page looks again by itself. Plain JavaScript, kept as a
 * text so that it reaches every build; texts only ever enter the page as text.
 */
export const SCRIPT = String.raw`(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const make = (name, text, className) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  const problem = one('[data-focus]');
  if (problem) problem.focus();

  const form = one('form[data-pay]');
  if (form) livePayment(form);

  for (const each of all('form[data-once]')) pressOnce(each, one('button', each));
  const waiting = one('[data-poll]');
  if (waiting) poll(waiting.dataset.poll, waiting.dataset.version);
  if (navigator.clipboard) all('[data-copy]').forEach(offerCopy);

  function pressOnce(form, button) {
    const label = one('[data-pay-label]', button) || button;
    let words = '';
    form.addEventListener('submit', (event) => {
      if (form.dataset.busy) return event.preventDefault();
      form.dataset.busy = 'yes';
      words = label.textContent;
      label.textContent = 'One moment…';
      button.setAttribute('aria-disabled', 'true');
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted || !form.dataset.busy) return;
      delete form.dataset.busy;
      label.textContent = words;
      button.removeAttribute('aria-disabled');
    });
  }

  function livePayment(form) {
    pressOnce(form, one('[data-pay-button]', form));
    const fields = form.elements;
    let asking;
    const ask = async () => {
      if (form.dataset.busy) return;
      if (asking) asking.abort();
      asking = new AbortController();
      const { signal } = asking;
      document.body.dataset.asking = 'yes';
      try {
        const answer = await fetch(form.dataset.quote, {
          method: 'POST',
          headers: { Accept: 'application/json' },
          body: new URLSearchParams(new FormData(form)),
          signal,
        });
        const quote = await answer.json();
        if (answer.ok && !form.dataset.busy) show(quote);
        else if (!answer.ok) say(quote.message);
      } catch {
        if (signal.aborted) return;
        say('The tax could not be updated. It is checked again before anything is charged.');
      }
      if (!signal.aborted) delete document.body.dataset.asking;
    };
    for (const name of ['country', 'state', 'zipcode', 'tax_id', 'business']) fields[name].addEventListener('change', ask);

    const say = (text) => { one('[data-spoken]').textContent = text; };

    const show = (quote) => {
      fields.shown_total.value = quote.total;
      one('[data-pay-label]').textContent = quote.payLabel;
      all('[data-total]').forEach((element) => { element.textContent = quote.totalText; });
      all('[data-rows]').forEach((list) => list.replaceChildren(...quote.rows.map(row)));
      showStates(quote);
      for (const name of ['state', 'zipcode']) {
        const asked = quote.fields.includes(name);
        one('[data-field=' + name + ']').hidden = !asked;
        fields[name].required = asked;
      }
      one('label[for=zipcode]').textContent = quote.postalCodeLabel;
      one('label[for=state]').textContent = quote.stateLabel;
      say(quote.spoken);
    };

    const row = ({ label, amount }, index, rows) => {
      const line = make('div', '', index === rows.length - 1 ? 'row total' : 'row');
      line.append(make('dt', label), make('dd', amount));
      return line;
    };

    const showStates = ({ states }) => {
      const select = fields.state;
      const before = select.value;
      if (all('option', select).slice(1).map(({ value }) => value).join() === states.map(({ code }) => code).join()) return;
      const options = states.map(({ code, name }) => {
        const option = make('option', name);
        option.value = code;
        return option;
      });
      select.replaceChildren(select.options[0], ...options);
      select.value = states.some(({ code }) => code === before) ? before : '';
    };
  }

  function poll(address, version, wait = 1500) {
    setTimeout(async () => {
      try {
        const answer = await fetch(address, { headers: { Accept: 'application/json' } });
        if (answer.ok && (await answer.json()).version !== version) return location.reload();
      } catch {}
      poll(address, version, Math.min(wait * 1.2, 15000));
    }, wait);
  }

  function offerCopy(button) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(one('#' + CSS.escape(button.dataset.copy)).textContent);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 2000);
    });
  }
})();
`;

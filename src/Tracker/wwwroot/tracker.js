// What pages gain where scripts run: a slider for the day, and changes that appear by themselves. Everything else works without.
(() => {
  'use strict';
  const $ = id => document.getElementById(id);
  const told = document.body.dataset;
  const day = 86400000;
  const kinds = ['statusChanged', 'corrected', 'withdrawn', 'becameOverdue', 'becameStale'];

  // A form's empty field asks for nothing, and leaves no trace in the address.
  document.addEventListener('htmx:configRequest', e => {
    if (e.detail.verb !== 'get') return;
    for (const [name, value] of [...e.detail.formData.entries()]) if (value === '') e.detail.formData.delete(name);
  });
  for (const failed of ['htmx:responseError', 'htmx:sendError']) document.addEventListener(failed, () => say(told.notNow, 'lost'));

  // A field that belongs to the form and stands elsewhere on the page: its change does not rise through the form.
  document.addEventListener('change', e => {
    const form = e.target.form;
    if (form?.id === 'ask' && !form.contains(e.target)) form.dispatchEvent(new Event('change'));
  });

  slider();
  live();

  function slider() {
    const [form, range, date, since, known, play] = ['ask', 'ask-slider', 'ask-valid-at', 'ask-since', 'ask-known-at', 'ask-play'].map($);
    if (!range || range.disabled) return;
    const place = range.closest('.slide').dataset;
    const from = Date.parse(place.from);
    const moves = place.moves.split(' ').filter(x => x).map(Number);
    const words = new Intl.DateTimeFormat(told.culture, { dateStyle: 'long', timeZone: 'UTC' });
    const asked = since.value + '\n' + known.value;
    let playing = 0;

    const tell = () => {
      const at = new Date(from + range.valueAsNumber * day);
      date.value = at.toISOString().slice(0, 10);
      $('ask-told').value = words.format(at);
      range.setAttribute('aria-valuetext', words.format(at));
    };
    const ask = () => form.dispatchEvent(new Event('change'));
    const pause = () => {
      clearInterval(playing);
      playing = 0;
      play.textContent = play.dataset.play;
    };
    const step = () => {
      const next = moves.find(x => x > range.valueAsNumber) ?? Number(range.max);
      range.value = next;
      tell();
      ask();
      if (next >= Number(range.max)) pause();
    };

    range.addEventListener('input', () => { tell(); ask(); });
    range.addEventListener('pointerdown', () => playing && pause());
    date.addEventListener('change', () => {
      if (date.value) range.value = (Date.parse(date.value) - from) / day;
      else range.value = range.max;
      $('ask-told').value = words.format(new Date(from + range.valueAsNumber * day));
    });
    play.addEventListener('click', () => {
      if (playing) return pause();
      if (range.valueAsNumber >= Number(range.max)) { range.value = 0; tell(); ask(); }
      playing = setInterval(step, 1200);
      play.textContent = play.dataset.pause;
    });
    // Another "since" or another moment is another course of days: the whole page anew, and not before it is asked for.
    for (const field of [since, known]) field.addEventListener('change', e => e.stopPropagation());
    form.addEventListener('htmx:beforeRequest', e => {
      if (since.value + '\n' + known.value === asked) return;
      e.preventDefault();
      form.submit();
    });
  }

  function live() {
    if (!told.live) return;
    let lost = false, patience = 1000, soon = 0;
    open();

    function open() {
      const source = new EventSource(told.live);
      source.onopen = () => {
        patience = 1000;
        if (!lost) return say(told.liveOn, 'on');
        lost = false;
        refresh().then(() => say(told.liveBack, 'on')).catch(() => {});
      };
      for (const kind of kinds) source.addEventListener(kind, () => {
        clearTimeout(soon);
        soon = setTimeout(() => refresh().catch(() => say(told.notNow, 'lost')), 100);
      });
      source.onerror = () => {
        lost = true;
        say(told.liveLost, 'lost');
        if (source.readyState !== EventSource.CLOSED) return;
        setTimeout(open, patience);
        patience = Math.min(patience * 2, 15000);
      };
    }
  }

  // Fetches the page again as it is asked for, and puts what differs in the place of what it was.
  async function refresh() {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const stood = new Map([...document.querySelectorAll('[data-status]')].map(x => [x.id, x.dataset.status]));
    const focused = document.activeElement?.id;
    for (const part of document.querySelectorAll('[data-fresh]')) {
      const fresh = page.getElementById(part.id);
      if (!fresh) continue;
      for (const row of fresh.querySelectorAll('[data-status]')) if (stood.get(row.id) !== row.dataset.status) row.classList.add('moved');
      part.replaceWith(fresh);
      window.htmx?.process(fresh);
    }
    if (focused) $(focused)?.focus({ preventScroll: true });
  }

  function say(words, how) {
    const place = $('live');
    if (!place) return;
    place.textContent = words;
    place.className = 'live ' + how;
  }
})();

// What pages gain where scripts run: a slider for the day, and changes that appear by themselves. Everything else works without.
(() => {
  'use strict';
  const $ = id => document.getElementById(id);
  const told = document.body.dataset;
  const day = 86400000;
  const kinds = ['statusChanged', 'corrected', 'withdrawn', 'reinstated', 'becameOverdue', 'becameStale', 'noLongerOverdue', 'noLongerStale', 'covered', 'becameUncovered', 'recorded'];
  // What stands in the place of news while there is none: that the page is live, or that it is not.
  let standing = ['', ''];

  // A form's empty field asks for nothing, and leaves no trace in the address.
  document.addEventListener('htmx:configRequest', e => {
    if (e.detail.verb !== 'get') return;
    for (const [name, value] of [...e.detail.formData.entries()]) if (value === '') e.detail.formData.delete(name);
  });
  // Refused, it says why; unheard, it is asked again when the server is back.
  let unheard = null, refusal = null;
  const refused = html => {
    refusal = new DOMParser().parseFromString(html, 'text/html').querySelector('.refusal .lead')?.textContent ?? told.notNow;
    say(refusal, 'lost');
  };
  // News that arrives does not wipe out why something could not be asked: that stays until something else is asked for.
  const sayStanding = () => refusal ? say(refusal, 'lost') : say(...standing);
  document.addEventListener('htmx:responseError', e => refused(e.detail.xhr.responseText));
  document.addEventListener('htmx:sendError', e => {
    unheard = e.detail.elt;
    say(told.notNow, 'lost');
  });
  document.addEventListener('htmx:afterOnLoad', e => {
    if (!e.detail.successful) return;
    unheard = refusal = null;
    sayStanding();
  });

  // What is being fetched is seen to be on its way, unless it comes at once.
  let onItsWay = 0, waiting = 0;
  // Whether the day is on the move: dragged, or played.
  let moving = () => false;
  const busy = by => {
    onItsWay = Math.max(0, onItsWay + by);
    clearTimeout(waiting);
    const show = on => document.querySelectorAll('#verdict, #commitments').forEach(x => on ? x.setAttribute('aria-busy', 'true') : x.removeAttribute('aria-busy'));
    if (onItsWay === 0) show(false);
    else waiting = setTimeout(() => { show(true); say(told.loading, 'wait'); }, 300);
  };
  document.addEventListener('htmx:beforeSend', () => busy(1));
  document.addEventListener('htmx:afterRequest', () => busy(-1));

  // A field that belongs to the form and stands elsewhere on the page: its change does not rise through the form.
  document.addEventListener('change', e => {
    const form = e.target.form;
    if (form?.id === 'ask' && !form.contains(e.target)) form.dispatchEvent(new Event('change'));
  });

  slider();
  heard();
  marks();
  live();
  rows();
  desk();

  function slider() {
    const [form, range, date, since, known, play] = ['ask', 'ask-slider', 'ask-valid-at', 'ask-since', 'ask-known-at', 'ask-play'].map($);
    if (!range || range.disabled) return;
    // What is recorded meanwhile, or a midnight, makes it another course.
    const course = () => $('course').dataset;
    let from = Date.parse(course().from);
    const words = new Intl.DateTimeFormat(told.culture, { dateStyle: 'long', timeZone: 'UTC' });
    const asked = since.value + '\n' + known.value;
    let playing = 0, held = false;
    moving = () => held || playing > 0;

    const tell = () => {
      const shown = words.format(date.value ? Date.parse(date.value) : from + range.valueAsNumber * day);
      $('ask-told').value = shown;
      range.setAttribute('aria-valuetext', shown);
    };
    const follow = () => {
      range.value = date.value ? (Date.parse(date.value) - from) / day : range.max;
      tell();
    };
    const move = to => {
      range.value = to;
      date.value = new Date(from + range.valueAsNumber * day).toISOString().slice(0, 10);
      tell();
      form.dispatchEvent(new Event('change'));
    };
    const pause = () => {
      clearInterval(playing);
      playing = 0;
      play.textContent = play.dataset.play;
    };
    const step = () => {
      // Each day is shown before the next is asked for.
      if (onItsWay > 0) return;
      const next = course().moves.split(' ').filter(x => x).map(Number).find(x => x > range.valueAsNumber) ?? Number(range.max);
      move(next);
      if (next >= Number(range.max)) pause();
    };
    // The new days, under a hand that is on none of it: who drags, or is about to have typed a day, has them after.
    const renew = () => {
      if (held || document.activeElement === date) return;
      from = Date.parse(course().from);
      range.max = course().last;
      follow();
    };

    range.addEventListener('input', () => move(range.valueAsNumber));
    range.addEventListener('pointerdown', () => { held = true; if (playing) pause(); });
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => { if (held) { held = false; renew(); } });
    date.addEventListener('change', follow);
    date.addEventListener('blur', renew);
    document.addEventListener('refreshed', renew);
    play.addEventListener('click', () => {
      if (playing) return pause();
      if (range.valueAsNumber >= Number(range.max)) move(0);
      playing = setInterval(step, 1200);
      play.textContent = play.dataset.pause;
    });
    // Another "since", another moment or a day beyond is another course of days: the whole page anew, and not before it is asked for.
    for (const field of [since, known]) field.addEventListener('change', e => e.stopPropagation());
    form.addEventListener('htmx:beforeRequest', async e => {
      if (since.value + '\n' + known.value === asked && !(Date.parse(date.value) > from + range.max * day)) return;
      e.preventDefault();
      const address = form.action + '?' + new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
      try {
        const answer = await fetch(address, { headers: { Accept: 'text/html' } });
        if (answer.ok) location.assign(address);
        else refused(await answer.text());
      } catch {
        say(told.notNow, 'lost');
      }
    });
  }

  // Whoever listens hears the verdict that came, and how many are shown: once it stands, and not of each day on the way there.
  function heard() {
    const place = $('heard');
    if (!place) return;
    const words = () => [...document.querySelectorAll('#verdict .lead, #commitments .some')].map(x => x.textContent.trim()).join(' ');
    let last = words(), wait = 0;
    const listen = () => {
      clearTimeout(wait);
      wait = setTimeout(() => {
        if (moving() || onItsWay > 0) return listen();
        if (last !== words()) place.textContent = last = words();
      }, 700);
    };
    document.addEventListener('htmx:afterSettle', listen);
    document.addEventListener('refreshed', listen);
  }

  // The details of a mark, beside it as long as it is pointed at or in focus. They are its name too: whoever listens has them.
  function marks() {
    const tip = document.createElement('p');
    tip.className = 'tip';
    tip.hidden = true;
    tip.setAttribute('aria-hidden', 'true');
    const of = e => e.target.closest?.('a.mark');
    let shown = null;
    const stand = () => {
      const at = shown.getBoundingClientRect(), wide = tip.offsetWidth, high = tip.offsetHeight;
      tip.style.left = Math.max(8, Math.min(at.left + at.width / 2 - wide / 2, document.documentElement.clientWidth - wide - 8)) + 'px';
      tip.style.top = (at.top - high - 6 < 0 ? at.bottom + 6 : at.top - high - 6) + 'px';
    };
    const show = mark => {
      // In its place, and not beside it, for the browser would show it too.
      mark.querySelector(':scope > title')?.remove();
      if (!tip.isConnected) document.body.append(tip);
      tip.textContent = mark.getAttribute('aria-label');
      tip.hidden = false;
      shown = mark;
      stand();
    };
    const hide = () => { tip.hidden = true; shown = null; };
    const inFocus = () => document.activeElement?.matches('a.mark') ? document.activeElement : null;
    for (const come of ['focusin', 'pointerover']) document.addEventListener(come, e => of(e) && show(of(e)));
    document.addEventListener('focusout', e => of(e) && hide());
    document.addEventListener('pointerout', e => of(e) && shown === of(e) && (inFocus() ? show(inFocus()) : hide()));
    // A page scrolls to what comes into focus: the tip goes with it.
    document.addEventListener('scroll', () => shown && (shown === inFocus() ? stand() : hide()), { passive: true });
    document.addEventListener('refreshed', () => shown && shown === inFocus() ? show(shown) : hide());
    document.addEventListener('keydown', e => e.key === 'Escape' && hide());
  }

  // One more row of a list in its place, where without scripts the form goes there and back.
  function rows() {
    document.addEventListener('click', e => {
      const button = e.target.closest?.('button[name="form-more"]');
      if (!button) return;
      e.preventDefault();
      another(button).querySelector('[name]').focus();
      keep(button.form);
    });
  }

  function another(button) {
    const list = button.closest('fieldset'), shown = list.querySelectorAll(':scope > .row'), at = shown.length;
    const row = shown[at - 1].cloneNode(true), number = new Intl.NumberFormat(told.culture);
    for (const x of row.querySelectorAll('.wrongs')) x.remove();
    for (const x of row.querySelectorAll('.wrong')) x.classList.remove('wrong');
    for (const x of row.querySelectorAll('.unseen')) x.textContent = x.textContent.replace(number.format(at), number.format(at + 1));
    for (const x of row.querySelectorAll('[name], [for]')) {
      if (x.name) x.name = x.name.replace(`[${at - 1}].`, `[${at}].`);
      for (const key of ['id', 'for']) if (x.hasAttribute(key)) x.setAttribute(key, x.getAttribute(key).replace(`-${at - 1}-`, `-${at}-`));
      for (const key of ['aria-invalid', 'aria-describedby', 'autofocus']) x.removeAttribute(key);
      if (x.name) x.value = '';
    }
    shown[at - 1].after(row);
    list.querySelector(':scope > input').value = at + 1;
    if (at + 1 >= button.dataset.most) button.parentElement.remove();
    return row;
  }

  // A form of the desk is sent from where it stands, so that a server that is gone takes nothing of what was typed with it. A draft of it
  // stays with the tab until it is recorded.
  function desk() {
    const mine = 'form.desk[data-unsent]';
    for (const type of ['input', 'change']) document.addEventListener(type, e => e.target.form?.matches(mine) && keep(e.target.form));
    document.addEventListener('submit', e => {
      if (e.target.matches('form[action$="/sign-out"]')) for (const key of Object.keys(sessionStorage)) if (key.startsWith('draft ')) sessionStorage.removeItem(key);
      if (!e.target.matches(mine)) return;
      e.preventDefault();
      send(e.target);
    });
    const form = document.querySelector(mine);
    if (form) restore(form);
  }

  function draftOf(form) {
    return 'draft ' + new URL(form.action).pathname;
  }

  function keep(form) {
    // A tab that may keep nothing, or no more, works without.
    try { sessionStorage.setItem(draftOf(form), JSON.stringify([...new FormData(form)].filter(([name]) => name !== 'form-token'))); } catch { }
  }

  function restore(form) {
    let draft = null;
    try { draft = JSON.parse(sessionStorage.getItem(draftOf(form))); } catch { }
    if (!draft) return;
    const left = new Map();
    for (const [name, value] of draft) left.set(name, [...left.get(name) ?? [], value]);
    const typed = () => JSON.stringify([...new FormData(form)].filter(([name]) => !name.startsWith('form-')));
    const stood = typed();
    for (const list of form.querySelectorAll('fieldset.rows')) {
      const button = list.querySelector('button[name="form-more"]'), rows = Number(left.get('form-rows.' + button?.value)?.[0] ?? 0);
      while (button?.isConnected && list.querySelectorAll(':scope > .row').length < rows) another(button);
    }
    for (const x of form.elements) {
      if (!x.name || x.name === 'form-token' || x.name === 'form-more') continue;
      const values = left.get(x.name) ?? [];
      if (x.type !== 'checkbox') x.value = values.shift() ?? '';
      else if (x.checked = values.includes(x.value)) values.splice(values.indexOf(x.value), 1);
    }
    if (typed() === stood) return;
    const notice = tell('notice', form.dataset.restored), anew = document.createElement('button');
    anew.type = 'button';
    anew.className = 'quiet';
    anew.textContent = form.dataset.anew;
    anew.addEventListener('click', () => { sessionStorage.removeItem(draftOf(form)); location.href = form.action; });
    notice.setAttribute('role', 'status');
    notice.append(' ', anew);
    form.before(notice);
  }

  async function send(form) {
    if (form.getAttribute('aria-busy')) return;
    keep(form);
    $('unsent')?.remove();
    form.setAttribute('aria-busy', 'true');
    let answer, page;
    try {
      answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(60000) });
      page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    } catch { }
    form.removeAttribute('aria-busy');
    if (answer?.redirected && page) {
      sessionStorage.removeItem(draftOf(form));
      return void location.assign(answer.url);
    }
    if (page?.querySelector('main form.desk, main .about')) {
      document.title = page.title;
      document.body.replaceChildren(...page.body.childNodes);
      document.querySelector('[autofocus]')?.focus();
      return;
    }
    // No page of the desk: nothing is known of what became of it, unless it was refused.
    const why = answer?.status < 500 && page?.querySelector('.refusal .lead')?.textContent;
    const notice = tell('notice refused', why ? `${form.dataset.refused} ${why}` : form.dataset.unsent);
    notice.id = 'unsent';
    notice.setAttribute('role', 'alert');
    form.querySelector('.send').before(notice);
    notice.scrollIntoView({ block: 'nearest' });
  }

  function tell(how, words) {
    const notice = document.createElement('p');
    notice.className = how;
    notice.textContent = words;
    return notice;
  }

  // One window of a browser holds the stream of an agenda and tells the others, for a browser has only a few connections to a server; and
  // none holds it that nobody sees.
  function live() {
    if (!told.live) return;
    const name = told.live.split('?')[0];
    const others = navigator.locks && window.BroadcastChannel ? new BroadcastChannel(name) : null;
    let leave = null, stands = null, reached = 0, lost = false, due = 0, last = 0, failures = 0, flight = Promise.resolve();
    if (others) others.onmessage = ({ data: [what, at] }) => {
      if (document.hidden) return;
      if (what !== 'who') hear(what, at);
      else if (stands) others.postMessage([stands, reached]);
    };
    come();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return leave?.();
      come();
      // What came meanwhile was told to nobody here.
      hear('news', Infinity);
    });

    function come() {
      if (document.hidden || leave) return;
      const waits = new AbortController();
      let done = null;
      leave = () => {
        leave = null;
        waits.abort();
        done?.();
      };
      if (!others) return void (done = follow());
      navigator.locks.request(name, { signal: waits.signal }, () => new Promise(go => {
        const close = follow();
        done = () => {
          close();
          go();
        };
      })).catch(() => {});
      others.postMessage(['who']);
    }

    // Holds the stream, until what comes of it is called.
    function follow() {
      let source = null, again = 0, patience = 1000;
      const tell = what => {
        if (what !== 'news') stands = what;
        others?.postMessage([what, reached]);
        hear(what, reached);
      };
      const open = () => {
        const mine = source = new EventSource(told.live);
        source.onopen = () => {
          patience = 1000;
          tell('on');
        };
        for (const kind of kinds) source.addEventListener(kind, e => {
          const data = JSON.parse(e.data);
          reached = data.position ?? data.recordings;
          tell('news');
        });
        source.onerror = () => {
          tell('lost');
          if (mine.readyState !== EventSource.CLOSED) return;
          again = setTimeout(open, patience);
          patience = Math.min(patience * 2, 15000);
        };
      };
      open();
      return () => {
        stands = null;
        clearTimeout(again);
        source.close();
      };
    }

    function hear(what, at) {
      const shown = Number(new URLSearchParams(told.live.split('?')[1]).get('after'));
      if (what === 'lost') {
        lost = true;
        standing = [told.liveLost, 'lost'];
        return say(...standing);
      }
      if (what === 'on') {
        const isBack = lost;
        lost = false;
        standing = [isBack ? told.liveBack : told.liveOn, 'on'];
        if (!isBack) sayStanding();
        if (isBack) clearTimeout(due);
        if (isBack || at > shown) fetchIn(0);
        return;
      }
      if (at <= shown || (due && failures === 0)) return;
      clearTimeout(due);
      // Not more than once a second, however much is recorded.
      fetchIn(Math.max(100, last + 1000 - Date.now()));
    }

    // And again, until it has come. What is told while a page is on its way may not be on it, and is asked for after it.
    function fetchIn(time) {
      due = setTimeout(() => {
        due = 0;
        flight = flight.then(async () => {
          try {
            await refresh();
            failures = 0;
            last = Date.now();
            sayStanding();
          } catch {
            if (!lost) say(told.notNow, 'lost');
            clearTimeout(due);
            fetchIn(Math.min(1000 * 2 ** failures++, 15000));
          }
        });
      }, time);
    }
  }

  // When each row came to stand elsewhere.
  const movedAt = new Map();

  // Fetches the page again as it is asked for, and makes what stands here what has come.
  async function refresh() {
    // What was asked for while nobody heard it is asked for now.
    if (unheard?.isConnected) return unheard.dispatchEvent(new Event('change'));
    const asked = location.href;
    const answer = await fetch(asked, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(30000) });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // Another day was asked for meanwhile.
    if (location.href !== asked) return refresh();
    const stood = new Map([...document.querySelectorAll('[data-status]')].map(x => [x.id, x.dataset.status]));
    const focused = document.activeElement, within = focused?.closest('[data-fresh]')?.id, link = focused?.getAttribute('href');
    document.title = page.title;
    told.live = page.body.dataset.live;
    for (const part of document.querySelectorAll('[data-fresh]')) {
      const fresh = page.getElementById(part.id);
      if (fresh) become(part, fresh);
    }
    const now = Date.now();
    for (const row of document.querySelectorAll('[data-status]')) {
      if (stood.get(row.id) !== row.dataset.status) movedAt.set(row.id, now);
      // What follows at once does not take the mark away before it was seen.
      if (now - (movedAt.get(row.id) ?? 0) < 10000) row.classList.add('moved');
    }
    if (within && document.activeElement !== focused)
      (focused.isConnected ? focused : focused.id ? $(focused.id) : link && $(within)?.querySelector(`a[href="${CSS.escape(link)}"]`))?.focus({ preventScroll: true });
    document.dispatchEvent(new Event('refreshed'));
  }

  // Changes only what differs, so that what is in focus, opened, selected or in view stays so.
  function become(was, now) {
    if (was.isEqualNode(now)) return;
    if (was.nodeType !== Node.ELEMENT_NODE) return void (was.data = now.data);
    for (const { name } of [...was.attributes]) if (!now.hasAttribute(name) && name !== 'open') was.removeAttribute(name);
    for (const { name, value } of now.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value);
    const old = [...was.childNodes], fresh = [...now.childNodes];
    let place = was.firstChild;
    while (old[0] && fresh[0] && old[0].isEqualNode(fresh[0])) { place = old.shift().nextSibling; fresh.shift(); }
    while (old.at(-1) && fresh.at(-1) && old.at(-1).isEqualNode(fresh.at(-1))) { old.pop(); fresh.pop(); }
    for (const node of fresh) {
      // The same thing by its id; what has none, by its kind and order.
      const at = old.findIndex(x => x.nodeName === node.nodeName && (x.id ?? '') === (node.id ?? ''));
      if (at < 0) {
        was.insertBefore(node, place);
        continue;
      }
      const [same] = old.splice(at, 1);
      if (same === place) place = place.nextSibling;
      else was.insertBefore(same, place);
      become(same, node);
    }
    for (const gone of old) gone.remove();
  }

  function say(words, how) {
    const place = $('live');
    if (!place) return;
    place.textContent = words;
    place.className = 'live ' + how;
  }
})();

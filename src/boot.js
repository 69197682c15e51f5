// What happens before the portal's WebAssembly runs: the sign-in form of the page takes what is typed, what will be
// needed first is fetched, and who waits in vain is told. It stands at the end of the page, and the first picture waits
// for it: only what decides what is seen, and what takes a press, is done before that. It knows nothing of the portal but
// the names below, and is written for browsers that are too old for the portal, so that it can say so.
window.portalBoot = (() => {
  const WHOAMI = '/api/public/coworkers/profiles?_shape=User.Id%2CUser.FullName%2CUser.Email%2CUser.Active%2CUser.IsAdmin%2CDefaultBusiness.Id%2CDefaultBusiness.Name%2CDefaultBusiness.WebAddress%2CProfiles.Id%2CProfiles.FullName%2CProfiles.CompanyName%2CProfiles.Active%2CProfiles.IsDefaultProfile%2CProfiles.CoworkerType';
  const SETTINGS = '/config.json';
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  // The token of a mailed link leaves the address, and with it the history, before anything is sent.
  let token;
  try {
    // Not by its parts: a path that begins with two slashes, alone, names another host.
    const bare = new URL(location.href);
    token = bare.searchParams.get('token') || undefined;
    if (bare.searchParams.has('token')) {
      bare.searchParams.delete('token');
      history.replaceState(null, '', bare);
    }
  } catch (error) {
    // Nothing is said of it: what a browser says has the address in it.
  }
  /** Pages that nobody in particular sees, and that are not the form. */
  const isWayIn = ['/forgot-password', '/reset-password', '/sign-in/email', '/sign-in/link'].includes(
    location.pathname.replace(/\/$/, ''),
  );

  /** The credential of this tab, or the kept one. It proves nothing: it only says what to show meanwhile. */
  let credential = (() => {
    try {
      const own = sessionStorage.getItem('portal.session');
      const kept = JSON.parse(own || localStorage.getItem('portal.session'));
      // Whose this tab was last. What is kept for somebody else is not for it.
      const whose = sessionStorage.getItem('portal.whose');
      const account = (id) => id.toLowerCase().replace(/^nexudus\.portal\./, '');
      if (!own && whose && kept && account(kept.client_id) !== account(whose)) return null;
      return kept && kept.access ? kept : null;
    } catch (error) {
      return null;
    }
  })();
  const isIn = !!credential || isWayIn;
  root.className = isIn ? 'boot-in' : 'boot-out';

  // What is heavy begins when the page has done its part of the form's first picture: until then it would only be in its
  // way. That the picture was seen may be told much later, or sooner. Where there is no form to wait for, where nobody
  // sees it and where the browser does not say, it begins at once.
  const painted = new Promise((done) => {
    if (root.className === 'boot-in' || document.hidden) done();
    setTimeout(done, 1000);
    requestAnimationFrame(() => setTimeout(done));
    try {
      new PerformanceObserver(done).observe({ type: 'paint', buffered: true });
    } catch (error) {
      done();
    }
  });

  // When the portal has nothing more urgent to do: its form is there and painted, or there is none to wait for.
  let settle;
  const settled = new Promise((done) => (settle = done));
  // What is not the form after all is not waited for either.
  if (root.className === 'boot-in') settle();
  else setTimeout(settle, 5000);

  // The language: the person's own choice on this device, else what the location spoke last.
  const spoken = (() => {
    try {
      return localStorage.getItem('portal.language') || localStorage.getItem('portal.location-language') || 'en';
    } catch (error) {
      return 'en';
    }
  })();
  root.lang = spoken === 'pt' ? 'pt-PT' : spoken;
  root.dir = spoken === 'qps' ? 'rtl' : 'ltr';

  // What the portal asks first, asked already. Each answer is given out once, only to the very same question, and not
  // when the portal took so long that the answer may no longer be true.
  const FRESH = 10000;
  const PATIENCE = 1000;
  let parked = [];
  // A question that the portal has put is not asked ahead any more: the answer would be kept for the next time it is put,
  // and be old by then.
  let put = [];
  const park = (url, bearer) => {
    if (!put || put.includes(bearer + url)) return undefined;
    const headers = { Accept: 'application/json' };
    if (bearer) {
      headers.Authorization = bearer;
      headers['X-Use-Timezone'] = 'true';
    }
    const options = { headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' };
    const reply = fetch(url, options);
    reply.catch(() => {});
    parked.push({ url, bearer, reply, asked: performance.now() });
    return reply;
  };
  let settings;
  const read = painted
    .then(() => park(SETTINGS, ''))
    .then((reply) => (reply.ok ? reply.clone().text() : Promise.reject(reply.status)))
    .then((text) => {
      settings = text;
      if (!credential || credential.expires_at <= Date.now()) return;
      park((JSON.parse(text).api_base || '').replace(/\/+$/, '') + WHOAMI, 'Bearer ' + credential.access);
    })
    .catch(() => {});
  // Then nothing more is asked ahead, and nobody's token is kept.
  const forget = () => (put = credential = null);
  read.then(forget);
  painted.then(() =>
    setTimeout(() => {
      forget();
      parked = [];
    }, FRESH),
  );

  /** Puts the words of another language into what this page says by itself: a place in the file for each mark, in order. */
  const translate = (words, marks) => {
    const lines = words.split('\n');
    document.querySelectorAll('[data-word]').forEach((element, at) => {
      // The first line says what the file was made for.
      const word = lines[marks[at] + 1];
      if (element.dataset.wordAs) element.setAttribute(element.dataset.wordAs, word);
      else element.textContent = word;
    });
  };

  // The form. A press before the portal is there is done when it is: on the button for submitting it, or what else was
  // pressed.
  const controls = (form) => [...form.querySelectorAll('input, button, a')];
  let pressed = null;
  let retry = null;
  // What would be lost if the form went away in the middle of it: a letter that is being composed, and a press, which
  // counts only if it ends where it began. The portal waits for its end.
  const underWay = new Set();
  let waiting = null;
  const meanwhile = (what, begins, ends, counts) => {
    addEventListener(begins, (event) => counts(event) && underWay.add(what), true);
    const end = (event) => {
      // When the window loses the focus, it is not told how a press ends. A field that loses it is another matter.
      if (event.type === 'blur' && event.target !== window) return;
      // What the end brings about comes first: the click.
      setTimeout(() => {
        underWay.delete(what);
        if (underWay.size || !waiting) return;
        const go = waiting;
        waiting = null;
        go();
      });
    };
    for (const event of ends) addEventListener(event, end, true);
  };
  meanwhile('letter', 'compositionstart', ['compositionend'], () => true);
  meanwhile('press', 'pointerdown', ['pointerup', 'pointercancel', 'blur'], (event) => event.button === 0);
  meanwhile('key', 'keydown', ['keyup', 'blur'], (event) => event.key === ' ');
  const press = (event) => {
    const isWay = event.type === 'click';
    // Another tab is the browser's affair.
    if (isWay && event.currentTarget.href && (event.metaKey || event.ctrlKey || event.shiftKey)) return;
    event.preventDefault();
    pressed = isWay ? event.currentTarget : byId('boot-submit');
    if (!isWay) pressed.setAttribute('aria-busy', 'true');
    if (retry) retry();
  };
  byId('boot-form').addEventListener('submit', press);
  for (const way of byId('boot-ways').children) way.addEventListener('click', press);
  byId('boot-reveal').addEventListener('click', (event) => {
    const reveal = event.currentTarget;
    const revealed = reveal.getAttribute('aria-pressed') !== 'true';
    reveal.setAttribute('aria-pressed', revealed);
    byId('boot-password').type = revealed ? 'text' : 'password';
  });

  /** Puts the portal in the place of the page's own form, with all that was typed, chosen and pressed in it. */
  const swap = (portal) => {
    if (underWay.size) {
      waiting = () => swap(portal);
      return;
    }
    const boot = byId('boot');
    const olds = controls(byId('boot-form'));
    const active = document.activeElement;
    const { selectionStart, selectionEnd, selectionDirection } = active;
    const form = portal.querySelector('form[data-takes-over]');
    const wanted = pressed;
    // It would keep the whole form, with the password.
    pressed = null;
    boot.remove();
    document.body.append(portal);
    // Whoever presses something may be about to need the rest.
    portal.addEventListener('click', settle, { capture: true, once: true });
    if (document.hidden) settle();
    else requestAnimationFrame(() => setTimeout(settle));
    if (!form) return;
    // The two forms have the same controls, one for one.
    const twins = controls(form);
    olds.forEach((old, at) => {
      const twin = twins[at];
      if (old.type === 'checkbox') twin.checked = old.checked;
      else if (old.tagName === 'INPUT') twin.value = old.value;
      else if (old.getAttribute('aria-pressed') === 'true') twin.click();
      twin.dispatchEvent(new Event(old.type === 'checkbox' ? 'change' : 'input', { bubbles: true }));
      if (old !== active) return;
      twin.focus({ preventScroll: true });
      if (typeof selectionStart === 'number') twin.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
    });
    if (wanted) twins[olds.indexOf(wanted)].click();
  };

  /** Says why there is no portal, and offers to try again. */
  const fail = (id, again) => {
    pressed = null;
    retry = again;
    byId('boot-submit').removeAttribute('aria-busy');
    byId('boot-shell').hidden = true;
    byId(id).hidden = false;
    byId('boot-again').onclick = again;
  };

  /** Offers to try again. */
  const offer = (again) =>
    fail('boot-failed', () => {
      byId('boot-failed').hidden = true;
      byId('boot-shell').hidden = false;
      retry = null;
      again();
    });

  const sheet = (href, integrity) =>
    new Promise((done, failed) => {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'stylesheet', href, integrity, crossOrigin: 'anonymous', onload: done, onerror: failed });
      document.head.append(link);
    });

  /** Fetches what the portal will ask for as soon as it runs. */
  const ahead = (href) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'preload', as: 'fetch', href, crossOrigin: 'anonymous' });
    document.head.append(link);
  };

  let wordFiles = {};
  let firstWords;
  /** Fetches the words of a language. */
  const fetchWords = (tag) =>
    fetch(wordFiles[tag] || `/words/${tag}.txt`).then((reply) => (reply.ok ? reply.text() : Promise.reject(reply.status)));

  /** Fetches the portal and starts it. */
  const load = (files, times = 0) => {
    wordFiles = files.words || {};
    if (wordFiles[spoken] && !firstWords) {
      firstWords = fetchWords(spoken);
      // Without them the page goes on in English; they are asked for again with the portal, which says so.
      firstWords
        .then((words) => byId('boot') && translate(words, files.marks))
        .catch(() => (firstWords = undefined));
    }
    const [wasm, wasmIntegrity] = files.wasm;
    const [script, scriptIntegrity] = files.script;
    if (!self.WebAssembly || !WebAssembly.compileStreaming || !HTMLElement.prototype.append) {
      fail('boot-old');
      return;
    }
    if (isIn && !times) files.later.forEach(ahead);
    // They are being downloaded already, as the page's head asks.
    const compiled = painted.then(() => WebAssembly.compileStreaming(fetch(wasm, { integrity: wasmIntegrity })));
    // A module whose download failed is not asked for again under the same address.
    const module = painted.then(() =>
      times ? fetch(script, { integrity: scriptIntegrity }).then(() => import(script + '#' + times)) : import(script),
    );
    // The portal shows nothing without its settings. What takes long, it waits for itself, and says so.
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.all([compiled, module, painted.then(() => sheet(...files.styles)), Promise.race([read, patience])])
      .then(([module_or_path, { default: init }]) => init({ module_or_path }))
      .catch((error) => {
        console.warn('The portal could not be loaded:', error);
        if (error instanceof WebAssembly.CompileError) return fail('boot-old');
        offer(() => load(files, times + 1));
      });
  };

  // Nothing of the portal can be relied on once its WebAssembly has trapped.
  const broken = (error) => {
    if (!(self.WebAssembly && error instanceof WebAssembly.RuntimeError)) return;
    try {
      boot.onBroken();
    } catch (another) {
      console.error(another);
    }
    for (const rest of document.querySelectorAll('#boot, #portal')) rest.remove();
    if (!byId('broken-return')) document.body.append(byId('broken').content.cloneNode(true));
  };
  addEventListener('error', (event) => broken(event.error));
  addEventListener('unhandledrejection', (event) => broken(event.reason));

  const boot = {
    load,
    /** Watches what the portal builds out of sight. What has a heading is a page, and takes the place of this one. */
    attend(portal) {
      const watch = new MutationObserver(() => {
        if (portal.querySelector('h1')) {
          watch.disconnect();
          swap(portal);
        }
      });
      watch.observe(portal, { childList: true, subtree: true });
    },
    /** Where the page's own form stands: offers there to try again, so that what was typed stays. */
    delay(again) {
      const isForm = byId('boot') && root.className === 'boot-out';
      if (isForm) offer(again);
      return !!isForm;
    },
    onBroken() {},
    /** When nothing is in the way of what is less urgent than the first page. */
    settled: () => settled,
    /** The token of the link that led here. */
    token: () => token,
    /** Loads the page again as it was opened: what could not be downloaded may have another name by now. */
    reload() {
      if (!token) return location.reload();
      const asked = new URL(location.href);
      asked.searchParams.set('token', token);
      location.replace(asked);
    },
    /** All of the portal is there, so the page is not loaded again for it. */
    forgetToken() {
      token = undefined;
    },
    /** The answer that is on its way to this question, if there is one. */
    take(url, bearer) {
      if (put) put.push(bearer + url);
      const at = parked.findIndex((one) => one.url === url && one.bearer === bearer);
      if (at < 0) return undefined;
      const [{ reply, asked }] = parked.splice(at, 1);
      return performance.now() - asked < FRESH ? reply : undefined;
    },
    /** The file of the settings as text, if it has been read by now. It is given out once. */
    settings() {
      return settings && boot.take(SETTINGS, '') ? settings : undefined;
    },
    /** The file of a language, as text. */
    words(tag) {
      const first = tag === spoken && firstWords;
      firstWords = undefined;
      return first || fetchWords(tag);
    },
  };
  return boot;
})();

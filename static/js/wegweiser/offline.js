// Keeps on the phone what the person may read, and answers from it where the server does not.
(() => {
  const settings = JSON.parse(document.getElementById("wegweiser-geraet").textContent);
  const { words } = settings;
  const { CHOICES, Store, WISHES, YES, card, counted, fill, made } = window.Wegweiser;
  const form = document.querySelector(".tp-way"), line = document.getElementById("wegweiser-stand");
  const NAMED = 5, AGAIN = 5 * 60_000, A_DAY = 24 * 60 * 60_000;
  if (!Store.possible) return;
  const store = new Store(settings);
  // The page for when there is no network, and what it needs to look and work like this one.
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  const files = [settings.shell, ...settings.files, ...Array.from(parts, (each) => each.href || each.src)];
  // What is saved (null: nothing), its places, whether they are shown now, and when the server was asked last.
  let record = null, places = [], shown = false, asked = 0;

  function hold(next) {
    record = next;
    places = next ? window.Wegweiser.complete(next.body) : [];
  }

  function asOf(moment) {
    const clock = new Date(window.Wegweiser.wall(moment));
    const time = clock.toISOString().slice(11, 16);
    return fill(words.as_of, { date: window.Wegweiser.dateText(window.Wegweiser.dayOf(moment), words.dates), time });
  }

  // Ask the server whether anything has changed, and keep that. An ended session ends what is saved.
  // One after the other: what is asked and kept depends on what was kept before.
  let turn = Promise.resolve();
  function refresh() {
    turn = turn.then(ask, ask);
    return turn;
  }

  async function ask() {
    asked = Date.now();
    let answer;
    try {
      const headers = record ? { "If-None-Match": record.etag } : {};
      answer = await fetch(settings.data, { headers, cache: "no-store", credentials: "same-origin" });
    } catch {
      return;
    }
    if (answer.status === 401 || answer.status === 403) await forget();
    else if (answer.status === 304) await keep({ ...record, at: Date.now() });
    else if (answer.ok) await keep(renewed(answer.headers.get("ETag"), await answer.json()));
  }

  async function forget() {
    await Store.wipe();
    hold(null);
    line.hidden = true;
    if (shown || settings.shell_itself) location.reload();
  }

  function renewed(etag, body) {
    const before = record ? new Map(record.body.places.map((place) => [place.page, place])) : new Map();
    const differs = (place) => before.has(place.page) && JSON.stringify(before.get(place.page)) !== JSON.stringify(place);
    const now = new Set(body.places.map((place) => place.page));
    return {
      etag, body, at: Date.now(), files: [], filesAt: 0,
      changed: body.places.filter(differs).map((place) => place.page),
      gone: [...before.values()].filter((place) => !now.has(place.page)).map((place) => place.title),
    };
  }

  async function keep(next) {
    const stale = next.files.join() !== files.join() || Date.now() - next.filesAt > A_DAY;
    try {
      if (stale) {
        await store.keepFiles(files);
        Object.assign(next, { files, filesAt: Date.now() });
      }
      await store.save(next);
    } catch {
      // The phone is full, or the network went away: what was saved before stays.
      return;
    }
    hold(next);
    tell();
  }

  const some = (titles) => titles.slice(0, NAMED).join(", ") + (titles.length > NAMED ? " …" : "");

  // Say under the questions that it also works without a network, and what is new.
  function tell() {
    const changed = places.filter((place) => record.changed.includes(place.page)).map((place) => place.title);
    const parts = [words.saved, asOf(record.at)];
    if (changed.length) parts.push(fill(words.changed, { names: some(changed) }));
    if (record.gone.length) parts.push(fill(words.gone, { names: some(record.gone) }));
    line.textContent = parts.join(" · ");
    line.hidden = false;
  }

  // What `query` (URLSearchParams) asks, as knowledge/wegweiser/question.py reads it.
  function question(query) {
    const { own, labels } = record.body, answers = {};
    for (const name of CHOICES) {
      const value = query.get(name) ?? (name === "sozialraum" && own.length === 1 ? own[0] : "");
      if (value in labels[name]) answers[name] = value;
    }
    for (const name of WISHES) if (query.get(name) === YES) answers[name] = YES;
    return { answers, text: (query.get("q") || "").trim() };
  }

  function addressWithout({ answers, text }, without) {
    const kept = Object.entries(answers).filter(([name]) => !without.includes(name));
    const query = new URLSearchParams({ sozialraum: "", ...Object.fromEntries(kept) });
    if (text && !without.includes("q")) query.set("q", text);
    return `?${query}`;
  }

  // Show what fits of what is saved; false where nothing is.
  function answer(query) {
    if (!record) return false;
    const asking = question(query), now = Date.now(), { answers, text } = asking;
    const fitting = window.Wegweiser.withWords(places, text);
    const found = window.Wegweiser.find(fitting, answers, now);
    const { own } = record.body;
    const ordered = window.Wegweiser.inOrder(found.places, answers, own, now, window.Wegweiser.dayOf(now));
    const total = counted(words.places, ordered.length, words);
    const part = made("wegweiser-gefunden", {
      total, as_of: asOf(record.at), fits: ordered.length, nothing: !ordered.length, words_only: text,
    });
    const list = part.querySelector("[data-list]");
    if (ordered.length) fillList(list, part.querySelector("[data-more]"), ordered, now);
    else list.append(...waysOut(asking, fitting, now));
    document.querySelector('[data-part="found"]').replaceChildren(...part.childNodes);
    document.querySelector('[data-part="go"]').textContent = counted(words.show, ordered.length, words);
    numbers(found, answers);
    document.getElementById("anzahl-status").textContent = total;
    shown = true;
    return true;
  }

  function fillList(list, more, ordered, now) {
    let next = 0;
    const add = () => {
      const some = ordered.slice(next, next + settings.per_page);
      const cards = some.map((place) => card(place, record.changed.includes(place.page), now, settings));
      list.append(...cards);
      next += some.length;
      more.hidden = next >= ordered.length;
      return cards[0];
    };
    add();
    more.addEventListener("click", () => add().querySelector("a").focus());
  }

  function waysOut(asking, fitting, now) {
    const { answers, text } = asking;
    const ways = window.Wegweiser.waysOut(fitting, answers, now);
    if (!ways.length && text) ways.push([["q"], window.Wegweiser.find(places, answers, now).places.length]);
    const inWords = (name) => record.body.labels[name]?.[answers[name]] ?? settings.wishes[name] ?? text;
    return ways.filter(([, number]) => number).map(([names, number]) => made("wegweiser-ausweg", {
      text: counted(words.without, number, words, { words: names.map(inWords).join(", ") }),
      url: `${addressWithout(asking, names)}#ergebnisse`,
    }));
  }

  // How many places each answer would leave, beside it.
  function numbers(found, answers) {
    for (const input of form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
      const { name } = input, value = input.type === "radio" ? input.value : YES;
      const any = name in answers ? found.without.get(name) || 0 : found.places.length;
      const number = value ? window.Wegweiser.count(found, name, value) : any;
      input.closest("label").querySelector("[data-part]").textContent = number;
      // As on the server: languages that nobody speaks there.
      if (name === "language" && settings.shell_itself) {
        input.closest("label").hidden = Boolean(value) && !number && answers.language !== value;
      }
    }
  }

  // Where the page is the one for when there is no network, its form does not know yet what the address asks.
  function fillForm(query) {
    const { answers, text } = question(query);
    for (const input of form.querySelectorAll("input[type=radio]")) input.checked = input.value === (answers[input.name] || "");
    for (const input of form.querySelectorAll("input[type=checkbox]")) input.checked = input.name in answers;
    const field = form.querySelector("input[type=search]");
    if (field) field.value = text;
  }

  async function begin() {
    navigator.serviceWorker.register(settings.worker, { scope: settings.scope, updateViaCache: "none" });
    // The logo is not kept.
    if (settings.shell_itself) document.querySelector(".tp-logo img")?.remove();
    hold(await store.load());
    if (settings.shell_itself && record) {
      fillForm(new URLSearchParams(location.search));
      answer(new URLSearchParams(location.search));
    }
    await refresh();
  }

  window.addEventListener("online", async () => {
    await refresh();
    if (shown && record) form.dispatchEvent(new Event("change"));
  });
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return;
    // Somebody may have signed out in another tab, with or without a network.
    if (record && !(await store.load())) await forget();
    else if (Date.now() - asked > AGAIN) await refresh();
  });
  window.Wegweiser.offline = { answer, served: () => { shown = false; } };
  begin();
})();

// Which places fit, computed on the phone: what knowledge/wegweiser/matching.py does, which explains it. The same test as
// that of hours.js compares the answers of both.
(() => {
  const { Hours, dayNumber } = window.Wegweiser;
  const CHOICES = ["topic", "sozialraum", "language"];
  const WISHES = ["now", "home_visit", "no_appointment", "free"];
  const EVERY = "*", YES = "1";

  // The places of a payload (knowledge/wegweiser/payload.py, which leaves empty values out), ready to be asked.
  function complete({ places, holidays }) {
    const named = new Map(Object.entries(holidays).map(([date, name]) => [dayNumber(date), name]));
    return places.map((place, number) => ({
      summary: "", address: "", when: "", spoken: "", traeger: "", phones: [], sozialraeume: [],
      ...place,
      number,
      hours: place.hours ? new Hours(place.hours, named) : null,
      checked: place.checked ? dayNumber(place.checked) : null,
    }));
  }

  const isOpen = (place, now) => Boolean(place.hours && place.hours.isOpen(now));

  // What each service of a place offers, by condition.
  function offers(place, now) {
    const open = isOpen(place, now) ? [YES] : [];
    const everywhere = place.sozialraeume.length ? place.sozialraeume : [EVERY];
    return place.services.map(([topics, languages, wishes]) => {
      const offered = { topic: topics, sozialraum: everywhere, language: languages, now: open };
      for (const wish of WISHES) if (wish !== "now") offered[wish] = wishes.includes(wish) ? [YES] : [];
      return offered;
    });
  }

  // A key of `counts`.
  const keyOf = (name, value) => `${name} ${value}`;
  const add = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);

  // `answers`: by condition the value. Returns what fits, how many each further answer leaves, and how many there are
  // without one that was given.
  function find(places, answers, now) {
    const asked = Object.entries(answers), fitting = [], counts = new Map(), without = new Map();
    for (const place of places) {
      const seen = new Map(), failed = new Set();
      let fits = false;
      const see = (name, values) => values.forEach((value) => seen.set(keyOf(name, value), [name, value]));
      for (const offered of offers(place, now)) {
        const missing = asked.filter(([name, value]) => !offered[name].includes(value) && !offered[name].includes(EVERY));
        if (missing.length > 1) continue;
        if (missing.length) {
          failed.add(missing[0][0]);
          see(missing[0][0], offered[missing[0][0]]);
        } else {
          fits = true;
          asked.forEach(([name]) => failed.add(name));
          Object.entries(offered).forEach(([name, values]) => see(name, values));
        }
      }
      if (fits) fitting.push(place);
      for (const [name, value] of seen.values()) {
        if (value === EVERY || !seen.has(keyOf(name, EVERY))) add(counts, keyOf(name, value));
      }
      failed.forEach((name) => add(without, name));
    }
    return { places: fitting, counts, without };
  }

  const count = (found, name, value) => (
    (found.counts.get(keyOf(name, value)) || 0) + (found.counts.get(keyOf(name, EVERY)) || 0)
  );

  function* combinations(names, size, from = 0) {
    if (!size) yield [];
    else {
      for (let at = from; at <= names.length - size; at += 1) {
        for (const rest of combinations(names, size - 1, at + 1)) yield [names[at], ...rest];
      }
    }
  }

  // Which answers to give up where together they leave nothing, as few as possible: [names, how many there are then].
  function waysOut(places, answers, now) {
    const names = Object.keys(answers);
    for (let size = 1; size <= names.length; size += 1) {
      const found = [];
      for (const givenUp of combinations(names, size)) {
        const kept = Object.fromEntries(Object.entries(answers).filter(([name]) => !givenUp.includes(name)));
        const number = find(places, kept, now).places.length;
        if (number) found.push([givenUp, number]);
      }
      if (found.length) return found.sort((one, other) => other[1] - one[1]);
    }
    return [];
  }

  // What is nearer, open, checked and about just this comes first; else the order in which the server gave them.
  function inOrder(places, answers, own, now, today) {
    const near = answers.sozialraum ? [answers.sozialraum] : own;
    const ranks = new Map(places.map((place) => [place, [
      place.kind === "office" && "topic" in answers,
      !place.sozialraeume.some((slug) => near.includes(slug)),
      !isOpen(place, now),
      place.checked !== null && place.checked < today,
      place.number,
    ]]));
    return [...places].sort((one, other) => {
      const first = ranks.get(one), second = ranks.get(other);
      const differs = first.findIndex((value, at) => value !== second[at]);
      return differs < 0 ? 0 : Number(first[differs]) - Number(second[differs]);
    });
  }

  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");

  // Own words without the search of the server: each of them somewhere in the name or the description.
  function withWords(places, text) {
    const words = folded(text).split(/\s+/).filter(Boolean);
    if (!words.length) return places;
    return places.filter((place) => {
      const said = folded(`${place.title} ${place.summary}`);
      return words.every((word) => said.includes(word));
    });
  }

  Object.assign(window.Wegweiser, { CHOICES, WISHES, YES, complete, count, find, inOrder, waysOut, withWords });
})();

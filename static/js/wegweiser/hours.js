// When a place is open, computed on the phone: the rules of home/opening_hours/model.py, which explains them. A test
// compares the answers of both (tests/browser/test_same_on_the_phone.py), so a rule is changed in both or not at all.
(() => {
  const HOUR = 3_600_000, DAY = 24 * HOUR; // milliseconds
  const HORIZON_DAYS = 400;
  const CLOCK = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Berlin", hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  const offsets = new Map(), instants = new Map();

  // By how many milliseconds the clock on the wall is ahead of UTC. It changes on full hours only.
  function offset(moment) {
    const hour = Math.floor(moment / HOUR);
    if (!offsets.has(hour)) {
      const part = Object.fromEntries(CLOCK.formatToParts(hour * HOUR).map(({ type, value }) => [type, Number(value)]));
      const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
      offsets.set(hour, wall - hour * HOUR);
    }
    return offsets.get(hour);
  }

  // What the clock on the wall shows, as if it showed UTC.
  const wall = (moment) => moment + offset(moment);
  // Days are counted from 1970.
  const dayOf = (moment) => Math.floor(wall(moment) / DAY);
  const dayNumber = (date) => Date.parse(`${date}T00:00Z`) / DAY;
  // 0 is Monday; 1970 began on a Thursday.
  const weekday = (day) => (day + 3) % 7;

  // "16:30" in milliseconds from midnight.
  function clock(text) {
    const [hours, minutes, seconds = 0] = text.split(":").map(Number);
    return hours * HOUR + minutes * 60_000 + seconds * 1000;
  }

  // The first moment of a day at which the clock shows `time` or later; see home/opening_hours/local_time.py.
  function instant(day, time) {
    const shown = day * DAY + time;
    if (!instants.has(shown)) instants.set(shown, firstMoment(shown));
    return instants.get(shown);
  }

  function firstMoment(shown) {
    const before = shown - offset(shown - DAY), after = shown - offset(shown + DAY);
    if (wall(before) === shown) return before;
    if (wall(after) === shown) return after;
    // The clock jumps over this time.
    let jump = Math.floor(after / HOUR) * HOUR;
    while (offset(jump) === offset(after)) jump += HOUR;
    return jump;
  }

  const bySpan = (one, other) => one.opens - other.opens || one.closes - other.closes;

  // The hours of one place. `data`: as knowledge/wegweiser/payload.py writes them; `holidays`: names by day.
  class Hours {
    constructor(data, holidays) {
      this.holidays = data.holidays ? holidays : new Map();
      this.intervals = data.intervals.map(([on, opens, closes, byAppointment]) => (
        { weekday: on, opens: clock(opens), closes: clock(closes), byAppointment: Boolean(byAppointment) }
      ));
      this.exceptions = data.exceptions.map(([first, last, closed, opens, closes, reason]) => ({
        first: dayNumber(first), last: dayNumber(last), closed: Boolean(closed), reason,
        span: opens && closes ? { opens: clock(opens), closes: clock(closes), byAppointment: false } : null,
      }));
    }

    // The hours of one day: spans, why they are as they are, and the name of the holiday or the reason.
    on(day) {
      const holiday = this.holidays.get(day) || "";
      const usual = this.intervals.filter((interval) => interval.weekday === weekday(day)).sort(bySpan);
      const covering = this.exceptions.filter((period) => period.first <= day && day <= period.last);
      const lengths = [...new Set(covering.map((period) => period.last - period.first))].sort((a, b) => a - b);
      for (const length of lengths) {
        const periods = covering.filter((period) => period.last - period.first === length);
        const shut = periods.find((period) => period.closed);
        if (shut) return { spans: [], kind: "exception", reason: shut.reason };
        if (!length || (usual.length && !holiday)) {
          const spans = periods.map((period) => period.span).filter(Boolean).sort(bySpan);
          return { spans, kind: "exception", reason: periods.map((period) => period.reason).find(Boolean) || "" };
        }
      }
      if (holiday) return { spans: [], kind: "holiday", reason: holiday };
      return { spans: usual, kind: "usual", reason: "" };
    }

    isOpen(now) {
      return this.#endOfCurrent(dayOf(now), now, false) !== null;
    }

    // What holds at the moment `now` (milliseconds, as all moments here; null where there is none).
    status(now) {
      const day = dayOf(now);
      const openUntil = this.#endOfCurrent(day, now, false), appointmentUntil = this.#endOfCurrent(day, now, true);
      const opensNext = this.#nextStart(now, false);
      return {
        at: now,
        today: this.on(day),
        isOpen: openUntil !== null,
        byAppointment: openUntil === null && appointmentUntil !== null,
        closesAt: openUntil ?? appointmentUntil,
        opensNext,
        onlyByAppointment: openUntil === null && opensNext === null
          && (appointmentUntil ?? this.#nextStart(now, true)) !== null,
      };
    }

    // The openings of one kind on one day, touching ones joined.
    #openings(day, byAppointment) {
      const openings = [];
      for (const span of this.on(day).spans) {
        const start = instant(day, span.opens), end = instant(day, span.closes), last = openings.at(-1);
        if (span.byAppointment !== byAppointment || start >= end) continue;
        if (last && start <= last[1]) last[1] = Math.max(end, last[1]);
        else openings.push([start, end]);
      }
      return openings;
    }

    #endOfCurrent(day, now, byAppointment) {
      const current = this.#openings(day, byAppointment).find(([start, end]) => start <= now && now < end);
      return current ? current[1] : null;
    }

    #nextStart(now, byAppointment) {
      if (!this.intervals.length && this.exceptions.every((period) => period.closed)) return null;
      const today = dayOf(now);
      for (let day = today; day <= today + HORIZON_DAYS; day += 1) {
        const next = this.#openings(day, byAppointment).find(([start]) => start > now);
        if (next) return next[0];
      }
      return null;
    }
  }

  window.Wegweiser = Object.assign(window.Wegweiser || {}, { Hours, wall, dayNumber, dayOf, DAY });
})();

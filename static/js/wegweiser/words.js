// Sentences in the language of the page, from the phrases that knowledge/wegweiser/words.py gives. The one about opening
// hours says what home/opening_hours/text.py says, which the test of hours.js compares, too.
(() => {
  const { wall, DAY } = window.Wegweiser;

  // `phrase` with its places, "%(name)s", filled.
  const fill = (phrase, values) => phrase.replace(/%\((\w+)\)[sd]/g, (_place, name) => values[name]);

  function timeText(moment, words) {
    const minutes = Math.floor(wall(moment) % DAY / 60_000);
    const values = { hour: Math.floor(minutes / 60), minute: String(minutes % 60).padStart(2, "0") };
    return fill(minutes % 60 ? words.time : words.full_hour, values);
  }

  // `phrases`: one for each kind of number that the language tells apart.
  const counted = (phrases, number, words, values = {}) => (
    fill(phrases[new Intl.PluralRules(words.language).select(number)], { ...values, counter: number })
  );

  // `day`: counted from 1970; `months`: a phrase for each.
  function dateText(day, months) {
    const date = new Date(day * DAY);
    const number = date.getUTCDate();
    const values = { day: number, day_of_two: String(number).padStart(2, "0"), year: date.getUTCFullYear() };
    return fill(months[date.getUTCMonth()], values);
  }

  function statusText(status, words) {
    if (status.isOpen) return fill(words.open_until, { time: timeText(status.closesAt, words) });
    if (status.byAppointment) return fill(words.appointment_until, { time: timeText(status.closesAt, words) });
    const { today, opensNext } = status;
    if (!today.spans.length && today.kind === "holiday") return fill(words.closed_holiday, { name: today.reason });
    if (!today.spans.length && today.reason) return fill(words.closed_because, { reason: today.reason });
    if (opensNext === null) return status.onlyByAppointment ? words.only_appointment : words.closed;
    const day = Math.floor(wall(opensNext) / DAY), ahead = day - Math.floor(wall(status.at) / DAY);
    const time = timeText(opensNext, words);
    if (!ahead) return fill(words.opens_today, { time });
    if (ahead === 1) return fill(words.opens_tomorrow, { time });
    if (ahead < 7) return fill(words.opens_weekday, { time, weekday: words.weekdays[(day + 3) % 7] });
    return fill(words.opens_date, { time, date: dateText(day, words.days) });
  }

  Object.assign(window.Wegweiser, { counted, dateText, fill, statusText });
})();

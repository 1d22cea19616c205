// Shows, below a field with a date and a time, the choice between two equal times in the night when the clocks
// are put back. Without this script the server shows it as soon as the form is shown again.
(() => {
  // In the European Union: the last Sunday of October, from 2 to 3 o'clock.
  const comesTwice = (text) => {
    const [, day, month, year, hour] = text.match(/^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s+(\d{1,2}):\d{2}/) || [];
    return month === "10" && Number(hour) === 2 && Number(day) > 24 && new Date(year, 9, day).getDay() === 0;
  };

  const update = (field) => {
    const choice = field.id && document.querySelector(`[data-portal-second-time="${CSS.escape(field.id)}"]`);
    if (choice) choice.hidden = !comesTwice(field.value);
  };

  // The calendar writes into the field without an event of its own that every browser gives.
  for (const event of ["input", "change", "focusout"]) {
    document.addEventListener(event, ({ target }) => target instanceof HTMLInputElement && update(target));
  }
})();

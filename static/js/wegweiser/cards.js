// Fills the <template>s of templates/knowledge/wegweiser_device.html. Texts stay texts: nothing is read as HTML.
(() => {
  // The element of the template with the id `id`. `values`, by name, go where data-text or data-href names them; what has
  // no value is left out where data-if asks for it.
  function made(id, values) {
    const part = document.getElementById(id).content.cloneNode(true);
    for (const each of part.querySelectorAll("[data-if]")) if (!values[each.dataset.if]) each.remove();
    for (const each of part.querySelectorAll("[data-text]")) each.textContent = values[each.dataset.text] ?? "";
    for (const each of part.querySelectorAll("[data-href]")) each.setAttribute("href", values[each.dataset.href]);
    return part.firstElementChild;
  }

  const { Wegweiser } = window;

  // `settings`: those of the page.
  function card(place, changed, now, { words, notice }) {
    const date = place.checked === null ? "" : Wegweiser.dateText(place.checked, words.dates);
    const late = place.checked !== null && place.checked < Wegweiser.dayOf(now);
    const status = place.hours && place.hours.status(now);
    const element = made("wegweiser-karte", {
      ...place,
      changed,
      status: status && Wegweiser.statusText(status, words),
      map: `geo:0,0?q=${encodeURIComponent(place.address.split(/\r?\n/).map((line) => line.trim()).filter(Boolean).join(", "))}`,
      checked: date && !late && Wegweiser.fill(words.checked, { date }),
      late: late && Wegweiser.fill(words.overdue, { date }),
      notice: place.kind !== "offer" && notice.replace("/0/", `/${place.page}/`),
      call: place.phones.length,
    });
    if (status && !status.isOpen) element.querySelector(".tp-status").classList.add("tp-status--shut");
    const actions = element.querySelector(".tp-actions");
    for (const [text, dialled = text.replaceAll(" ", "")] of place.phones) {
      actions.append(made(dialled ? "wegweiser-anruf" : "wegweiser-nummer", { text, tel: `tel:${dialled}` }));
    }
    return element;
  }

  Object.assign(Wegweiser, { made, card });
})();

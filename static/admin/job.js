// Shows how far a background job is. Without this script the page loads itself anew.
(() => {
  const EVERY = 1000;
  const LONGEST = 10000;
  const part = document.getElementById("portal-job");
  if (!part) return;
  const address = new URL(window.location.pathname + "?stand", window.location.href);
  let wait = EVERY;

  const later = () => window.setTimeout(look, wait);

  async function look() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", look, { once: true });
      return;
    }
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (!fresh.querySelector("[data-unfinished]")) {
        // The end: the whole page, so that what it says is read out and the form has its token.
        window.location.reload();
        return;
      }
      update(fresh);
      wait = EVERY;
    } catch {
      // The server may be away for a moment.
      wait = Math.min(wait * 2, LONGEST);
    }
    later();
  }

  // Keeps the bar where there is one, so that it moves and does not jump.
  function update(fresh) {
    const bars = [part, fresh].map((where) => where.querySelector("progress"));
    const texts = [part, fresh].map((where) => where.querySelector("#portal-job-text"));
    if (bars[0] && bars[1] && bars[0].hasAttribute("value") === bars[1].hasAttribute("value")) {
      if (bars[1].hasAttribute("value")) bars[0].value = bars[1].value;
      texts[0].textContent = texts[1].textContent;
    } else {
      part.replaceChildren(...fresh.childNodes);
    }
  }

  if (part.querySelector("[data-unfinished]")) later();
})();

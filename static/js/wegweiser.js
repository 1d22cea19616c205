// Each answer narrows at once: the page is asked again, and its changed parts are put in place. Without this script the
// button does it.
(() => {
  const form = document.querySelector(".tp-way");
  const status = document.getElementById("anzahl-status");
  const PAUSE = 300; // milliseconds after the last letter
  let request, timer;

  async function narrow() {
    if (request) request.abort();
    request = new AbortController();
    const url = `${form.getAttribute("action").split("#")[0]}?${new URLSearchParams(new FormData(form))}`;
    let answer;
    try {
      answer = await fetch(url, { signal: request.signal, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch (error) {
      if (error.name === "AbortError") return;
      // Without a network what the phone has saved answers; else the button still works, and says what is wrong.
      if (!window.Wegweiser?.offline?.answer(new URLSearchParams(new FormData(form)))) {
        form.dataset.failed = "";
        return;
      }
    }
    history.replaceState(null, "", url);
  }

  function show(page) {
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${CSS.escape(part.dataset.part)}"]`);
      if (fresh) part.replaceChildren(...fresh.childNodes);
      // A language that nobody speaks there.
      else part.textContent = "0";
    }
    status.textContent = document.getElementById("anzahl").textContent.trim();
    window.Wegweiser?.offline?.served();
  }

  form.addEventListener("change", narrow);
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.target.type === "search") timer = setTimeout(narrow, PAUSE);
  });
  // Back from a place, the browser keeps what was chosen and not what was shown.
  window.addEventListener("pageshow", (event) => event.persisted && narrow());
})();

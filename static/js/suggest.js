// Suggestions below the search field: a combobox with a list, as the ARIA Authoring Practices describe it. Without
// this script the field is a field.
(() => {
  const PAUSE = 150; // milliseconds after the last letter
  const SHORTEST = 2; // letters

  function connect(input) {
    const list = document.getElementById(input.getAttribute("aria-controls"));
    const status = document.getElementById(input.dataset.status);
    let timer, request, active = -1;

    const options = () => [...list.querySelectorAll("[role=option]")];

    function close() {
      clearTimeout(timer);
      if (request) request.abort();
      list.hidden = true;
      mark(-1);
      input.setAttribute("aria-expanded", "false");
    }

    function mark(number) {
      active = number;
      options().forEach((option, place) => option.setAttribute("aria-selected", place === number));
      const option = options()[number];
      if (option) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    function show(groups) {
      let number = 0;
      list.replaceChildren(...groups.map(({ kind, pages }) => {
        const group = document.createElement("div");
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", kind);
        const label = document.createElement("span");
        label.className = "tp-suggest__kind";
        label.setAttribute("aria-hidden", "true");
        label.textContent = kind;
        group.append(label, ...pages.map(({ title, url, lang }) => {
          const option = document.createElement("a");
          option.id = `${list.id}-${number++}`;
          option.setAttribute("role", "option");
          option.tabIndex = -1;
          option.href = url;
          if (lang) option.lang = lang;
          option.textContent = title;
          return option;
        }));
        return group;
      }));
      status.textContent = number ? `${status.dataset.some} ${number}` : "";
      list.hidden = !number;
      input.setAttribute("aria-expanded", String(Boolean(number)));
      mark(-1);
    }

    async function ask() {
      if (request) request.abort();
      request = new AbortController();
      const query = new URLSearchParams(new FormData(input.form));
      try {
        const answer = await fetch(`${input.dataset.suggestions}?${query}`, { signal: request.signal });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch (error) {
        // The next letter came before the answer, or there is no network: the field goes on being a field.
      }
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < SHORTEST) close();
      else timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) {
          if (event.key === "ArrowDown" && input.value.trim().length >= SHORTEST) ask();
        } else {
          // Beyond the ends it is the field's turn again.
          const step = event.key === "ArrowDown" ? 1 : -1;
          mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
        }
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        options()[active].click();
      }
    });
    // Not at once: a click on a suggestion takes the focus first.
    input.addEventListener("blur", () => setTimeout(close, 200));
  }

  document.querySelectorAll("[data-suggestions]").forEach(connect);
})();

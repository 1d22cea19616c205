// Keeps what is typed when the session ends: says so, lets people sign in in another tab, and goes on with the new
// session. Nothing is stored: where somebody else signs in, the page and what was typed in it are gone.
// See sites/admin/session.py; the texts are in templates/wagtailadmin/base.html.
document.addEventListener("DOMContentLoaded", () => {
  const note = document.getElementById("portal-session");
  if (!note) return;
  const { person, state, home, waiting } = note.dataset;
  let trouble = "";
  let retried = 0;
  // What goes on as soon as the same person is signed in again.
  const waitingFor = new Set();

  function tell(what) {
    trouble = what;
    note.hidden = !what;
    for (const part of note.children) part.hidden = part.dataset.when !== what;
  }

  function leave() {
    document.body.replaceChildren();
    window.location.replace(home);
  }

  async function ask() {
    try {
      const answer = await fetch(state, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.status === 401) return "out";
      return answer.ok ? await answer.json() : "offline";
    } catch {
      return "offline";
    }
  }

  // Whether the same person is signed in; then all forms have the token of the session of now.
  async function isSignedIn() {
    const found = await ask();
    if (typeof found === "string") {
      tell(found);
      return false;
    }
    if (String(found.person) !== person) {
      leave();
      return false;
    }
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = found.token;
    window.wagtailConfig.CSRF_TOKEN = found.token;
    tell("");
    for (const goOn of waitingFor) goOn();
    waitingFor.clear();
    return true;
  }

  function autosave(trigger) {
    const form = document.querySelector("form[data-controller~=w-autosave]");
    const found = form && window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave");
    if (found) found.save(trigger);
  }

  // Before the editor shows the text. An error that comes back at once is not that of an old session.
  document.addEventListener(
    "w-autosave:error",
    async ({ detail }) => {
      if (detail.type !== "server_error") return;
      if (detail.response?.error_code === "signed_out") detail.text = waiting;
      if (!(await isSignedIn()) || Date.now() - retried < 60000) return;
      retried = Date.now();
      autosave(detail.trigger);
    },
    true,
  );

  document.addEventListener("visibilitychange", back);
  window.addEventListener("focus", back);
  async function back() {
    if (document.visibilityState !== "visible") return;
    const had = trouble;
    // Until it is known who sits there now.
    document.body.classList.toggle("portal-unknown", Boolean(had));
    const may = await isSignedIn();
    document.body.classList.remove("portal-unknown");
    if (may && had) autosave();
  }

  // A form is sent when it is known that it will be taken; so is one in a dialogue, which a script sends.
  document.addEventListener(
    "submit",
    async (event) => {
      const { target: form, submitter: button } = event;
      if (form.method !== "post" || !form.closest("main, .modal, .w-dialog")) return;
      if (form.dataset.portalSends) {
        delete form.dataset.portalSends;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      // A second click while we ask sends nothing twice.
      if (form.dataset.portalAsks) return;
      form.dataset.portalAsks = "1";
      const may = await isSignedIn();
      delete form.dataset.portalAsks;
      if (!may) {
        button?.setAttribute("data-w-progress-loading-value", "false");
        forgetDecision(form);
        note.focus();
        return;
      }
      form.dataset.portalSends = "1";
      // Wagtail switches the button off meanwhile: it would no longer say what is to be done.
      const said = document.createElement("input");
      Object.assign(said, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
      form.append(said);
      form.requestSubmit();
      said.remove();
    },
    true,
  );

  // The click on "approve" writes the decision into the form. Whoever only saves later has decided nothing.
  function forgetDecision(form) {
    const names = ["action-workflow-action", "workflow-action-name", "workflow-action-extra-data"];
    for (const name of names) form.querySelectorAll(`input[type=hidden][name="${name}"]`).forEach((field) => field.remove());
  }

  // Forms that Wagtail's scripts send by themselves, such as that of "approve" in a list, without any event.
  const send = HTMLFormElement.prototype.submit;
  HTMLFormElement.prototype.submit = async function () {
    if (this.method !== "post" || (await isSignedIn())) send.call(this);
    else note.focus();
  };

  // What a dialogue asks for itself: when it is opened, and when it sends its form.
  const openDialogue = window.ModalWorkflow;
  if (openDialogue) {
    window.ModalWorkflow = (options) => {
      const onError = async (...said) => {
        dialogue.triggerElement?.removeAttribute("disabled");
        if (await isSignedIn()) options.onError?.(...said);
        else note.focus();
      };
      const dialogue = openDialogue({ ...options, onError });
      return dialogue;
    };
  }

  // The translation editor stores each text by itself, with the token that the page had at first. Its request waits
  // until it will be taken: its own message would only be "server error".
  const fetchNow = window.fetch;
  window.fetch = async (address, options = {}) => {
    if (!["PUT", "DELETE"].includes(options.method)) return fetchNow(address, options);
    if (!(await isSignedIn())) {
      note.focus();
      await new Promise((goOn) => waitingFor.add(goOn));
    }
    const headers = { ...options.headers, "X-CSRFToken": window.wagtailConfig.CSRF_TOKEN };
    return fetchNow(address, { ...options, headers });
  };
});

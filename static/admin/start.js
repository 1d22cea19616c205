// Starts what Wagtail's own markup would start by scripts written into the page, which the content security
// policy refuses. See sites/wagtail_patches/inline_scripts.py.
(() => {
  const MARK = "template[data-portal-start]";

  const find = (name) => name.split(".").reduce((place, part) => place && place[part], window);

  // Names of functions begin with a small letter, names of classes with a capital one.
  function start(mark) {
    const name = mark.dataset.portalStart;
    const what = find(name);
    // Its script is still on the way.
    if (typeof what !== "function") return;
    const values = JSON.parse(mark.dataset.portalArguments);
    mark.remove();
    if (/^[a-z]/.test(name.split(".").pop())) what(...values);
    else new what(...values);
  }

  function startAll() {
    // Jcrop finds out by an attribute with a script whether fingers are used here.
    const crop = window.jQuery.Jcrop;
    if (crop) crop.defaults.touchSupport = "ontouchstart" in window;
    document.querySelectorAll(MARK).forEach(start);
  }

  new MutationObserver(startAll).observe(document, { childList: true, subtree: true });
  document.addEventListener("load", startAll, true);
  document.addEventListener("DOMContentLoaded", startAll);

  // jQuery loads the scripts of what it inserts and would write them into the page.
  window.jQuery._evalUrl = (url, options, where) => {
    const known = [...document.scripts].some((script) => script.src && script.src === new URL(url, document.baseURI).href);
    if (known) return;
    const script = document.createElement("script");
    script.src = url;
    script.async = false;
    (where || document).head.append(script);
  };
})();

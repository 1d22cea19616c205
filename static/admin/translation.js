// What wagtail-localize's pages do by scripts written into them, which the content security policy refuses.
(() => {
  const urls = document.getElementById("portal-chooser-urls");
  if (urls && !window.chooserUrls) window.chooserUrls = { ...urls.dataset };

  document.addEventListener("DOMContentLoaded", () => {
    const all = document.querySelector('[name="select_all"]');
    if (!all) return;
    all.addEventListener("change", () => {
      for (const locale of document.querySelectorAll('[name="locales"]')) locale.checked = all.checked;
    });
  });
})();

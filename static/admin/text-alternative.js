// Offers the text alternative of a chosen picture in the field beside the chooser, as Wagtail's own picture block
// does. What somebody wrote stays.
(() => {
  new MutationObserver((changes) => {
    for (const { target, oldValue } of changes) {
      const chooser = target.closest("[id$=-chooser]");
      const id = chooser && chooser.id.replace(/-chooser$/, "");
      const field = id && document.querySelector(`[data-portal-describes="${CSS.escape(id)}"]`);
      if (!field || (field.value && field.value !== oldValue)) continue;
      field.value = target.dataset.defaultAltText.slice(0, field.maxLength);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }).observe(document, { subtree: true, attributeFilter: ["data-default-alt-text"], attributeOldValue: true });
})();

// Parts of blocks that come several times, such as the picture of each person of a team, are groups and no landmarks:
// Wagtail makes sections of them, which would all be called the same in the list of what a page consists of.
(() => {
  const PARTS = "section.w-panel--nested:not([role])";
  const group = () => {
    for (const part of document.querySelectorAll(PARTS)) part.setAttribute("role", "group");
  };
  new MutationObserver(group).observe(document, { childList: true, subtree: true });
})();

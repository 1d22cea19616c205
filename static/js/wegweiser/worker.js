// The service worker of the Wegweiser: where the network or the portal does not answer, it shows what the page itself
// has saved (store.js). It stores nothing, and looks at nothing but the Wegweiser and what this page loads.
const SCOPE = new URL(self.registration.scope).pathname;
const CACHE = `wegweiser:${SCOPE}`;
const SHELL = `${SCOPE}ohne-netz/`;
const PATIENCE = 10_000; // milliseconds
const AWAY = [502, 503, 504];

const saved = (request) => caches.match(request, { cacheName: CACHE, ignoreVary: true });

async function page(request) {
  const shell = await saved(SHELL);
  if (!shell) return fetch(request);
  const late = new Promise((_done, refuse) => setTimeout(refuse, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    return AWAY.includes(answer.status) ? shell : answer;
  } catch {
    return shell;
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await saved(request);
    if (!answer) throw error;
    return answer;
  }
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === SCOPE) event.respondWith(page(request));
  // What scripts ask for has none.
  } else if (request.destination) event.respondWith(file(request));
});

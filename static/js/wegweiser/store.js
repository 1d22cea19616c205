// What the phone keeps: the page for when there is no network, and what the person may read, locked with the key of
// their session (sites/accounts/device.py). Without that key nobody reads it, and it is thrown away.
(() => {
  const PREFIX = "wegweiser:";

  class Store {
    // `settings`: those of the page, see knowledge/wegweiser/device.py.
    constructor({ scope, data, cookie, longest }) {
      Object.assign(this, { name: PREFIX + scope, address: data, cookie, longest });
    }

    static get possible() {
      return Boolean(navigator.serviceWorker && window.caches && window.crypto?.subtle);
    }

    static async wipe() {
      for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
    }

    async #key() {
      const pair = document.cookie.split("; ").find((each) => each.startsWith(`${this.cookie}=`));
      if (!pair) return null;
      const letters = pair.slice(this.cookie.length + 1).replaceAll("-", "+").replaceAll("_", "/");
      const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    }

    // What was saved for this session, or null. Anybody else's, and what is too old, goes.
    async load() {
      const kept = await caches.match(this.address, { cacheName: this.name });
      if (!kept) return null;
      try {
        const bytes = new Uint8Array(await kept.arrayBuffer());
        const algorithm = { name: "AES-GCM", iv: bytes.subarray(0, 12) };
        const plain = await crypto.subtle.decrypt(algorithm, await this.#key(), bytes.subarray(12));
        const record = JSON.parse(new TextDecoder().decode(plain));
        if (Math.abs(Date.now() - record.at) < this.longest) return record;
      } catch {
        // Not for this session.
      }
      await Store.wipe();
      return null;
    }

    async save(record) {
      const key = await this.#key();
      if (!key) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(record));
      const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
      await (await caches.open(this.name)).put(this.address, new Response(new Blob([iv, locked])));
    }

    // The page for everybody, and what it needs to be shown: nothing of the person.
    async keepFiles(files) {
      const requests = files.map((file) => new Request(file, { credentials: "omit", cache: "no-cache" }));
      await (await caches.open(this.name)).addAll(requests);
    }
  }

  window.Wegweiser.Store = Store;
})();

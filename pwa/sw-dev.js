// The worker of a development build: it removes what an earlier build left and then itself.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const family = "tiancheng " + new URL("./", self.location).pathname + " ";
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(family)).map((name) => caches.delete(name))))
      .then(() => self.registration.unregister())
  );
});

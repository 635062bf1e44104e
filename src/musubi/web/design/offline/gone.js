// What an installation serves that has switched the worker off: it takes away what was kept, and itself.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith("musubi-")) await caches.delete(name);
  await registration.unregister();
}

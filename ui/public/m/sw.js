// Keeps the phone page openable without a network: an extra, never the only path.
// The build replaces the two names below; data of the service (/api) is never kept.
const kept = '__BUILD__'
const files = __FILES__
self.addEventListener('install', (event) => event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files)).then(() => self.skipWaiting())))
self.addEventListener('activate', (event) => event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim())))
self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || new URL(request.url).pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('/m/')))
  else event.respondWith(caches.match(request).then((found) => found ?? fetch(request)))
})

// Keeps one whole build of the page for use without a network. The build step puts the id of the build
// and the SHA-256 of every file here, so this file differs with every build.
"use strict";
const BUILD = "__BUILD__";
const FILES = __FILES__;

const SCOPE = new URL("./", self.location);
// Several copies of the page may live on one host: the caches of each carry its path.
const FAMILY = "tiancheng " + SCOPE.pathname + " ";
const CACHE = FAMILY + BUILD;
const TYPES = {
  html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8",
  wasm: "application/wasm", svg: "image/svg+xml", png: "image/png", webmanifest: "application/manifest+json",
};

function addressOf(path) {
  return new URL(path, SCOPE).href;
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether these bytes are the listed ones: some hosts answer a missing file with a page and status 200. */
async function isListed(path, bytes) {
  return hex(await crypto.subtle.digest("SHA-256", bytes)) === FILES[path];
}

async function fetchVerified(path) {
  const response = await fetch(new Request(addressOf(path), { cache: "reload", credentials: "same-origin" }));
  if (!response.ok) throw new Error(path + ": " + response.status);
  const bytes = await response.arrayBuffer();
  if (!(await isListed(path, bytes))) throw new Error(path + ": not the listed bytes");
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] || "application/octet-stream";
  return new Response(bytes, { headers: { "Content-Type": type } });
}

async function store(cache, path) {
  await cache.put(addressOf(path), await fetchVerified(path));
}

async function install() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.keys(FILES).map((path) => store(cache, path)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** True when every listed file is stored with the listed bytes; a file the browser dropped is fetched again. */
async function selfCheck() {
  const cache = await caches.open(CACHE);
  const checks = Object.keys(FILES).map(async (path) => {
    const stored = await cache.match(addressOf(path));
    if (stored && (await isListed(path, await stored.arrayBuffer()))) return;
    await store(cache, path);
  });
  try {
    await Promise.all(checks);
    return true;
  } catch (error) {
    return false;
  }
}

/** The path of a request within this build, or nothing when the build has no such file. */
function listedPath(url) {
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return undefined;
  const path = decodeURIComponent(url.pathname.slice(SCOPE.pathname.length)) || "index.html";
  return Object.prototype.hasOwnProperty.call(FILES, path) ? path : undefined;
}

/** In place of the browser's own page of errors. */
function sentence() {
  return new Response(`<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>天城党建</title><body style="font:18px/1.7 sans-serif;max-width:32em;margin:3em auto;padding:0 1em">
<h1>现在打不开天城党建</h1><p>没有网络，浏览器里供离线使用的页面文件也被清理了。请连上网络后刷新本页。已经保存的数据不受影响。</p>`,
    { status: 503, headers: { "Content-Type": TYPES.html } });
}

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  const stored = await cache.match(addressOf(path));
  if (stored) return stored;
  try {
    return await fetchVerified(path);
  } catch (error) {
    // The stored copy is gone and the host has another build: its pages name their files by content,
    // so handing the request on cannot mix two builds.
    if (request.mode !== "navigate") return fetch(request);
    // Past what the browser cached of its own accord: a page without its files would never open.
    return fetch(request.url, { cache: "reload", credentials: "same-origin", redirect: "manual" }).catch(sentence);
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const path = listedPath(new URL(event.request.url));
  if (path) event.respondWith(answer(event.request, path));
});
self.addEventListener("message", (event) => {
  if (event.data.type === "activate") self.skipWaiting();
  if (event.data.type === "check") {
    const port = event.ports[0];
    event.waitUntil(selfCheck().then((ready) => port.postMessage({ ready, build: BUILD })));
  }
});
// Where only the worker may notify, a press brings the page to the front, with what is due.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window" }).then((pages) => {
    const page = pages.find((page) => page.url.startsWith(SCOPE.href));
    if (!page) return self.clients.openWindow(SCOPE.href + "#/todo");
    // The same page at another place of it: nothing is loaded anew.
    return page.navigate(page.url.split("#")[0] + "#/todo").then((shown) => (shown || page).focus());
  }));
});

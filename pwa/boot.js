// Starts the page, which sets data-ready on the root element when its first view stands. No top-level await: Chromium below 89 does not know it.
// Beside that it keeps the second place (IndexedDB, which like localStorage also works on plain http and is never sent
// anywhere): the witness, a line that tells how much data there was, so that emptied storage is noticed; what was saved
// and may not be on the disk yet; and the daily copies.
//   window.tcPrefix           how the names of this copy's keys in localStorage begin
//   window.tcWitness          what was kept, or undefined
//   window.tcKept             the names of all that is in the second place, or undefined
//   window.tcWitnessRead      a promise: the above are known now
//   window.tcKeep(name, text) keeps a text; without a name everything goes. A promise: it is on the disk
//   window.tcRead(names)      a promise of their texts
//   window.tcStyled           a promise: the style sheet is there, or will not come; then data-styled is set on the root
//   window.tcSnapshots()      brings what keeps the daily copies in the same place
const WITNESS_WAIT_MS = 3000;
const KEEP_WAIT_MS = 10000;
const PLACE = "tiancheng " + new URL("./", import.meta.url).pathname;

// Several copies of the page may live on one host: each has its folder in the names of its keys.
function prefix() {
  const folder = PLACE.slice(PLACE.indexOf("/"));
  try {
    return "tc" + decodeURI(folder) + ".";
  } catch (error) {
    return "tc" + folder + ".";
  }
}

const PREFIX = window.tcPrefix = prefix();
let opened;

function database() {
  opened = opened || new Promise((resolve, reject) => {
    const request = indexedDB.open(PLACE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onclose = () => { opened = undefined; };
      // Somebody wants to remove it.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
  });
  opened.catch(() => { opened = undefined; });
  return opened;
}

function kept(mode) {
  return database().then((database) => database.transaction("kept", mode, { durability: "strict" }).objectStore("kept"));
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function after(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function witness() {
  // Where there is no second place, emptied storage looks like a new one.
  const read = Promise.resolve().then(() => kept("readonly"))
    .then((store) => Promise.all([result(store.get("witness")), result(store.getAllKeys())]))
    .then(([text, names]) => {
      window.tcWitness = text;
      window.tcKept = names;
    }, () => {});
  return Promise.race([read, after(WITNESS_WAIT_MS)]).then(adopted);
}

// Before copies had their folder in the names, all of a host shared what stands under `tc.`.
function adopted() {
  let old = [];
  try {
    if (localStorage.getItem(PREFIX + "canary") === null) {
      old = Object.keys(localStorage).filter((key) => /^tc\.([jmc]\.|canary)/.test(key));
    }
  } catch (error) {
    // The page tells what it means that storage is blocked.
  }
  return old.length > 0 ? import("./adopt.js").then((script) => script.adopt(PREFIX, PLACE, window.tcWitness)) : undefined;
}

window.tcRead = (names) => kept("readonly").then((store) => Promise.all(names.map((name) => result(store.get(name)))));

function write(texts) {
  return kept("readwrite").then((store) => new Promise((resolve, reject) => {
    store.transaction.oncomplete = () => resolve();
    store.transaction.onabort = () => reject(store.transaction.error);
    for (const [name, text] of texts) {
      if (!name) store.clear();
      else store.put(name === "witness" ? text : [Date.now(), text], name);
    }
  }));
}

// In the order they came; what comes while one transaction runs goes together in the next.
let next;
let last = Promise.resolve();
window.tcKeep = (name, text) => {
  if (!next) {
    const texts = next = [];
    last = last.catch(() => {}).then(() => {
      next = undefined;
      const late = after(KEEP_WAIT_MS).then(() => { throw new Error("late"); });
      late.catch(() => {});
      const again = () => {
        // The database may have gone from under the page.
        opened = undefined;
        return write(texts);
      };
      return Promise.race([write(texts).catch(again), late]);
    });
    // Who asked is told.
    last.catch(() => {});
  }
  next.push([name, text]);
  return last;
};

window.tcSnapshots = () => import("./snapshots.js").then((snapshots) => snapshots.of(kept));

// Firefox runs microtasks in the middle of whatever waits for localStorage. The page's tasks run as one microtask that
// must not begin within itself: it would be refused, and no task would ever run again. It waits for its turn instead.
const soon = window.queueMicrotask && window.queueMicrotask.bind(window);
let busy = false;
if (soon) {
  window.queueMicrotask = (act) => {
    const run = () => {
      if (busy) {
        setTimeout(run, 0);
        return;
      }
      busy = true;
      try {
        act();
      } finally {
        busy = false;
      }
    };
    soon(run);
  };
}

// While the page takes an element away, browsers still tell what was in it that it lost the focus, was changed or ended
// composing. The state behind it is gone by then, so nobody hears of it.
let going = 0;
for (const [kind, name] of [[Element, "remove"], [Node, "removeChild"], [Node, "replaceChild"]]) {
  const act = kind.prototype[name];
  kind.prototype[name] = function (...about) {
    going += 1;
    try {
      return act.apply(this, about);
    } finally {
      going -= 1;
    }
  };
}
for (const name of ["blur", "focusout", "change", "input", "compositionend"]) {
  addEventListener(name, (event) => going && event.stopImmediatePropagation(), true);
}

// The program is compiled while its glue, the style sheet and the witness are on their way.
function program() {
  const address = new URL("./page_bg.wasm", import.meta.url);
  // Where a host calls it something else, or compiling from the stream is unknown, the glue finds its own way.
  const whole = () => address;
  return window.WebAssembly && WebAssembly.compileStreaming ? WebAssembly.compileStreaming(fetch(address)).catch(whole) : Promise.resolve(address);
}

// This script waits neither for the document nor for rescue.js, which is in it and tells whether the page can run.
function parsed() {
  return new Promise((resolve) => {
    if (document.readyState === "loading") {
      document.addEventListener("readystatechange", resolve, { once: true });
    } else {
      resolve();
    }
  });
}

// The program begins before the style sheet is there; what it measured until then it measures anew.
function styled() {
  return new Promise((resolve) => {
    const sheet = document.querySelector("link[rel=stylesheet]");
    if (!sheet || sheet.sheet) {
      resolve();
    } else {
      sheet.addEventListener("load", resolve);
      sheet.addEventListener("error", resolve);
    }
  }).then(() => {
    document.documentElement.setAttribute("data-styled", "yes");
    window.dispatchEvent(new Event("resize"));
  });
}

// Whether the page may know what to show before it knows what there was: the sample town, or what it kept.
function looksEarly() {
  try {
    return new URLSearchParams(location.search).has("sample") || localStorage.getItem(PREFIX + "s.look") !== null;
  } catch (error) {
    return false;
  }
}

window.tcWitnessRead = witness();
const known = looksEarly() ? undefined : window.tcWitnessRead;
window.tcStyled = parsed().then(styled);
const fetched = Promise.all([import("./page.js"), program(), parsed(), known]);
parsed()
  .then(() => window.tcCannotRun || fetched.then(([page, module]) => page.default({ module_or_path: module })))
  .catch((error) => window.tcStartFailed(error && error.stack ? error.stack : error));
// Where the page cannot run, nobody asks what became of it.
fetched.catch(() => {});

// Starts the page, which sets data-ready on the root element when its first view stands. No top-level await: Chromium below 89 does not know it.
// Beside that it keeps the witness: a line in a second place (IndexedDB, which like localStorage also works on plain
// http and is never sent anywhere) that tells how much data there was, so that emptied storage is noticed.
//   window.tcWitness          what was kept, or undefined
//   window.tcWitnessRead      a promise: the above is known now
//   window.tcKeepWitness(s)   keeps s
//   window.tcStyled           a promise: the style sheet is there, or will not come; then data-styled is set on the root
//   window.tcSnapshots()      brings what keeps the daily copies in the same place
const WITNESS_WAIT_MS = 1000;

function witnesses(mode) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("tiancheng " + new URL("./", import.meta.url).pathname, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kept");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const transaction = request.result.transaction("kept", mode);
      transaction.oncomplete = transaction.onabort = () => request.result.close();
      resolve(transaction.objectStore("kept"));
    };
  });
}

function readWitness() {
  return witnesses("readonly").then((store) => new Promise((resolve) => {
    const request = store.get("witness");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  }));
}

function witness() {
  const late = new Promise((resolve) => setTimeout(resolve, WITNESS_WAIT_MS));
  // Where there is no second place, emptied storage looks like a new one.
  const read = Promise.resolve().then(readWitness).catch(() => undefined);
  return Promise.race([read, late]).then((text) => { window.tcWitness = text; });
}

window.tcKeepWitness = (text) => {
  Promise.resolve().then(() => witnesses("readwrite")).then((store) => store.put(text, "witness")).catch(() => {});
};

window.tcSnapshots = () => import("./snapshots.js").then((snapshots) => snapshots.of(witnesses));

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
    return new URLSearchParams(location.search).has("sample") || localStorage.getItem("tc.s.look") !== null;
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

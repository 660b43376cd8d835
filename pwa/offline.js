// The page's side of offline use and of updates. What it tells the page:
//   window.tcOffline      "none" (not possible here) | "pending" | "ready" | "failed"
//   window.tcUpdate       true when a new version has been fetched whole and waits
//   window.tcApplyUpdate  () => void; changes to the new version and reloads once
//   events on window      "tc-offline-pending", "tc-offline-ready", "tc-update-ready", "tc-offline-failed"
const CHECK_EVERY_MS = 60 * 60 * 1000;
const CHECK_TIMEOUT_MS = 30 * 1000;
// A page that does not start may be one that a new version mends.
const START_AT_LAST_MS = 5 * 1000;
const QUIET_MS = 300;
const QUIET_AT_LAST_MS = 5 * 1000;

window.tcOffline = "none";
window.tcUpdate = false;
let registration = null;
let agreed = false;
let lastCheck = 0;

function tell(name) {
  window.dispatchEvent(new CustomEvent(name));
}

/** Asks a worker whether every file of its build is stored with the right bytes. */
function selfCheck(worker) {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    const timer = setTimeout(() => resolve(false), CHECK_TIMEOUT_MS);
    channel.port1.onmessage = (event) => {
      clearTimeout(timer);
      resolve(event.data.ready === true);
    };
    worker.postMessage({ type: "check" }, [channel.port2]);
  });
}

function offlineState(state) {
  if (window.tcOffline === state) return;
  window.tcOffline = state;
  tell("tc-offline-" + state);
}

function checkActive(worker) {
  selfCheck(worker).then((ready) => offlineState(ready ? "ready" : "failed"));
}

function checkWaiting(worker) {
  selfCheck(worker).then((ready) => {
    if (!ready || window.tcUpdate) return;
    window.tcUpdate = true;
    tell("tc-update-ready");
  });
}

function follow(worker) {
  worker.addEventListener("statechange", () => {
    if (worker.state === "installed" && registration.active) checkWaiting(worker);
    if (worker.state === "activated") checkActive(worker);
    if (worker.state === "redundant" && !registration.active) offlineState("failed");
  });
}

function lookForUpdate() {
  const now = Date.now();
  if (document.visibilityState !== "visible" || now - lastCheck < CHECK_EVERY_MS) return;
  lastCheck = now;
  // Being offline is no failure: the next look finds what there is.
  registration.update().catch(() => {});
}

// A new worker that is let in while the old one still answers may wait for minutes in Chromium: first the parts of the
// page come, which are fetched one after the other.
function whenQuiet(act, since) {
  const quiet = document.documentElement.dataset.parts === "all" || Date.now() - since > QUIET_AT_LAST_MS;
  setTimeout(quiet ? act : () => whenQuiet(act, since), QUIET_MS);
}

window.tcApplyUpdate = () => {
  agreed = true;
  whenQuiet(() => {
    const waiting = registration && registration.waiting;
    if (waiting) waiting.postMessage({ type: "activate" });
    else location.reload();
  }, Date.now());
};

function start() {
  const workers = navigator.serviceWorker;
  const controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    if (agreed) {
      agreed = false;
      location.reload();
    } else if (controlled && !window.tcUpdate) {
      // Another tab changed to the new version: this one still runs the old, a reload brings it along.
      window.tcUpdate = true;
      tell("tc-update-ready");
    }
  });
  workers.register("./sw.js", { scope: "./", updateViaCache: "none" }).then((found) => {
    registration = found;
    lastCheck = Date.now();
    if (found.installing) follow(found.installing);
    if (found.waiting && found.active) checkWaiting(found.waiting);
    if (found.active) checkActive(found.active);
    found.addEventListener("updatefound", () => found.installing && follow(found.installing));
    document.addEventListener("visibilitychange", lookForUpdate);
  }).catch(() => offlineState("failed"));
}

if (!window.tcCannotRun && window.isSecureContext && "serviceWorker" in navigator && /^https?:$/.test(location.protocol)) {
  offlineState("pending");
  // Not while the page starts.
  const watch = new MutationObserver(() => begin(document.documentElement.hasAttribute("data-ready")));
  const timer = setTimeout(() => begin(true), START_AT_LAST_MS);
  const begin = (now) => {
    if (!now) return;
    watch.disconnect();
    clearTimeout(timer);
    start();
  };
  watch.observe(document.documentElement, { attributes: true });
  begin(document.documentElement.hasAttribute("data-ready"));
}

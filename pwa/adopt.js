// Once, for a copy of the page that finds what copies before it kept under `tc.`, shared by all of a host: takes it as
// its own, unless it belongs to another copy that has not come for it yet.
// `tc.head.A` then stays as a head of a later layout, so that windows that still run an earlier version only read.
const LATER = 'a2d6924f{"schema":2}';
const SHARED = "tc.";

/** Whether another copy, and not this one, left traces and has no store of its own. */
async function belongsElsewhere(place) {
  const places = [];
  if (window.caches) {
    // "tiancheng <folder> <build>"
    for (const name of await caches.keys()) places.push(name.replace(/ [^ ]*$/, ""));
    if (places.includes(place)) return false;
  }
  // This one's own was made a moment ago. Where databases cannot be listed, the first to start is it.
  if (indexedDB.databases) for (const known of await indexedDB.databases()) places.push(known.name);
  return places.some((name) => {
    if (name === place || !name.startsWith("tiancheng /")) return false;
    return localStorage.getItem("tc" + decodeURI(name.slice("tiancheng ".length)) + ".canary") === null;
  });
}

export async function adopt(prefix, place, witness) {
  const begun = Object.keys(localStorage).some((key) => key.startsWith(prefix + "head") || key.startsWith(prefix + "j."));
  if (!begun && !witness && await belongsElsewhere(place).catch(() => false)) return;
  // Room for one text at a time.
  localStorage.removeItem(SHARED + "ballast");
  const head = localStorage.getItem(SHARED + "head.A");
  if (head !== LATER) {
    if (head !== null) localStorage.setItem(prefix + "head.A", head);
    localStorage.setItem(SHARED + "head.A", LATER);
  }
  const canary = SHARED + "canary";
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(SHARED) && key !== SHARED + "head.A" && key !== canary);
  // The canary last: without it the work is taken up again.
  for (const key of keys.concat(canary)) {
    const text = localStorage.getItem(key);
    if (text === null) continue;
    localStorage.setItem(prefix + key.slice(SHARED.length), text);
    localStorage.removeItem(key);
  }
}

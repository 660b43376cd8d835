// The daily copies and what is to be let go of, in the place of the witness. Of a daily copy: a line that says what it is and the file, deflated where the
// browser can. `place(mode)` opens it. A copy and its line come and go together.
const LINE = "day ";
const FILE = "file ";
const SAVE = "save ";
const END = "\uffff";

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(store) {
  return new Promise((resolve, reject) => {
    const transaction = store.transaction;
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error || new Error("aborted")));
  });
}

// Browsers deflate where the page runs; pieces of this size leave its frames alone.
const PIECE = 128 * 1024;

function inflated(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
}

async function deflated(bytes) {
  const stream = new CompressionStream("deflate");
  const whole = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  for (let at = 0; at < bytes.length; at += PIECE) {
    await writer.write(bytes.subarray(at, at + PIECE));
    await new Promise((next) => setTimeout(next));
  }
  await writer.close();
  return whole;
}

async function packed(bytes) {
  if (typeof CompressionStream === "undefined") return { deflated: false, bytes: bytes.buffer };
  return { deflated: true, bytes: await deflated(bytes) };
}

export function of(place) {
  return {
    /** The lines of all copies, each with its size. */
    list: () => place("readonly").then((store) => done(store.getAll(IDBKeyRange.bound(LINE, LINE + END)))),
    /** Keeps a copy. */
    keep: async (key, line, bytes) => {
      const file = await packed(bytes);
      const store = await place("readwrite");
      const end = finished(store);
      store.put(line + "\t" + file.bytes.byteLength, LINE + key);
      store.put(file, FILE + key);
      await end;
    },
    /** The bytes of a copy, or nothing. */
    read: async (key) => {
      const file = await done((await place("readonly")).get(FILE + key));
      if (!file) return undefined;
      return file.deflated ? inflated(file.bytes) : file.bytes;
    },
    /** Takes copies away. */
    drop: async (keys) => {
      const store = await place("readwrite");
      const end = finished(store);
      for (const key of keys) {
        store.delete(LINE + key);
        store.delete(FILE + key);
      }
      await end;
    },
    /** The names of saves that came more than so many milliseconds ago. */
    aged: async (ms) => {
      const store = await place("readonly");
      const range = IDBKeyRange.bound(SAVE, SAVE + END);
      const [names, saves] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
      return names.filter((name, at) => saves[at][0] < Date.now() - ms);
    },
    /** Lets go of saves. */
    release: async (names) => {
      const store = await place("readwrite");
      const end = finished(store);
      for (const name of names) store.delete(name);
      await end;
    },
  };
}

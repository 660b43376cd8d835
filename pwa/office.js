// The worker that reads and writes workbooks. The build puts the glue of the engine before this and the name of the
// engine's file here. A classic script: engines below Chromium 91 and Firefox 114 start no other as a worker.
//   asked: { id, kind: "read", bytes }, or { id, kind, json } with "write", "bundle" or "paper"
//   told:  { id, started: true }, then { id, pieces }, { id, bytes } or { id, error, words }
//   error: "unreachable", "memory", "failed"; words: a sentence of the engine, if it has one
"use strict";
// Of the 512 MB that the engine may take: what is asked for at once may be large.
const NEARLY_ALL = 400000000;
const engine = wasm_bindgen({ module_or_path: "./office_bg.wasm" });

function answer(wasm, asked) {
  const id = asked.id;
  try {
    if (asked.kind === "read") return [{ id, pieces: wasm_bindgen.read(new Uint8Array(asked.bytes)) }, []];
    const writers = { write: wasm_bindgen.write, bundle: wasm_bindgen.bundle, paper: wasm_bindgen.write_paper };
    const bytes = writers[asked.kind](asked.json).buffer;
    return [{ id, bytes }, [bytes]];
  } catch (error) {
    if (typeof error === "string") return [{ id, error: "failed", words: error }, []];
    // The engine stopped in the middle: it is not asked again.
    const full = wasm.memory.buffer.byteLength > NEARLY_ALL || error instanceof RangeError;
    return [{ id, error: full ? "memory" : "failed", words: "" }, []];
  }
}

self.onmessage = (event) => {
  engine.then((wasm) => {
    self.postMessage({ id: event.data.id, started: true });
    const [told, given] = answer(wasm, event.data);
    self.postMessage(told, given);
  }, () => self.postMessage({ id: event.data.id, error: "unreachable", words: "" }));
};

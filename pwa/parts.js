// Fetches the later parts of the page; the build puts this into the page's glue and the names of the parts here.
// `wasm` is the glue's own: the exports of the main part, with the memory and the table all parts share.
const PARTS = __PARTS__;
const arrived = {};
const missed = {};

function fetchPart(file) {
  if (!arrived[file]) {
    // What the host answered in its place may have been stored by the browser.
    const cache = missed[file] ? "reload" : "default";
    arrived[file] = fetch(new URL(file, import.meta.url), { credentials: "same-origin", cache })
      .then((response) => {
        if (!response.ok) throw new Error(file + ": " + response.status);
        return response.arrayBuffer();
      })
      .then((bytes) => {
        // A host may answer with a page of its own.
        if (bytes.byteLength < 4 || new DataView(bytes).getUint32(0) !== 0x0061736d) throw new Error(file + ": not a module");
        return WebAssembly.instantiate(bytes, { __wasm_split: wasm });
      });
    // What failed is tried again when it is asked for again.
    arrived[file].catch(() => {
      delete arrived[file];
      missed[file] = true;
    });
  }
  return arrived[file];
}

const loaders = {};
for (const name of Object.keys(PARTS)) {
  loaders["__wasm_split_load_" + name] = (callback, data) => {
    const tell = (done) => wasm.__indirect_function_table.get(callback)(data, done);
    Promise.all(PARTS[name].map(fetchPart)).then(() => tell(true), (error) => {
      console.warn(error);
      // It came whole and cannot run here: no network will mend that.
      if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) window.tcCannotCompile(error);
      tell(false);
    });
  };
}

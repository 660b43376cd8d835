// Fetches the later parts of the page; the build puts this into the page's glue and the names of the parts here.
// `wasm` is the glue's own: the exports of the main part, with the memory and the table all parts share.
const PARTS = __PARTS__;
// The style of what only they show.
const STYLE = "./later.css";
const arrived = {};
const missed = {};

function fetchOnce(file, take) {
  if (!arrived[file]) {
    // What the host answered in its place may have been stored by the browser.
    const cache = missed[file] ? "reload" : "default";
    arrived[file] = fetch(new URL(file, import.meta.url), { credentials: "same-origin", cache }).then((response) => {
      if (!response.ok) throw new Error(file + ": " + response.status);
      return take(response, file);
    });
    // What failed is tried again when it is asked for again.
    arrived[file].catch(() => {
      delete arrived[file];
      missed[file] = true;
    });
  }
  return arrived[file];
}

// A host may answer with a page of its own.
async function takePart(response, file) {
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength < 4 || new DataView(bytes).getUint32(0) !== 0x0061736d) throw new Error(file + ": not a module");
  return WebAssembly.instantiate(bytes, { __wasm_split: wasm });
}

async function takeStyle(response, file) {
  if (!/css/.test(response.headers.get("Content-Type"))) throw new Error(file + ": not a style sheet");
  const sheet = document.createElement("style");
  sheet.textContent = await response.text();
  document.head.appendChild(sheet);
}

const loaders = {};
for (const name of Object.keys(PARTS)) {
  loaders["__wasm_split_load_" + name] = (callback, data) => {
    const tell = (done) => wasm.__indirect_function_table.get(callback)(data, done);
    const coming = PARTS[name].map((file) => fetchOnce(file, takePart));
    // The sample town shows nothing by itself.
    if (name !== "sample") coming.push(fetchOnce(STYLE, takeStyle));
    Promise.all(coming).then(() => tell(true), (error) => {
      console.warn(error);
      // It came whole and cannot run here: no network will mend that.
      if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) window.tcCannotCompile(error);
      tell(false);
    });
  };
}

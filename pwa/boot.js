// Starts the page, which sets data-ready on the root element when its first view stands. No top-level await: Chromium below 89 does not know it.
if (!window.tcCannotRun) {
  import("./page.js")
    .then((page) => page.default({ module_or_path: new URL("./page_bg.wasm", import.meta.url) }))
    .catch((error) => window.tcStartFailed(error && error.stack ? error.stack : error));
}

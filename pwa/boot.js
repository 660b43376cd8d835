// Starts the page. No top-level await: Chromium below 89 does not know it.
const root = document.documentElement;

if (!window.tcCannotRun) {
  import("./page.js")
    .then((page) => page.default({ module_or_path: new URL("./page_bg.wasm", import.meta.url) }))
    .then(() => {
      // The page marks itself when its first view stands; this is for a build whose page does not.
      setTimeout(() => root.setAttribute("data-ready", ""), 0);
    })
    .catch((error) => window.tcStartFailed(error && error.stack ? error.stack : error));
}

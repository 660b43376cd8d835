// Put into the page by the test server: reports what goes wrong to the server, where it outlives a reload.
(() => {
  const home = new URL("./", document.currentScript.src);
  const report = (kind, text) => {
    try {
      navigator.sendBeacon(new URL("__e2e/problem", home).href, kind + ": " + text);
    } catch (error) {
      // The page under test goes on whatever happens here.
    }
  };
  const original = console.error;
  console.error = (...parts) => {
    report("console.error", parts.map(String).join(" "));
    original.apply(console, parts);
  };
  addEventListener("error", (event) => {
    const source = event.target && (event.target.src || event.target.href);
    report("error", event.message ? event.message + " " + event.filename + ":" + event.lineno + "\n" + ((event.error && event.error.stack) || "").slice(0, 1500) : "not loaded: " + source);
  }, true);
  addEventListener("unhandledrejection", (event) => report("rejection", event.reason && (event.reason.stack || event.reason)));
  document.addEventListener("securitypolicyviolation", (event) => {
    report("csp", event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile + ":" + event.lineNumber + " " + event.sample);
  });
})();

// Finds elements as a person with a screen reader would: by role and accessible name.
// Arguments: scope (element or null), role ("" for any), name ("" for any), kind ("role" | "text" | "css").
// Returns the visible elements that match, exact names before names that only contain the text.
const [scope, role, name, kind] = arguments;
const base = scope || document;
const clean = (text) => (text || "").replace(/\s+/g, " ").trim();

const INPUT = {
  button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio",
  range: "slider", number: "spinbutton", search: "searchbox", file: "file", hidden: "", color: "color",
};
const TAG = {
  button: "button", textarea: "textbox", option: "option", nav: "navigation", main: "main", aside: "complementary",
  header: "banner", footer: "contentinfo", ul: "list", ol: "list", li: "listitem", table: "table", tr: "row",
  td: "cell", dialog: "dialog", summary: "button", fieldset: "group", details: "group", progress: "progressbar",
  output: "status", article: "article", hr: "separator", form: "form", section: "region", meter: "meter",
  h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading",
};
const FROM_CONTENT = [
  "button", "link", "heading", "option", "cell", "columnheader", "rowheader", "row", "tab", "menuitem",
  "menuitemradio", "menuitemcheckbox", "checkbox", "radio", "switch", "treeitem", "tooltip", "gridcell", "listitem",
];

function roleOf(element) {
  const given = clean(element.getAttribute("role")).split(" ")[0];
  if (given) return given;
  const tag = element.localName;
  if (tag === "a") return element.hasAttribute("href") ? "link" : "";
  if (tag === "input") return INPUT[element.type] === undefined ? "textbox" : INPUT[element.type];
  if (tag === "select") return element.multiple || element.size > 1 ? "listbox" : "combobox";
  if (tag === "th") return element.scope === "row" ? "rowheader" : "columnheader";
  if (tag === "img") return element.getAttribute("alt") === "" ? "presentation" : "img";
  return TAG[tag] || "";
}

function hiddenFromTree(element) {
  return element.getAttribute("aria-hidden") === "true" || element.hidden;
}

function contentName(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || hiddenFromTree(node)) return "";
  if (getComputedStyle(node).display === "none") return "";
  const label = node.getAttribute("aria-label");
  if (label) return label;
  if (node.localName === "img") return node.alt;
  if (node.localName === "input" || node.localName === "select" || node.localName === "textarea") return "";
  const inline = getComputedStyle(node).display.startsWith("inline");
  const inner = Array.from(node.childNodes, contentName).join("");
  return inline ? inner : " " + inner + " ";
}

function nameOf(element) {
  const by = element.getAttribute("aria-labelledby");
  if (by) return clean(by.split(/\s+/).map((id) => { const e = document.getElementById(id); return e ? contentName(e) : ""; }).join(" "));
  const given = clean(element.getAttribute("aria-label"));
  if (given) return given;
  if (element.labels && element.labels.length) return clean(Array.from(element.labels, contentName).join(" "));
  const first = { fieldset: "legend", table: "caption", figure: "figcaption", svg: "title" }[element.localName];
  const owner = first && Array.from(element.children).find((child) => child.localName === first);
  if (owner) return clean(owner.textContent);
  if (element.localName === "img") return clean(element.alt);
  if (element.localName === "input" && INPUT[element.type] === "button") return clean(element.value);
  if (FROM_CONTENT.includes(roleOf(element))) {
    const content = clean(Array.from(element.childNodes, contentName).join(""));
    if (content) return content;
  }
  return clean(element.getAttribute("title") || element.getAttribute("placeholder"));
}

function seen(element) {
  if (element.closest("[aria-hidden=true]")) return false;
  // A file input is often hidden behind a button of its own; a test hands files to it all the same.
  if (element.localName === "input" && element.type === "file") return true;
  if (element.localName === "option") return true;
  if (!element.getClientRects().length) return false;
  const style = getComputedStyle(element);
  return style.visibility === "visible" && style.display !== "none";
}

if (kind === "css") return Array.from(base.querySelectorAll(name)).filter(seen);
if (kind === "text") {
  const hits = Array.from(base.querySelectorAll("*")).filter((element) => clean(element.textContent).includes(name));
  const inner = hits.filter((element) => !hits.some((other) => other !== element && element.contains(other)));
  return inner.filter(seen);
}
const alike = Array.from(base.querySelectorAll("*")).filter((element) => roleOf(element) === role && seen(element));
if (!name) return alike;
const exact = alike.filter((element) => nameOf(element) === name);
return exact.length ? exact : alike.filter((element) => nameOf(element).includes(name));

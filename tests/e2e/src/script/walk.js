// Takes `count` random steps in the page, fewer where they take long; `arguments` are the count and the state of the dice.
// Gives back the state of the dice, how many steps were taken, what was done and, if the page stopped, why. Loading anew, files, printing and other sites are left out: they
// would end this script, not show more of the page.
const [count, dice] = arguments;
// Where the script does not come to its end, this is what is left of it.
const log = (window.walkLog = []);
let state = dice >>> 0;
function roll(sides) {
  // Numerical Recipes' generator: the same walk in every browser.
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * sides);
}
const pick = (list) => list[roll(list.length)];
const seen = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const LEFT_OUT = /打印|下载|导出|转发|清空|点此更新|重新打开|存图片|存 SVG|选择共享|重新选择|选择文件|退出示例/;
const name = (element) => (element.getAttribute("aria-label") || element.textContent || element.id || element.localName).replace(/\s+/g, " ").trim().slice(0, 30);
function reachable(selector) {
  return Array.from(document.querySelectorAll(selector)).filter((element) => {
    if (element.localName === "a" && !(element.getAttribute("href") || "").startsWith("#")) return false;
    return element.type !== "file" && seen(element) && !LEFT_OUT.test(name(element));
  });
}
function press(target, key, held) {
  target.dispatchEvent(new KeyboardEvent("keydown", Object.assign({ key, bubbles: true, cancelable: true }, held)));
  target.dispatchEvent(new KeyboardEvent("keyup", Object.assign({ key, bubbles: true, cancelable: true }, held)));
}
const steps = {
  click() {
    const target = pick(reachable("a[href], button, summary, label, [role=option], svg [tabindex], path[data-unit], th, td"));
    if (!target) return;
    log.push("click " + name(target));
    const box = target.getBoundingClientRect();
    const about = { bubbles: true, cancelable: true, view: window, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, pointerId: 1, isPrimary: true };
    for (const kind of ["pointerdown", "pointerup"]) target.dispatchEvent(new PointerEvent(kind, about));
    const clicked = () => target.dispatchEvent(new MouseEvent("click", about));
    clicked();
    // One press in eight is a double click.
    if (roll(8) === 0) {
      log.push("again");
      clicked();
    }
  },
  type() {
    const field = pick(reachable("input, textarea").filter((one) => !["radio", "checkbox", "range", "date", "month"].includes(one.type)));
    if (!field) return;
    const text = pick(["三组", "sq", "12", "2022-03-05", "寺前", "-1", "测试文字", "1.5", "13912345678"]);
    log.push("type " + text + " into " + name(field));
    field.focus();
    // Unlike a written value this makes the field dirty, so that it commits when it is left or goes.
    document.execCommand("insertText", false, text);
  },
  choose() {
    const select = pick(reachable("select"));
    if (!select || !select.options.length) return;
    select.focus();
    select.value = pick(Array.from(select.options)).value;
    log.push("choose " + select.value + " in " + name(select.closest(".field") || select));
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  },
  date() {
    const field = pick(reachable("input[type=date]"));
    if (!field) return;
    field.focus();
    field.value = pick(["2022-06-30", "2021-12-31", "2022-11-22", ""]);
    log.push("day " + field.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  },
  key() {
    const key = pick(["Escape", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Enter", "Tab", "/", " ", "Home", "End"]);
    log.push("key " + key);
    press(document.activeElement || document.body, key);
  },
  undo() {
    log.push("Ctrl+Z");
    press(document.body, "z", { ctrlKey: true });
  },
  redo() {
    log.push("Ctrl+Y");
    press(document.body, "y", { ctrlKey: true });
  },
  back() {
    if (window.walkGoing) return;
    log.push("back");
    history.back();
  },
  address() {
    const to = pick(["#/", "#/map", "#/charts", "#/l", "#/fill", "#/units", "#/merge", "#/settings", "#/l/night_talk", "#/l/night_talk/new", "#/l/income/new", "#/l/project/new", "#/p/dream", "#/p/base", "#/conflicts", "#/rules", "#/bin", "#/help", "#/u/421223100208"]);
    log.push("go " + to);
    location.hash = to;
  },
  period() {
    const all = ["2022", "2021", "2022-Q2", "2022-11", "all"];
    const to = location.hash.split("?")[0] + "?period=" + pick(all);
    log.push("go " + to);
    location.hash = to;
  },
  submit() {
    const button = pick(reachable("button[type=submit]"));
    if (!button) return;
    log.push("save twice");
    button.click();
    button.click();
  },
  resize() {
    log.push("resize event");
    window.dispatchEvent(new Event("resize"));
  },
};
const often = ["click", "click", "click", "click", "click", "click", "type", "type", "type", "choose", "date", "key", "key", "undo", "redo", "back", "back", "address", "address", "period", "submit", "resize"];
const fault = () => {
  if (!document.documentElement.hasAttribute("data-ready")) return "the root is not ready";
  const words = document.body.innerText;
  return ["页面出错，已停止运行", "页面没有打开"].find((told) => words.includes(told)) || "";
};
if (window.walkGoing === undefined) {
  window.walkGoing = false;
  // A form that is done goes back as well: one at a time.
  const back = history.back.bind(history);
  history.back = () => {
    // Where the browser can tell, no step leaves the page for what was open before it.
    const last = window.navigation && navigation.currentEntry && navigation.currentEntry.index === 0;
    if (window.walkGoing || last) return;
    window.walkGoing = true;
    // Nothing comes of it at the first entry.
    setTimeout(() => { window.walkGoing = false; }, 1000);
    back();
  };
  window.addEventListener("popstate", () => { window.walkGoing = false; });
  window.print = () => {};
}
// Reports may save files and share; neither says anything about the page here.
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () {
  if (!this.download) click.call(this);
};
const settled = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// A driver waits for a script only so long; a busy machine gets there in more legs.
const LONG_MS = 8000;
const begun = performance.now();
let done = 0;
const walk = async () => {
  for (; done < count && performance.now() - begun < LONG_MS; done += 1) {
    steps[pick(often)]();
    await settled(pick([0, 0, 0, 10, 30]));
    const wrong = fault();
    if (wrong) return wrong;
  }
  await settled(100);
  return fault();
};
return walk()
  .catch((error) => "the walk itself: " + (error && error.stack || error))
  .then((wrong) => {
    HTMLAnchorElement.prototype.click = click;
    return { state, log, wrong, done };
  });

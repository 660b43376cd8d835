// Drives the page without a driver: founds a small town, then saves on and on and tells the host what was called saved.
(() => {
  const note = (what) => {
    const request = new XMLHttpRequest();
    // The host has it before the page goes on.
    request.open("POST", "./__e2e/note", false);
    try { request.send(JSON.stringify(what)); } catch (error) { /* told later, or never: then it does not count */ }
  };
  const pause = (ms) => new Promise((next) => setTimeout(next, ms));
  const until = async (look) => {
    for (;;) {
      const found = look();
      if (found) return found;
      await pause(20);
    }
  };
  const named = (selector, words) => Array.from(document.querySelectorAll(selector))
    .find((element) => element.textContent.includes(words) && !element.closest("[hidden]"));
  const press = async (selector, words) => (await until(() => named(selector, words))).click();
  const type = (field, text) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    field.focus();
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const labelled = (words) => {
    const label = named("label", words);
    return label && document.getElementById(label.htmlFor);
  };
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(tcPrefix + "j."))
    .map((key) => key.slice(tcPrefix.length));
  const settled = () => {
    const mark = document.querySelector(".saved");
    return mark && mark.textContent.includes("已保存");
  };
  const stored = () => {
    const heads = ["head.A", "head.B"].map((name) => localStorage.getItem(tcPrefix + name)).filter(Boolean)
      .map((text) => JSON.parse(text.slice(8))).map(({ folded, gone }) => ({ folded, gone }));
    return { journals: keys(), heads };
  };

  async function found() {
    location.hash = "#/start";
    await press("a", "新建本镇");
    type(await until(() => labelled("镇（街道）名称")), "天城镇");
    type(await until(() => labelled("村（社区）名单")), "寺前村\t村\t寺前片区\n河田村\t村\t寺前片区");
    await press("button", "核对名单");
    await press("button", "建立本镇");
    await until(settled);
  }

  async function one(name) {
    location.hash = "#/l/leader/new";
    type(await until(() => labelled("姓名")), name);
    await press("main button, .panel button", "保存");
    await until(settled);
  }

  async function run() {
    await until(() => document.documentElement.dataset.ready);
    // What the page shows before it has read its records is no start.
    await until(() => document.documentElement.dataset.parts === "all");
    note({ started: stored() });
    if (keys().length === 0 && stored().heads.length === 0) await found();
    await one("甲" + Date.now());
    let back = true;
    for (;;) {
      const now = keys();
      await until(settled);
      note({ saved: now });
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, shiftKey: !back, bubbles: true }));
      back = !back;
      await pause(Math.random() * 40);
    }
  }
  addEventListener("load", () => run().catch((error) => note({ stopped: String(error) })));
})();

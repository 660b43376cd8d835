// Runs first and everywhere, so it is ECMAScript 5: tells browsers that cannot run the page what to do,
// and keeps what is needed when the page has stopped. Nothing here depends on WebAssembly.
// Texts reach the document only as text nodes.
(function () {
  "use strict";
  var doc = document;
  var root = doc.documentElement;
  // As in boot.js: the keys of this copy of the page carry its folder.
  var FOLDER = location.pathname.replace(/[^\/]*$/, "");
  try {
    FOLDER = decodeURI(FOLDER);
  } catch (e) {
    // An address with signs of no meaning is taken as it is.
  }
  var PREFIX = "tc" + FOLDER + ".";
  var SLOW_AFTER_MS = 8000;
  var SPLASH_AFTER_MS = 300;
  var stopped = false;

  function element(parent, tag, words) {
    var made = doc.createElement(tag);
    if (words) made.appendChild(doc.createTextNode(words));
    parent.appendChild(made);
    return made;
  }

  function whenBody(act) {
    if (doc.body) act();
    else if (doc.addEventListener) doc.addEventListener("DOMContentLoaded", act, false);
    else window.attachEvent("onload", act);
  }

  // ---- Looks --------------------------------------------------------------------------------------

  // Text size and colours before anything is painted; the page sets the same later.
  try {
    var size = localStorage.getItem(PREFIX + "s.size");
    var theme = localStorage.getItem(PREFIX + "s.theme");
    var night = theme === "dark" ||
      (theme !== "light" && window.matchMedia && matchMedia("(prefers-color-scheme: dark)").matches);
    root.setAttribute("data-size", size === "large" || size === "huge" ? size : "standard");
    root.setAttribute("data-theme", night ? "dark" : "light");
  } catch (e) {
    // Blocked storage: the page starts with its plain looks.
  }

  // ---- What a browser must know -------------------------------------------------------------------

  // A module that uses memory.fill, i32.extend8_s and i32.trunc_sat_f32_s: what the page is compiled with.
  var PROBE = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 25, 1, 23, 0,
    65, 0, 192, 26, 67, 0, 0, 0, 0, 252, 0, 26, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11
  ];

  function canRun() {
    try {
      return typeof WebAssembly === "object" &&
        WebAssembly.validate(new Uint8Array(PROBE)) &&
        "noModule" in doc.createElement("script") &&
        typeof String.prototype.replaceAll === "function";
    } catch (e) {
      return false;
    }
  }

  function plainPage(title, intro, steps) {
    root.setAttribute("data-stopped", "");
    whenBody(function () {
      var splash = doc.getElementById("splash");
      if (splash) splash.style.display = "none";
      var box = element(doc.body, "div");
      box.className = "plain";
      element(box, "h1", title);
      element(box, "p", intro);
      var list = element(box, "ul");
      for (var i = 0; i < steps.length; i++) element(list, "li", steps[i]);
    });
  }

  if (location.protocol === "file:") {
    stopped = true;
    plainPage("请通过网址打开天城党建", "直接双击文件时，浏览器不允许页面读取自己的其他文件。", [
      "从单位发给您的网址打开",
      "没有网址时，请管理员把整个文件夹放到单位的网站服务器上"
    ]);
  } else if (!canRun()) {
    stopped = true;
    plainPage("这个浏览器打不开天城党建", "当前浏览器内核的版本过旧。请按下面任一办法处理，处理后重新打开本页。", [
      "双核浏览器（如 360 安全浏览器、搜狗浏览器）：点地址栏右侧的内核图标，切换到极速模式",
      "其他浏览器：更新到新版，或换用新版的奇安信可信浏览器、360 安全浏览器、火狐浏览器",
      "手机微信：点右上角 ···，选择在浏览器打开"
    ]);
  }
  window.tcCannotRun = stopped;
  if (stopped) return;

  // A second policy only narrows the first: newer engines need no 'unsafe-eval' for WebAssembly.
  // Container queries came to every engine after 'wasm-unsafe-eval' did.
  if (window.CSS && CSS.supports && CSS.supports("container-type", "inline-size")) {
    var policy = doc.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "script-src 'self' 'wasm-unsafe-eval'";
    doc.head.appendChild(policy);
  }

  // ---- Saving what is stored, without the page ----------------------------------------------------

  function pad(number) {
    return (number < 10 ? "0" : "") + number;
  }

  // The raw copy that the page can take back in.
  function storedText() {
    var items = {};
    for (var i = 0; i < localStorage.length; i++) {
      var key = localStorage.key(i);
      if (key.indexOf(PREFIX) === 0 && key !== PREFIX + "ballast") items["tc." + key.slice(PREFIX.length)] = localStorage.getItem(key);
    }
    return JSON.stringify({ format: "tiancheng-raw-1", keys: items });
  }

  // In the office's calendar (UTC+8), as everything else in the page, whatever zone the computer is set to.
  function fileName(now) {
    var there = new Date(now.getTime() + 8 * 3600000);
    return "天城党建-本机数据-" + there.getUTCFullYear() + pad(there.getUTCMonth() + 1) + pad(there.getUTCDate()) +
      "-" + pad(there.getUTCHours()) + pad(there.getUTCMinutes()) + ".json";
  }

  function download(text, name) {
    var link = doc.createElement("a");
    var address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = address;
    link.download = name;
    doc.body.appendChild(link);
    link.click();
    doc.body.removeChild(link);
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
  }

  // ---- The page has stopped -----------------------------------------------------------------------

  function overlay(title, intro, detail) {
    if (stopped) return;
    stopped = true;
    root.setAttribute("data-stopped", "");
    whenBody(function () {
      var cover = element(doc.body, "div");
      cover.className = "plain-cover";
      cover.setAttribute("role", "alertdialog");
      cover.setAttribute("aria-modal", "true");
      cover.setAttribute("aria-labelledby", "stopped-title");
      var box = element(cover, "div");
      box.className = "plain";
      var head = element(box, "h1", title);
      head.id = "stopped-title";
      head.tabIndex = -1;
      element(box, "p", intro);
      var save = element(box, "button", "导出本机数据");
      save.className = "plain-main";
      var show = element(box, "button", "显示为文本");
      var again = element(box, "button", "重新打开");
      var said = element(box, "p");
      said.setAttribute("role", "status");
      var area = null;

      function say(words) {
        said.textContent = words;
      }
      function withStored(act) {
        var now = new Date();
        try {
          act(storedText(), now);
        } catch (e) {
          say("没有导出成功：浏览器不允许读取本机数据。" + e);
        }
      }
      save.onclick = function () {
        withStored(function (text, now) {
          download(text, fileName(now));
          say("已交给浏览器下载：" + fileName(now));
        });
      };
      show.onclick = function () {
        withStored(function (text) {
          if (!area) {
            area = doc.createElement("textarea");
            area.readOnly = true;
            area.setAttribute("aria-label", "本机数据");
            box.insertBefore(area, said);
          }
          area.value = text;
          area.focus();
          area.select();
          say("已全部选中，复制后存成文件");
        });
      };
      again.onclick = function () { location.reload(); };
      element(box, "pre", detail).className = "plain-detail";
      head.focus();
    });
  }

  // Called by the panic hook, and for a trap that passed it by.
  window.tcPanic = function (message) {
    overlay("页面出错，已停止运行",
      "已经保存的数据还在本机浏览器里。请先导出一份，再重新打开；若仍然出错，把导出的文件和下面的出错信息交给管理员。",
      String(message));
  };

  // Called when the page could not be started.
  window.tcStartFailed = function (message) {
    overlay("页面没有打开",
      "可能是网络中断，或网站正在更新。请检查网络后重新打开。已经保存的数据还在本机浏览器里，也可以先导出一份。",
      String(message));
  };

  // Called when a part of the page came whole and this browser cannot run it.
  window.tcCannotCompile = function (error) {
    overlay("这部分页面在这个浏览器里打不开",
      "浏览器太旧，或网站上的文件不完整。请先重新打开；仍打不开时请更新浏览器，或换一个较新的浏览器。已经保存的数据还在本机浏览器里。",
      String(error));
  };

  window.addEventListener("error", function (event) {
    var started = root.hasAttribute("data-ready");
    var target = event.target;
    if (target && target.nodeName === "SCRIPT") {
      if (!started) window.tcStartFailed("没有取到 " + target.src);
    } else if (event.error && event.error instanceof WebAssembly.RuntimeError) {
      window.tcPanic(event.error);
    } else if (!started && event.message) {
      window.tcStartFailed(event.message + " " + (event.filename || "") + ":" + (event.lineno || 0));
    }
  }, true);

  // A page that comes at once needs no splash.
  root.setAttribute("data-quick", "");
  setTimeout(function () {
    root.removeAttribute("data-quick");
  }, SPLASH_AFTER_MS);

  setTimeout(function () {
    var note = doc.getElementById("splash-note");
    if (note && !stopped && !root.hasAttribute("data-ready")) note.textContent = "网络较慢，正在打开，请稍候";
  }, SLOW_AFTER_MS);
})();

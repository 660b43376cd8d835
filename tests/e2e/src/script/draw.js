// Draws one kind of chart by turns with ECharts. Arguments: [kind, rows, columns, rounds, rounds that do not count].
const [kind, rows, columns, rounds, warm] = arguments[0];
const WIDTH = 900;
const count = (n, word) => Array.from({ length: n }, (_, i) => word(i));

// The same numbers for both, others in every round.
function numbers(round) {
  let state = 20221122 + round;
  const next = () => ((state = (state * 1103515245 + 12345) % 2147483648) >>> 8) % 41;
  return count(rows * columns, next);
}

function option(values) {
  const row = (i) => values.slice(i * columns, (i + 1) * columns);
  const text = { fontSize: 13 };
  const plain = { animation: false, grid: { left: 60, right: 60, top: 30, bottom: 30 } };
  if (kind === "bars") {
    return {
      ...plain,
      legend: {},
      xAxis: { type: "category", data: count(rows, (i) => "片区" + (i + 1)), axisLabel: text },
      yAxis: { type: "value", axisLabel: text },
      series: count(columns, (c) => ({ type: "bar", name: "工程" + (c + 1), data: count(rows, (i) => row(i)[c]) })),
    };
  }
  if (kind === "lines") {
    return {
      ...plain,
      xAxis: { type: "category", data: count(columns, (i) => `${18 + Math.floor(i / 12)}年${(i % 12) + 1}月`), axisLabel: text },
      yAxis: { type: "value", axisLabel: text },
      series: count(rows, (i) => ({ type: "line", name: "工程" + (i + 1), data: row(i), showSymbol: false, endLabel: { show: true, formatter: "{a}" } })),
    };
  }
  return {
    ...plain,
    xAxis: { type: "category", data: count(columns, (m) => m + 1 + "月"), axisLabel: text },
    yAxis: { type: "category", data: count(rows, (i) => `第${i + 1}村`), axisLabel: { ...text, interval: 0 } },
    visualMap: { type: "piecewise", min: 0, max: 41, splitNumber: 5, show: false },
    series: [{ type: "heatmap", label: { show: true }, data: values.map((v, i) => [i % columns, Math.floor(i / columns), v]) }],
  };
}

return (async () => {
  const page = await import(new URL("./page.js", location.href).href);
  await page.default({ module_or_path: new URL("./page_bg.wasm", location.href).href });
  const canvas = document.body.appendChild(document.createElement("canvas"));
  page.prepare(kind, new Float64Array(numbers(0)), columns);
  const height = page.draw(canvas, WIDTH, kind === "heat" ? 0 : 360, devicePixelRatio);
  if (!(height > 0)) throw new Error("nothing was drawn");
  const place = document.body.appendChild(document.createElement("div"));
  place.style.cssText = `width:${WIDTH}px;height:${height}px`;
  const chart = echarts.init(place, null, { renderer: "canvas" });
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    const values = numbers(round);
    page.prepare(kind, new Float64Array(values), columns);
    const given = option(values);
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const start = performance.now();
    page.draw(canvas, WIDTH, kind === "heat" ? 0 : 360, devicePixelRatio);
    const between = performance.now();
    chart.setOption(given);
    // ECharts would paint with the next frame; here it paints now.
    chart.getZr().flush();
    const end = performance.now();
    if (round >= warm) {
      times.ours.push(between - start);
      times.theirs.push(end - between);
    }
  }
  chart.dispose();
  return times;
})();

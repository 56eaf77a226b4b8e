/* Draws the charts of a page. Each element with data-chart names its kind and, in data-source, the id of the
   json_script that holds its numbers; the same numbers stand in a table beside it, so nothing is lost without
   this script. No inline script, no eval, no inline style: the page's policy allows none. */
"use strict";

(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const ink = colour("--ink") || "#1c2b2d";
  const palette = ["#0b6b66", "#c9822b", "#3f6fa8", "#8a5a9e", "#5f8f3a", "#b0483c", "#566170"];
  const font = getComputedStyle(document.body).fontFamily;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const number = new Intl.NumberFormat("en");
  const percent = (part, whole) => (whole ? Math.floor((100 * part) / whole) : 0);

  const base = () => ({
    animation: !isStill,
    color: palette,
    textStyle: { fontFamily: font, color: ink },
    tooltip: { renderMode: "richText", confine: true, textStyle: { fontFamily: font, color: ink } },
  });

  /* {rows: [{label, reached, target}]}: how far each target is reached, in per cent. */
  function progress({ rows }) {
    const shown = [...rows].reverse(); // the first row on top
    return {
      ...base(),
      grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
      xAxis: { type: "value", min: 0, max: 100, axisLabel: { formatter: "{value} %" }, splitLine: { lineStyle: { color: "#e4e2d9" } } },
      yAxis: {
        type: "category", data: shown.map((row) => row.label), axisTick: { show: false },
        axisLine: { show: false }, axisLabel: { width: 150, overflow: "break", color: ink },
      },
      tooltip: {
        ...base().tooltip,
        formatter: ({ dataIndex }) => {
          const row = shown[dataIndex];
          return `${row.label}\n${number.format(row.reached)} / ${number.format(row.target)}`;
        },
      },
      series: [{
        type: "bar", barMaxWidth: 18, showBackground: true,
        backgroundStyle: { color: "#e9e7df", borderRadius: 9 }, itemStyle: { borderRadius: 9 },
        data: shown.map((row) => Math.min(100, percent(row.reached, row.target))),
        label: {
          show: true, position: "right", color: ink,
          formatter: ({ dataIndex }) => `${percent(shown[dataIndex].reached, shown[dataIndex].target)} %`,
        },
      }],
    };
  }

  /* {months: [label], series: [{name, values}]}: counts by month, stacked. */
  function months({ months: labels, series }, element) {
    return {
      ...base(),
      legend: { bottom: 0, itemWidth: 14, textStyle: { color: ink } },
      grid: { left: 8, right: 16, top: 16, bottom: element.clientWidth < 600 ? 110 : 60, containLabel: true },
      tooltip: { ...base().tooltip, trigger: "axis", valueFormatter: (value) => number.format(value) },
      xAxis: { type: "category", data: labels, axisTick: { show: false }, axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", minInterval: 1, splitLine: { lineStyle: { color: "#e4e2d9" } } },
      series: series.map(({ name, values }) => ({ name, data: values, type: "bar", stack: "all", barMaxWidth: 28 })),
    };
  }

  /* A pointy-topped hexagon round the place (column, row) of a grid whose odd rows are shifted by a half. */
  function hexagon(column, row) {
    const x = column + (row % 2 ? 0.5 : 0);
    const y = (-row * Math.sqrt(3)) / 2;
    const radius = 0.96 / Math.sqrt(3); // a little less than touching
    const corners = [0, 1, 2, 3, 4, 5, 0].map((corner) => {
      const angle = ((60 * corner + 30) * Math.PI) / 180;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
    return { type: "Polygon", coordinates: [corners] };
  }

  /* {tiles: [{code, label, short, column, row, reached, target}]}: a tile map, no boundary drawn or disputed. */
  function hexmap({ tiles }) {
    const features = tiles.map(({ code, column, row }) => ({
      type: "Feature", properties: { name: code }, geometry: hexagon(column, row),
    }));
    echarts.registerMap("tiles", { type: "FeatureCollection", features });
    // The scale ends at the next full ten above the furthest region, so that early months show differences too.
    const furthest = Math.max(...tiles.map(({ reached, target }) => percent(reached, target)), 1);
    const top = Math.min(100, Math.ceil(furthest / 10) * 10);
    const byCode = new Map(tiles.map((tile) => [tile.code, tile]));
    return {
      ...base(),
      visualMap: {
        min: 0, max: top, orient: "horizontal", left: "center", bottom: 0, itemHeight: 140, calculable: false,
        text: [`${top} %`, "0 %"], inRange: { color: ["#eef3ef", "#9fd3c7", "#2b9a8c", "#0d4f4d"] },
        textStyle: { color: ink },
      },
      tooltip: {
        ...base().tooltip,
        formatter: ({ name }) => {
          const tile = byCode.get(name);
          return tile ? `${tile.label}\n${number.format(tile.reached)} / ${number.format(tile.target)}` : "";
        },
      },
      series: [{
        type: "map", map: "tiles", nameProperty: "name", aspectScale: 1, selectedMode: false,
        left: 8, right: 8, top: 8, bottom: 48, itemStyle: { borderColor: "#fff", borderWidth: 1.5, areaColor: "#e9e7df" },
        emphasis: { itemStyle: { areaColor: "#f0b35a" }, label: { color: ink } },
        data: tiles.map(({ code, short, reached, target }) => {
          const value = Math.min(100, percent(reached, target));
          return {
            name: code, value,
            label: { show: true, formatter: short, fontSize: 11, color: value > 0.55 * top ? "#fff" : ink },
          };
        }),
      }],
    };
  }

  const kinds = { progress, months, hexmap };
  for (const element of document.querySelectorAll("[data-chart]")) {
    const source = document.getElementById(element.dataset.source);
    element.classList.add("is-drawn"); // shown first, so that it has a size to draw in
    const chart = echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(kinds[element.dataset.chart](JSON.parse(source.textContent), element));
    new ResizeObserver(() => chart.resize()).observe(element);
  }
})();

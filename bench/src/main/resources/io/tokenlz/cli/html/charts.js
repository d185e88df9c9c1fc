
"use strict";
// what the sections of a report are made of: numbers, elements, tables, charts
const data = JSON.parse(document.getElementById("data").textContent);
const CODECS = { "hypertokens": "hyper", "meta flat": "flat", "meta nested": "nested" };
const OURS = "ours";
const MOST_BARS = 30;
const MOST_TEXTS = 12;
const LONG_NAME = 24;
const redraws = [];

// ---- numbers and elements ------------------------------------------------------------------------------------------------

const known = value => typeof value === "number" && Number.isFinite(value);
const number = (value, digits) => known(value)
    ? value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : "–";
const percent = value => known(value) ? number(100 * value, 1) + " %" : "–";
const speed = value => number(value, known(value) && value < 10 ? 2 : value < 100 ? 1 : 0);
const tokens = count => count >= 1 << 20 && count % (1 << 20) === 0 ? (count >> 20) + "M"
    : count >= 1024 && count % 1024 === 0 ? (count >> 10) + "k" : number(count, 0);
const plural = (count, noun) => number(count, 0) + " " + noun + (count === 1 ? "" : "s");
const sum = (rows, value) => rows.reduce((total, row) => total + value(row), 0);
const find = id => document.getElementById(id);

/** An element; whatever is text in it stays text. */
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(child => child !== undefined && child !== null));
  return made;
}

const colourOf = name => CODECS[name] ?? (name === data.frames || name.split(",")[0] === OURS ? "hyper" : "rival");
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

/** Long names keep their ends, which tell files apart. */
const shortened = (name, most) => name.length > most ? "…" + name.slice(name.length - most + 1) : name;

const fileName = path => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
const paths = [...new Set(data.texts.flatMap(text => [text.kind, text.name]))];
const fileNamesTell = new Set(paths.map(fileName)).size === paths.length;

/** A text's name, without its folder where that tells nothing. */
const named = path => fileNamesTell ? fileName(path) : path;

// ---- tables --------------------------------------------------------------------------------------------------------------

/** A table in a box that scrolls by itself. Columns: {head, cell(row), best(row), words}; the first one names the rows. */
function table(box, label, columns, rows) {
  const head = element("tr", {}, ...columns.map(column =>
    element("th", { scope: "col", className: column.words ? "words" : "" }, column.head)));
  const body = rows.map(row => {
    const cells = columns.map((column, i) => i === 0
      ? element("th", { scope: "row", className: column.cell(row).length > LONG_NAME ? "long" : "" }, column.cell(row))
      : element("td", { className: column.words ? "words" : column.best?.(row) ? "best" : "" }, column.cell(row)));
    return element("tr", { className: row.sum ? "sum" : "" }, ...cells);
  });
  box.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  box.tabIndex = 0;
}

// ---- charts --------------------------------------------------------------------------------------------------------------

function legend(entries) {
  return element("ul", { className: "legend" }, ...entries.map(entry =>
    element("li", {}, element("i", { className: entry.colour + " " + (entry.shape ?? "") }), entry.label)));
}

/** Draws now, and again when the colours or the paper change. */
function draw(figure, height, label, configuration, ...above) {
  const canvas = element("canvas", {});
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label + " (the table below has the figures)");
  const holder = element("div", { className: "canvas" }, canvas);
  holder.style.height = height + "px";
  figure.replaceChildren(...above, holder);
  let chart = null;
  const redraw = () => {
    chart?.destroy();
    Chart.defaults.color = colour("muted");
    Chart.defaults.borderColor = colour("rule");
    Chart.defaults.font.family = colour("sans");
    Chart.defaults.font.size = 13;
    chart = new Chart(canvas, configuration());
  };
  redraws.push(redraw);
  redraw();
}

const common = () => ({
  animation: false, responsive: true, maintainAspectRatio: false,
  plugins: { legend: { display: false }, tooltip: { displayColors: false } },
});

const axis = more => ({ grid: { drawTicks: false }, border: { display: false }, ...more });

/** A little room on both sides of what is drawn on a logarithmic scale. */
const room = values => ({ min: Math.min(...values.filter(known)) / 1.35, max: Math.max(...values.filter(known)) * 1.35 });

/** Ticks at 1, 2 and 5 of each power of ten, or at the powers alone where there are many or little room. */
const logarithmic = more => axis({
  type: "logarithmic",
  afterBuildTicks(scale) {
    const low = Math.floor(Math.log10(scale.min));
    const high = Math.ceil(Math.log10(scale.max));
    const steps = high - low > 2 || (scale.isHorizontal() ? scale.width : 2 * scale.height) < 300 ? [1] : [1, 2, 5];
    scale.ticks = [];
    for (let power = low; power <= high; power++) {
      scale.ticks.push(...steps.map(step => ({ value: step * 10 ** power })));
    }
    scale.ticks = scale.ticks.filter(tick => tick.value >= scale.min && tick.value <= scale.max);
  },
  ticks: { maxRotation: 0, autoSkip: true, autoSkipPadding: 10, callback: value => number(value, value < 1 ? 1 : 0) },
  ...more,
});

const names = most => axis({
  grid: { display: false },
  ticks: {
    color: colour("ink"), padding: 6, autoSkip: false,
    callback(value) { return shortened(named(this.getLabelForValue(value)), this.chart.width < 480 ? most - 3 : most); },
  },
});

/** Writes each bar's figure behind its end. */
const figures = format => ({
  id: "figures",
  afterDatasetsDraw(chart) {
    const context = chart.ctx;
    context.save();
    context.font = "12px " + colour("sans");
    context.fillStyle = colour("ink");
    context.textBaseline = "middle";
    chart.data.datasets.forEach((dataset, i) => chart.getDatasetMeta(i).data.forEach((bar, j) => {
      if (known(dataset.data[j])) {
        context.fillText(format(dataset.data[j]), Math.max(bar.x, bar.base) + 5, bar.y);
      }
    }));
    context.restore();
  },
});

/** Horizontal bars. Series: {label, colour (or one for each bar), values}. */
function bars(figure, label, labels, series, format, more) {
  const entries = series.length > 1 ? [legend(series)] : [];
  const height = labels.length * (series.length * 17 + 13) + 34;
  draw(figure, height, label, () => ({
    type: "bar",
    data: {
      labels,
      datasets: series.map(one => ({
        label: one.label ?? "",
        data: one.values,
        backgroundColor: Array.isArray(one.colour) ? one.colour.map(colour) : colour(one.colour),
        barPercentage: .92, categoryPercentage: .84, minBarLength: 1,
      })),
    },
    options: {
      ...common(),
      indexAxis: "y",
      layout: { padding: { right: 60 } },
      scales: { x: axis({ beginAtZero: true, ticks: { maxTicksLimit: 6, maxRotation: 0, ...more?.ticks }, ...more?.axis }), y: names(18) },
      plugins: {
        legend: { display: false },
        tooltip: { displayColors: false, callbacks: { label: item => (item.dataset.label + " " + format(item.raw)).trim() } },
      },
    },
    plugins: [figures(format)],
  }), ...entries);
}


// the sections of a report, behind charts.js in one script

// ---- what was measured ---------------------------------------------------------------------------------------------------

const allOf = codec => data.allCodecs.find(row => row.codec === codec);
const kinds = [...new Set(data.codecs.map(row => row.kind))];
const kindTokens = kind => data.codecs.find(row => row.kind === kind).tokensIn;
const charted = kinds.length > MOST_BARS
    ? [...kinds].sort((a, b) => kindTokens(b) - kindTokens(a)).slice(0, MOST_BARS) : kinds;
const codecOf = (kind, codec) => data.codecs.find(row => row.kind === kind && row.codec === codec);
const scenarioOf = name => data.wire.scenarios.find(scenario => scenario.scenario === name);
const best = [...data.allCodecs].sort((a, b) => b.removed - a.removed)[0];
const timed = known(best.encode);
const documents = data.documentTokens === 0 ? "each a stream of its own"
    : "in documents of " + number(data.documentTokens, 0) + " tokens at most";

function header() {
  const counted = data.texts.filter(text => kinds.includes(text.kind));
  find("headline").textContent = data.differences.length > 0 ? "Not all tokens came back"
      : best.removed > 0 ? "Up to " + number(100 * best.removed, 0) + " % fewer tokens, and every one comes back"
      : "Nothing to remove, and every token comes back";
  find("summary").textContent = plural(counted.length, "text") + ", " + plural(sum(counted, text => text.tokens), "token")
      + ", " + documents + ".";
  if (data.differences.length > 0) {
    find("differences").hidden = false;
    find("differences").append("What did not come back:", element("ul", {}, ...data.differences.map(text => element("li", {}, text))));
  }
  const messages = scenarioOf("messages").all;
  const ours = messages.find(row => row.contender === OURS);
  const rival = messages.find(row => row.contender === scenarioOf("messages").rival);
  const hyper = allOf("hypertokens");
  const tiles = [
    [percent(hyper.removed), "of tokens removed by hypertokens, which go token by token"],
    [percent(best.removed), "by the codec that removes most here, " + best.codec],
    [percent(best.attentionSaved), "of attention compute saved with it"],
    [[number(ours.bytesPerToken, 2), element("small", {}, " bytes")],
      "a token on the wire, in messages of 512; " + number(rival.bytesPerToken, 2) + " with " + rival.contender],
  ];
  find("tiles").append(...tiles.map(([figure, meaning]) =>
    element("div", {}, element("dt", {}, meaning), element("dd", {}, ...[figure].flat()))));
}

function how() {
  const facts = [
    ["Machine", data.surroundings.machine],
    ["JDK", data.surroundings.jdk + " (" + data.surroundings.system + "), flags: " + data.surroundings.flags],
    ["Load", data.surroundings.loadBefore + " before, " + data.surroundings.loadAfter
        + " after (processes that want a core)"],
    ["Timed", data.seconds > 0 ? data.seconds + " s for each figure" : "not at all"],
    ["Taken", data.surroundings.taken + ", " + data.surroundings.version],
  ];
  const list = entries => entries.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]);
  find("facts").append(...list(facts));
  find("configurations").append(...list(Object.entries(data.configurations)));
  const byKind = data.texts.some(text => text.kind !== text.name);
  table(find("texts"), "Texts", [
    { head: "text", cell: text => named(text.name) },
    ...byKind ? [{ head: "kind", cell: text => named(text.kind), words: true }] : [],
    { head: "tokens", cell: text => number(text.tokens, 0) },
    { head: "IDs below", cell: text => number(text.vocabularySize, 0) },
    { head: "bytes of text", cell: text => number(text.bytes, 0) },
    { head: "bytes a token", cell: text => number(text.bytes / text.tokens, 2) },
  ], data.texts);
  find("all-texts").open = data.texts.length <= MOST_TEXTS;
  find("page-command").textContent = data.commands.page;
  for (const code of document.querySelectorAll("code[data-command]")) {
    code.textContent = data.commands[code.dataset.command] ?? data.commands.page;
  }
}

/** A share for every text and codec: chart and table. */
function shares(name, title, value) {
  const codecs = Object.keys(CODECS);
  bars(find(name + "-chart"), title, charted, codecs.map(codec => ({
    label: codec, colour: CODECS[codec], values: charted.map(kind => value(codecOf(kind, codec))),
  })), percent, { axis: { max: 1 }, ticks: { callback: share => number(100 * share, 0) + " %" } });
  if (charted.length < kinds.length) {
    find(name + "-chart").append(element("figcaption", {}, "The " + MOST_BARS + " longest texts; the table has all."));
  }
  const rows = kinds.map(kind => ({ kind, of: codec => codecOf(kind, codec) }));
  if (kinds.length > 1) {
    rows.push({ kind: "all tokens", sum: true, of: allOf });
  }
  table(find(name + "-table"), title, [
    { head: "", cell: row => named(row.kind) },
    ...codecs.map(codec => ({
      head: codec,
      cell: row => percent(value(row.of(codec))),
      best: row => codecs.every(other => value(row.of(other)) <= value(row.of(codec))),
    })),
    { head: "of tokens", cell: row => number(row.of(codecs[0]).tokensIn, 0) },
  ], rows);
  return rows;
}

function removed() {
  const rows = shares("removed", "Share of tokens removed", row => row.removed);
  table(find("left-table"), "Tokens left", [
    { head: "", cell: row => named(row.kind) },
    { head: "tokens", cell: row => number(row.of("hypertokens").tokensIn, 0) },
    ...Object.keys(CODECS).map(codec => ({ head: codec, cell: row => number(row.of(codec).tokensOut, 0) })),
  ], rows);
}

// ---- speed ---------------------------------------------------------------------------------------------------------------

const DIRECTIONS = [["encode", "dot"], ["decode", "dot hollow"]];

function speeds() {
  if (!timed) {
    find("speed-chart").replaceChildren(element("p", {}, "Nothing was timed (--seconds 0)."));
    return;
  }
  const load = Math.max(...[data.surroundings.loadBefore, data.surroundings.loadAfter].map(Number).filter(known));
  if (load > data.surroundings.cores) {
    find("busy").hidden = false;
    find("busy").textContent = "The machine was busy: " + number(load, 1) + " processes wanted its " + data.surroundings.cores
        + " cores. Every speed on this page is too low, and some more than others. Shares and sizes are right.";
  }
  const rows = [...data.allCodecs.map(row => ({ ...row, name: row.codec })),
    ...data.allRivals.map(row => ({ ...row, name: row.contender }))];
  draw(find("speed-chart"), rows.length * 32 + 44, "Million tokens a second", () => ({
    type: "line",
    data: {
      labels: rows.map(row => row.name),
      datasets: DIRECTIONS.map(([direction]) => ({
        label: direction,
        data: rows.map(row => row[direction]),
        showLine: false,
        pointRadius: 6, pointHoverRadius: 7, pointBorderWidth: 2,
        pointBorderColor: rows.map(row => colour(colourOf(row.name))),
        pointBackgroundColor: rows.map(row => colour(direction === "encode" ? colourOf(row.name) : "paper")),
      })),
    },
    options: {
      ...common(),
      indexAxis: "y",
      layout: { padding: { right: 12 } },
      scales: {
        x: logarithmic({ ...room(DIRECTIONS.flatMap(([direction]) => rows.map(row => row[direction]))), title: { display: true, text: "million tokens a second" } }),
        y: { ...names(18), offset: true, grid: { drawTicks: false } },
      },
      plugins: {
        legend: { display: false },
        tooltip: { displayColors: false, callbacks: { label: item => item.dataset.label + " " + speed(item.raw) + " million a second" } },
      },
    },
  }), legend(DIRECTIONS.map(([label, shape]) => ({ label, shape, colour: "plain" }))));
  table(find("speed-table"), "Million tokens a second", [
    { head: "million tokens a second", cell: row => row.name },
    { head: "encode", cell: row => speed(row.encode) },
    { head: "decode", cell: row => speed(row.decode) },
    { head: "tokens removed", cell: row => known(row.removed) ? percent(row.removed) : "none" },
    { head: "bytes a token", cell: row => number(row.bytesPerToken, 2) },
  ], rows);
  const byText = [...data.codecs.map(row => ({ ...row, name: row.codec })), ...data.rivals.map(row => ({ ...row, name: row.contender }))];
  const of = (kind, name) => byText.find(row => row.kind === kind && row.name === name);
  table(find("speed-by-text"), "Million tokens a second by text", [
    { head: "million tokens a second", cell: kind => named(kind) },
    ...rows.flatMap(({ name }) => DIRECTIONS.map(([direction]) => ({ head: name + ", " + direction, cell: kind => speed(of(kind, name)[direction]) }))),
  ], kinds);
}

// ---- length --------------------------------------------------------------------------------------------------------------

function lengths() {
  const rows = data.lengths.rows;
  const all = [...new Set(rows.map(row => row.documentTokens))];
  const codecs = Object.keys(CODECS);
  const of = (length, codec) => rows.find(row => row.documentTokens === length && row.codec === codec);
  const nanos = value => number(value, 1);
  find("length-text").textContent = "Documents of " + (all.length > 1 ? "several lengths" : "one length")
      + ", cut from the longest text, " + named(data.lengths.text) + ". Where time grows with the length, a line of time a token stays level; "
      + "where it grows faster, the line climbs.";
  find("length-legend").replaceChildren(legend(codecs.map(codec => ({ label: codec, colour: CODECS[codec] }))));
  const wide = value => {
    const values = rows.map(value).filter(known);
    return Math.max(...values) > 10 * Math.min(...values);
  };
  const time = (title, value) => [title + (wide(value) ? " (log)" : ""), value,
    wide(value) ? logarithmic(room(rows.map(value))) : axis({ beginAtZero: true, ticks: { maxTicksLimit: 5 } }), nanos];
  const panels = [
    ["Tokens removed", row => row.removed,
      axis({ beginAtZero: true, ticks: { maxTicksLimit: 5, callback: share => number(100 * share, 0) + " %" } }), percent],
    ...timed ? [time("Encoding, ns a token", row => row.encodeNanos), time("Decoding, ns a token", row => row.decodeNanos)] : [],
  ];
  for (const [title, value, scale, format] of panels) {
    const figure = element("figure", { className: "chart" });
    find("length-charts").append(element("div", {}, element("h3", {}, title), figure));
    draw(figure, 230, title + " by length of the document", () => ({
      type: "line",
      data: { datasets: codecs.map(codec => ({
        label: codec, data: all.map(length => ({ x: length, y: value(of(length, codec)) })),
        borderColor: colour(CODECS[codec]), backgroundColor: colour(CODECS[codec]), borderWidth: 2, pointRadius: 3.5,
      })) },
      options: {
        ...common(),
        scales: {
          x: axis({ type: "logarithmic", title: { display: true, text: "tokens in a document" },
            ticks: { maxRotation: 0, autoSkip: true, callback: tokens },
            afterBuildTicks: lengths => { lengths.ticks = all.map(length => ({ value: length })); } }),
          y: scale,
        },
        plugins: {
          legend: { display: false },
          tooltip: { displayColors: false, callbacks: {
            title: items => number(items[0].parsed.x, 0) + " tokens", label: item => item.dataset.label + " " + format(item.parsed.y) } },
        },
      },
    }));
  }
  if (timed && all.length > 1) {
    table(find("length-growth"), "Growth of time with length", [
      { head: "", cell: fit => fit.codec },
      { head: "encode", cell: fit => number(fit.encode, 2) },
      { head: "decode", cell: fit => number(fit.decode, 2) },
    ], data.lengths.growth);
  } else {
    find("length-growth").replaceChildren(element("p", {}, "Not fitted: that takes two lengths and their times."));
  }
  table(find("length-table"), "Cost by length", [
    { head: "tokens in a document", cell: length => number(length, 0) },
    ...codecs.flatMap(codec => [
      { head: codec + ", removed", cell: length => percent(of(length, codec).removed) },
      ...timed ? [
        { head: "encode, ns a token", cell: length => number(of(length, codec).encodeNanos, 1) },
        { head: "decode, ns a token", cell: length => number(of(length, codec).decodeNanos, 1) },
      ] : [],
    ]),
  ], all);
}

// ---- wire ----------------------------------------------------------------------------------------------------------------

function wire() {
  const losses = [];
  for (const scenario of data.wire.scenarios) {
    const rows = scenario.all.filter(row => known(row.bytesPerToken));
    const ours = rows[0];
    const smallest = Math.min(...rows.map(row => row.bytesPerToken));
    const figure = element("figure", { className: "chart" });
    const all = element("div", { className: "table" });
    const byText = element("div", { className: "table" });
    const title = scenario.title[0].toUpperCase() + scenario.title.slice(1);
    find("wire-charts").append(element("div", {}, element("h3", {}, title), element("p", {}, scenario.description), figure, all,
      kinds.length > 1 ? element("details", {}, element("summary", {}, "By text"), byText) : null));
    bars(figure, title + ": bytes a token", rows.map(row => row.contender),
      [{ colour: rows.map(row => colourOf(row.contender)), values: rows.map(row => row.bytesPerToken) }],
      value => number(value, 2));
    table(all, title, [
      { head: "", cell: row => row.contender },
      { head: "bytes a token", cell: row => number(row.bytesPerToken, 3), best: row => row.bytesPerToken === smallest },
      ...timed ? [
        { head: "encode, M/s", cell: row => speed(row.encodeMillionTokensPerSecond) },
        { head: "decode, M/s", cell: row => speed(row.decodeMillionTokensPerSecond) },
      ] : [],
    ], rows);
    const at = (kind, name) => kind.contenders.find(row => row.contender === name);
    table(byText, title + " by text", [
      { head: "bytes a token", cell: kind => named(kind.kind) },
      ...rows.map(row => ({
        head: row.contender,
        cell: kind => number(at(kind, row.contender).bytesPerToken, 3),
        best: kind => kind.contenders.every(other => !(other.bytesPerToken < at(kind, row.contender).bytesPerToken)),
      })),
    ], scenario.kinds);
    for (const rival of rows.filter(row => row.contender.split(",")[0] !== OURS)) {
      losses.push({ title, rival: rival.contender, size: rival.bytesPerToken / ours.bytesPerToken,
        encode: rival.encodeMillionTokensPerSecond / ours.encodeMillionTokensPerSecond,
        decode: rival.decodeMillionTokensPerSecond / ours.decodeMillionTokensPerSecond });
    }
  }
  const won = losses.filter(row => row.size < 1 || row.encode > 1 || row.decode > 1);
  if (won.length === 0) {
    find("wire-losses").replaceChildren(element("p", {}, "None, here."));
    return;
  }
  const times = value => known(value) ? number(value, 2) + " ×" : "–";
  table(find("wire-losses"), "Where others win", [
    { head: "use", cell: row => row.title },
    { head: "rival", cell: row => row.rival, words: true },
    { head: "bytes", cell: row => times(row.size), best: row => row.size < 1 },
    { head: "encoding", cell: row => times(row.encode), best: row => row.encode > 1 },
    { head: "decoding", cell: row => times(row.decode), best: row => row.decode > 1 },
  ], won);
}

header();
how();
removed();
shares("attention", "Share of attention compute saved", row => row.attentionSaved);
speeds();
lengths();
wire();
find("made-by").textContent = "Made by " + data.surroundings.version + " on " + data.surroundings.taken
    + ". This file asks no other host for anything.";

const redrawAll = () => redraws.forEach(redraw => redraw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawAll);
matchMedia("print").addEventListener("change", redrawAll);

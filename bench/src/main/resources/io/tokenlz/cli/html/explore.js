
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const TINTS = 4;
const find = id => document.getElementById(id);
const count = value => value.toLocaleString("en");
let options = 0;
let running = null;
let stream = null;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Text in which line breaks and tabs can be seen. */
function seen(text, breaks) {
  return text.split(/(\n|\t)/).filter(part => part !== "").flatMap(part =>
    part === "\n" ? [element("span", { className: "mark" }, "↵"), ...breaks ? ["\n"] : []]
      : part === "\t" ? [element("span", { className: "mark" }, "⇥"), ...breaks ? ["\t"] : []] : [part]);
}

// ---- a stream as it is shown ---------------------------------------------------------------------------------------------

function begin(codec) {
  const meta = codec.startsWith("meta");
  for (const id of ["given", "waiting", "entries"]) {
    find(id).replaceChildren();
  }
  find("entries-name").textContent = meta ? "Dictionary" : "Codebook";
  find("entries-hint").textContent = meta
      ? "Sent in front of each block of at most 8,192 tokens, and paid for."
      : "Never sent: both sides build it from the stream itself.";
  find("bytes").hidden = true;
  stream = { meta, taken: 0, covered: 0, ids: 0, tint: 0, entries: new Map(), dictionary: null, current: null };
  inspect(null);
  counts();
}

function counts() {
  find("count-in").textContent = count(stream.taken);
  find("count-out").textContent = count(stream.ids);
  find("count-waiting").textContent = count(stream.taken - stream.covered);
  find("count-fewer").textContent = stream.covered > 0
      ? (100 * (stream.covered - stream.ids) / stream.covered).toFixed(1) + " %" : "–";
  find("entries-count").textContent = count(stream.entries.size);
}

/** Base tokens went in; what stands for them may have come out before this was told. */
function take(event) {
  const span = event.texts.map((text, i) => [event.at + i, text]).filter(([at]) => at >= stream.covered)
      .map(([, text]) => element("span", {}, ...seen(text, true)));
  find("waiting").append(...span);
  stream.taken = event.at + event.ids.length;
  find("state").textContent = count(stream.taken) + " of " + count(event.of) + " tokens went in";
}

/** IDs came out. An ID may stand for the entry that comes with it. */
function give(event) {
  for (const item of event.items) {
    if (item.renewed) {
      find("entries").replaceChildren();
      stream.entries.clear();
    }
    addEntries(item.entries ?? []);
    stream.ids++;
    if (item.role === "dictionary") {
      addToDictionary(item);
    } else {
      stream.dictionary = null;
      addId(item);
    }
  }
}

function addId(item) {
  const phrase = item.role === "phrase";
  const span = element("span", { className: phrase ? "phrase tint" + stream.tint++ % TINTS : "base" }, ...seen(item.text, true));
  span.dataset.id = item.id;
  span.setAttribute("role", "option");
  span.meaning = item;
  find("given").append(span);
  stream.covered += item.tokens.length;
  for (let i = 0; i < item.tokens.length && find("waiting").firstChild; i++) {
    find("waiting").firstChild.remove();
  }
  const entry = phrase ? stream.entries.get(item.id) : undefined;
  if (entry) {
    entry.uses++;
    entry.row.classList.add("used");
    entry.row.lastChild.textContent = count(entry.uses) + "×";
  }
}

/** The IDs of a dictionary are one thing to look at. */
function addToDictionary(item) {
  if (stream.dictionary === null) {
    const span = element("span", { className: "dictionary" });
    span.dataset.id = item.id;
    span.setAttribute("role", "option");
    span.meaning = { role: "dictionary", ids: 0 };
    find("given").append(span, "\n");
    stream.dictionary = span;
  }
  stream.dictionary.textContent = "dictionary: " + count(++stream.dictionary.meaning.ids) + " IDs";
}

function addEntries(entries) {
  for (const entry of entries) {
    const text = element("code", {}, ...seen(entry.text, false));
    const row = element("div", { className: "entry" }, element("span", { className: "number" }, String(entry.id)), text,
      element("span", { className: "number" }, ""));
    row.setAttribute("role", "option");
    row.dataset.id = entry.id;
    row.meaning = { role: "entry", ...entry };
    find("entries").append(row);
    stream.entries.set(entry.id, { row, uses: 0 });
  }
}

function end(event) {
  find("state").textContent = event.exact ? "Done: every token came back." : "";
  if (!event.exact) {
    complain("What came back is not what went in. This is a bug: please keep the text and report it.");
  }
  find("bytes-rows").replaceChildren(...Object.entries(event.bytes).map(([name, bytes]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, count(bytes)),
      element("td", {}, (bytes / event.tokens).toFixed(2) + " a token"))));
  find("bytes").hidden = false;
}

// ---- looking at one ID ---------------------------------------------------------------------------------------------------

function inspect(target) {
  stream?.current?.classList.remove("current");
  stream?.current?.removeAttribute("aria-selected");
  document.querySelectorAll(".same").forEach(same => same.classList.remove("same"));
  if (stream) {
    stream.current = target;
  }
  if (!target) {
    find("inspected").textContent = "Point at an ID, or go to it by arrow keys, to see what it stands for.";
    return;
  }
  target.classList.add("current");
  target.setAttribute("aria-selected", "true");
  const meaning = target.meaning;
  if (meaning.role === "dictionary") {
    find("inspected").textContent = count(meaning.ids)
        + " IDs of the stream are this block’s dictionary, its delimiters included. The entries are listed beside the stream.";
    return;
  }
  const what = { base: "a token of the vocabulary: ", entry: "stands for ", phrase: "stands for " }[meaning.role];
  const parts = [element("b", {}, String(meaning.id)), " " + what, element("code", {}, ...seen(meaning.text, false))];
  if (meaning.role !== "base") {
    const uses = stream.entries.get(meaning.id)?.uses;
    parts.push(", " + count(meaning.tokens.length) + " tokens: " + meaning.tokens.join(" ")
        + (uses === undefined ? "" : "; used " + count(uses) + (uses === 1 ? " time" : " times")));
    const inStream = target.closest("#stream") !== null;
    document.querySelectorAll((inStream ? "#entries" : "#stream") + " [data-id='" + meaning.id + "']")
        .forEach(other => other.classList.add("same"));
    const row = stream.entries.get(meaning.id)?.row;
    if (inStream && row) {
      find("entries").scrollTop = row.offsetTop - find("entries").clientHeight / 2;
    }
  }
  find("inspected").replaceChildren(...parts);
}

/** Pointing and arrow keys choose what is looked at. */
function makeInspectable(box, next, previous) {
  const option = target => target.closest?.("[data-id]");
  const choose = target => {
    if (target) {
      inspect(target);
      target.id = target.id || "option-" + ++options;
      box.setAttribute("aria-activedescendant", target.id);
    }
  };
  box.addEventListener("pointerover", event => choose(option(event.target)));
  box.addEventListener("click", event => choose(option(event.target)));
  box.addEventListener("keydown", event => {
    const all = [...box.querySelectorAll("[data-id]")];
    const at = all.indexOf(stream?.current);
    const to = next.includes(event.key) ? Math.min(at + 1, all.length - 1)
        : previous.includes(event.key) ? Math.max(at - 1, 0)
        : event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : -1;
    if (to >= 0 && all.length > 0) {
      event.preventDefault();
      choose(all[to]);
      all[to].scrollIntoView({ block: "nearest" });
    }
  });
}

// ---- asking the server ---------------------------------------------------------------------------------------------------

function complain(message) {
  find("problem").textContent = message;
  find("problem").hidden = message === "";
}

const unreachable = failure => {
  throw failure.name === "AbortError" ? failure : new Error("The server is gone. Does it still run?");
};

/** Server-sent events of a response, one by one. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const read = () => reader.read().catch(unreachable);
  for (let part = await read(); !part.done; part = await read()) {
    text += part.value;
    const blocks = text.split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map(line => line.split(/: (.*)/s)));
      yield { name: fields.event, data: JSON.parse(fields.data) };
    }
  }
}

const handlers = { take, give, end };

async function run() {
  running?.abort();
  const mine = running = new AbortController();
  complain("");
  begin(find("codec").value);
  find("stop").disabled = false;
  find("state").textContent = "Starting …";
  let ended = false;
  try {
    const response = await fetch("/streams", {
      method: "POST", signal: mine.signal, headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text: find("text").value, vocabulary: find("vocabulary").value, codec: find("codec").value,
        tokensPerSecond: Number(find("pace").value) }),
    }).catch(unreachable);
    if (!response.ok) {
      throw new Error((await response.json()).message);
    }
    for await (const event of events(response)) {
      const followed = ["stream", "entries"].map(find).filter(box => box.scrollHeight - box.scrollTop - box.clientHeight < 40);
      handlers[event.name](event.data);
      ended ||= event.name === "end";
      counts();
      followed.forEach(box => { box.scrollTop = box.scrollHeight; });
    }
    if (!ended) {
      throw new Error("The stream broke off before its end.");
    }
  } catch (failure) {
    if (mine.signal.aborted) {
      if (running === mine) {
        find("state").textContent = "Stopped.";
      }
    } else {
      find("state").textContent = "";
      complain(failure.message);
    }
  } finally {
    if (running === mine) {
      running = null;
      find("stop").disabled = true;
    }
  }
}

// ---- the form ------------------------------------------------------------------------------------------------------------

const option = name => element("option", { value: name }, name);
find("sample").append(...data.samples.map(sample => option(sample.name)), element("option", { value: "" }, "your own"));
find("vocabulary").append(...data.vocabularies.map(option));
find("vocabulary").value = "o200k_base";
find("codec").append(...data.codecs.map(option));
find("text").value = data.samples[0].text;

function hint() {
  const length = find("text").value.length;
  find("text-hint").textContent = count(length) + " of at most " + count(data.mostCharacters) + " characters. Ctrl+Enter starts.";
}
hint();
find("sample").addEventListener("change", () => {
  find("text").value = data.samples.find(sample => sample.name === find("sample").value)?.text ?? "";
  hint();
  if (find("sample").value === "") {
    find("text").focus();
  }
});
find("text").addEventListener("input", () => {
  find("sample").value = "";
  hint();
});
find("text").addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
find("form").addEventListener("submit", event => {
  event.preventDefault();
  run();
});
find("stop").addEventListener("click", () => running?.abort());
makeInspectable(find("stream"), ["ArrowRight", "ArrowDown"], ["ArrowLeft", "ArrowUp"]);
makeInspectable(find("entries"), ["ArrowDown"], ["ArrowUp"]);
begin(data.codecs[0]);
})();

// One phone, three apps. The server tells what is on them; we show it and pass on the taps.

import { SAYINGS, WORDS } from "/try/try_words.js";

const $ = (id) => document.getElementById(id);
const CHANNELS = ["whatsapp", "sms", "telegram"];
const ATTACHMENTS = {
  whatsapp: ["voice", "picture", "location", "sticker"],
  sms: [],
  telegram: ["voice", "picture", "location", "sticker", "contact", "other_contact"],
};
const SOME_K = "901010000123";
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)।]/g;
const HINDI = /[\u0900-\u097f]/;
const TYPING_SECONDS = 12;

const bubbles = new Map();
const unread = new Set();
let setup = { people: [], bills: [], sms_number: "" };
let person = null;
let channel = remembered("channel", CHANNELS) ?? "whatsapp";
let language = remembered("language", ["en", "hi"]) ?? (navigator.language.startsWith("hi") ? "hi" : "en");
let editing = null;
let typing = null;
let rows = [];
let settled = false; // what was there before this page was opened is not news

// What this browser remembers.

function remembered(name, allowed) {
  try {
    const value = localStorage.getItem(`try.${name}`);
    return allowed.includes(value) ? value : null;
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(`try.${name}`, value);
  } catch {
    // Some browsers keep nothing; then nothing is kept.
  }
}

// Small change.

const word = (name) => WORDS[language][name];
const k = () => setup.bills[0]?.k_number ?? SOME_K;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function clock(at) {
  return new Intl.DateTimeFormat(language === "hi" ? "hi-IN-u-nu-latn" : "en-IN", {
    hour: "numeric",
    minute: "2-digit",
    timeZone: "Asia/Kolkata",
  }).format(at);
}

const speaks = (text) => (HINDI.test(text) ? "hi" : undefined);

function linked(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(from, found.index));
    parts.push(make("a", { href: found[0], target: "_blank", rel: "noopener" }, found[0]));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

// Saying something.

async function say(what) {
  hush();
  if (what.kind !== "edit") expectAnswer();
  let answer;
  try {
    const response = await fetch("/try/say", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ channel, person: person.phone, ...what }),
    });
    answer = response.ok ? await response.json() : { taken: false, cannot: true };
  } catch {
    answer = { taken: false, status: 0 };
  }
  if (!answer.taken) {
    stopTyping();
    $("trouble").textContent = answer.cannot ? word("cannot") : word("refused")(answer.status);
  }
}

function hush() {
  $("trouble").textContent = "";
}

function expectAnswer() {
  stopTyping();
  const dots = make("li", { class: "bubble theirs typing" }, make("span", { class: "unseen" }, word("typing")), make("i"), make("i"), make("i"));
  typing = { dots, timer: setTimeout(stopTyping, TYPING_SECONDS * 1000) };
  typing.delay = setTimeout(() => {
    $("log").append(dots);
    toBottom();
  }, 350);
}

function stopTyping() {
  if (!typing) return;
  clearTimeout(typing.timer);
  clearTimeout(typing.delay);
  typing.dots.remove();
  typing = null;
}

function tap(bubble, button, row = false) {
  say({
    kind: "tap",
    message: bubble.id,
    payload: button.payload,
    label: button.label,
    description: button.description,
    row,
  });
}

// Bubbles.

const mine = (bubble) => person !== null && bubble.channel === channel && bubble.person === person[channel];

function time(bubble) {
  const parts = [];
  if (bubble.edited) parts.push(`${word("edited")} `);
  parts.push(clock(bubble.at));
  const line = make("span", { class: "time" }, ...parts);
  if (!bubble.ours && bubble.channel !== "sms") line.append(icon("ticks"));
  return line;
}

function attachment(one) {
  if (one.kind === "picture" && one.url) {
    return make("a", { class: "photo", href: one.url, target: "_blank", rel: "noopener" }, make("img", { src: one.url, alt: one.name, onload: () => nearBottom() && toBottom() }));
  }
  if (one.kind === "sticker") return make("span", { class: "big" }, "🙏");
  const shown = { picture: word("pictureShown"), contact: word("contactShown") }[one.kind] ?? word(one.kind);
  const parts = [icon(one.kind), make("span", {}, make("b", {}, shown), one.kind === "voice" ? make("span", { class: "wave" }) : make("small", {}, one.size ? `${one.name} · ${Math.ceil(one.size / 1024)} kB` : one.name))];
  if (one.url) {
    return make("a", { class: "file", href: one.url, target: "_blank", rel: "noopener" }, ...parts);
  }
  return make("span", { class: "file" }, ...parts);
}

function buttonOf(bubble, button) {
  if (button.url) {
    return make("a", { class: "choice", href: button.url, target: "_blank", rel: "noopener", lang: speaks(button.label) }, button.label);
  }
  const pressed = () => (button.shares_contact ? say({ kind: "contact" }) : tap(bubble, button));
  const leading = bubble.channel === "whatsapp" ? icon("reply") : null;
  return make("button", { type: "button", class: "choice", lang: speaks(button.label), onclick: pressed }, leading, button.label);
}

function choices(bubble) {
  const rowsOf = bubble.buttons.map((row) => make("div", { class: "choice-row" }, ...row.map((button) => buttonOf(bubble, button))));
  if (bubble.rows.length) {
    const open = () => openList(bubble);
    rowsOf.push(make("div", { class: "choice-row" }, make("button", { type: "button", class: "choice", lang: speaks(bubble.list_label), "aria-haspopup": "dialog", onclick: open }, icon("list"), bubble.list_label)));
  }
  return rowsOf.length ? make("div", { class: "choices" }, ...rowsOf) : null;
}

function openList(bubble) {
  $("sheet-title").textContent = bubble.list_label;
  $("sheet-rows").replaceChildren(
    ...bubble.rows.map((row) =>
      make("button", { class: "row", lang: speaks(row.label), onclick: () => tap(bubble, row, true) }, make("b", {}, row.label), row.description ? make("small", {}, row.description) : null),
    ),
  );
  const glass = $("screen").getBoundingClientRect();
  const sheet = $("sheet");
  // Where the phone is partly out of sight, the sheet stays in the middle of the screen.
  sheet.classList.toggle("on-phone", glass.bottom <= innerHeight + 8);
  sheet.style.setProperty("--from-left", `${glass.left}px`);
  sheet.style.setProperty("--from-bottom", `${Math.max(innerHeight - glass.bottom, 0)}px`);
  sheet.style.setProperty("--phone-width", `${glass.width}px`);
  sheet.showModal();
  $("sheet-rows").querySelector("button").focus();
}

function smallPrint(bubble) {
  const words = [];
  if (bubble.note) words.push(bubble.note);
  if (bubble.segments) words.push(bubble.segments === 1 ? word("segment") : word("segments")(bubble.segments));
  if (bubble.error) words.push(`${word("notDelivered")} · ${bubble.error}`);
  return words.length ? make("span", { class: "print" }, words.join(" · ")) : null;
}

function draw(bubble) {
  const side = bubble.ours ? "theirs" : "mine";
  const files = bubble.attachments.map(attachment);
  const body = make("div", { class: "body", lang: speaks(bubble.text) }, ...files, bubble.text ? make("p", {}, ...linked(bubble.text)) : null, time(bubble));
  const changeable = !bubble.ours && bubble.channel === "telegram" && bubble.text && !bubble.attachments.length;
  const pencil = changeable ? make("button", { type: "button", class: "icon pencil", "aria-label": `${word("edit")}: ${bubble.text}`, title: word("edit"), onclick: () => edit(bubble) }, icon("edit")) : null;
  return make("li", { class: `bubble ${side}${bubble.error ? " lost" : ""}`, "data-id": bubble.id }, make("div", { class: "line" }, pencil, body), choices(bubble), smallPrint(bubble));
}

function nearBottom() {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 260;
}

function toBottom() {
  $("log").scrollTop = $("log").scrollHeight;
}

function put(bubble) {
  const fresh = !bubbles.has(bubble.id);
  bubbles.set(bubble.id, bubble);
  if (!mine(bubble)) {
    if (fresh && bubble.ours && settled) unread.add(`${bubble.person} ${bubble.channel}`);
    return;
  }
  const log = $("log");
  const stay = nearBottom() || !bubble.ours;
  if (fresh) {
    log.querySelector(".empty")?.remove();
    if (bubble.ours) stopTyping();
    log.append(draw(bubble));
    if (typing?.dots.isConnected) log.append(typing.dots);
    if (stay) toBottom();
    drawKeyboard();
    return;
  }
  const old = log.querySelector(`[data-id="${CSS.escape(bubble.id)}"]`);
  if (!old) return;
  const held = old.contains(document.activeElement);
  const next = draw(bubble);
  if (old.textContent !== next.textContent || old.className !== next.className || old.querySelectorAll(".choice").length !== next.querySelectorAll(".choice").length) {
    old.replaceWith(next);
    if (held) $("words").focus();
    drawKeyboard();
    if (stay) toBottom();
  }
}

function take(news) {
  news.forEach(put);
  if (news.length) drawTabs();
  settled = true;
}

function drawLog() {
  const log = $("log");
  // Only what is new is read aloud, not a whole conversation at every change of app.
  log.setAttribute("aria-live", "off");
  stopTyping();
  const shown = [...bubbles.values()].filter(mine);
  log.replaceChildren(...shown.map(draw));
  if (!shown.length) log.append(make("li", { class: "empty" }, word(channel === "sms" ? "emptySms" : "empty")));
  drawKeyboard();
  toBottom();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

function drawKeyboard() {
  const last = [...bubbles.values()].filter((bubble) => mine(bubble) && bubble.ours).at(-1);
  const keys = last?.keyboard ?? [];
  $("keyboard").hidden = keys.length === 0;
  $("keyboard").replaceChildren(
    ...keys.map((row) =>
      make("div", { class: "choice-row" }, ...row.map((key) => make("button", { type: "button", class: "choice", lang: speaks(key.label), onclick: () => say(key.shares_contact ? { kind: "contact" } : { kind: "text", text: key.label }) }, key.shares_contact ? icon("contact") : null, key.label))),
    ),
  );
}

// The rest of the phone.

function drawTabs() {
  for (const tab of document.querySelectorAll('[role="tab"]')) {
    const name = tab.dataset.channel;
    const chosen = name === channel;
    tab.setAttribute("aria-selected", chosen);
    tab.tabIndex = chosen ? 0 : -1;
    tab.querySelector(".dot").hidden = chosen || !person || !unread.has(`${person[name]} ${name}`);
  }
}

function drawPhone() {
  document.querySelector(".device").dataset.channel = channel;
  $("screen").setAttribute("aria-labelledby", `tab-${channel}`);
  $("peer").textContent = channel === "sms" ? setup.sms_number : "Bijli Saathi";
  $("peer-note").textContent = word("note")[channel];
  const placeholder = word("placeholder")[channel];
  $("words").placeholder = typeof placeholder === "function" ? placeholder(k()) : placeholder;
  const kinds = ATTACHMENTS[channel];
  $("attach").hidden = kinds.length === 0;
  closeAttachments();
  $("attachments").replaceChildren(
    ...kinds.map((kind) =>
      make("button", { type: "button", onclick: () => (closeAttachments(), say({ kind }), $("words").focus()) }, make("span", { class: "blob" }, icon(kind === "other_contact" ? "contact" : kind)), word(kind)),
    ),
  );
}

function closeAttachments() {
  $("attachments").hidden = true;
  $("attach").setAttribute("aria-expanded", "false");
}

function choose(name) {
  channel = name;
  remember("channel", name);
  if (person) unread.delete(`${person[name]} ${name}`);
  stopEditing();
  hush();
  drawTabs();
  drawPhone();
  drawSayings();
  drawLog();
}

function become(somebody) {
  person = somebody;
  remember("person", somebody.phone);
  for (const name of CHANNELS) if (name === channel) unread.delete(`${person[name]} ${name}`);
  stopEditing();
  hush();
  drawTabs();
  drawLog();
}

function edit(bubble) {
  editing = bubble;
  $("editing").hidden = false;
  $("editing").querySelector("span").textContent = bubble.text;
  $("words").value = bubble.text;
  grow();
  $("words").focus();
}

function stopEditing() {
  if (!editing) return;
  editing = null;
  $("editing").hidden = true;
  $("words").value = "";
  grow();
}

function grow() {
  const field = $("words");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
}

function offer(text) {
  const field = $("words");
  field.value = text;
  grow();
  field.focus();
}

// Beside the phone.

function drawPeople() {
  $("people").replaceChildren(
    ...setup.people.map((somebody) => {
      const input = make("input", { type: "radio", name: "person", value: somebody.phone, checked: somebody.phone === person?.phone });
      input.addEventListener("change", () => become(somebody));
      return make("label", { class: "person" }, input, make("span", { class: "initial", "aria-hidden": "true", lang: speaks(somebody.name) }, [...somebody.name][0]), make("span", { class: "person-words" }, make("b", { lang: speaks(somebody.name) }, somebody.name), make("span", { class: "number" }, pretty(somebody.phone)), make("small", {}, somebody[`about_${language}`])));
    }),
  );
}

const pretty = (phone) => phone.replace(/^(\+91)(\d{5})(\d{5})$/, "$1 $2 $3");

function drawSayings() {
  $("sayings").replaceChildren(
    ...SAYINGS[channel].map((text) => {
      const filled = text.replace(/\bK\b/, k());
      return make("button", { type: "button", lang: speaks(filled), onclick: () => offer(filled) }, filled);
    }),
  );
}

function drawBills() {
  $("bills").replaceChildren(
    ...setup.bills.map((bill) =>
      make("li", {}, make("button", { type: "button", onclick: () => offer(channel === "telegram" ? `/bill ${bill.k_number}` : `BILL ${bill.k_number}`) }, make("span", { class: "k" }, bill.k_number), make("span", {}, bill[`label_${language}`]))),
    ),
  );
}

function tone(state) {
  if (["delivered", "read", "paid", "posted", "answered", "resolved", "closed"].includes(state)) return "good";
  if (["failed", "duplicate"].includes(state)) return "bad";
  if (["queued", "waiting", "sending", "retry", "unknown", "asked", "expired", "open"].includes(state)) return "slow";
  return "plain";
}

function drawRows() {
  $("no-rows").hidden = rows.length > 0;
  const known = new Map([...$("rows").children].map((row) => [row.dataset.key, row.dataset.state]));
  $("rows").replaceChildren(
    ...[...rows]
      .sort((a, b) => b.at - a.at)
      .map((row) => {
        const news = known.size > 0 && known.get(row.key) !== row.state;
        const glyph = row.kind in { message: 1, reply: 1 } && CHANNELS.includes(row.channel) ? row.channel : row.kind;
        const sprite = document.getElementById(`i-${glyph}`) ? glyph : "document";
        return make("li", { class: `staff-row ${row.kind}${news ? " news" : ""}`, "data-key": row.key, "data-state": row.state }, make("span", { class: "kind" }, icon(sprite)), make("div", {}, make("p", { lang: speaks(row.words) }, row.words), make("small", {}, `${word("kinds")[row.kind] ?? row.kind} · ${clock(row.at)}`)), make("span", { class: `state ${tone(row.state)}` }, word("states")[row.state] ?? row.state));
      }),
  );
}

// Words and colours.

function drawWords() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of document.querySelectorAll("[data-word-label]")) {
    node.setAttribute("aria-label", word(node.dataset.wordLabel));
    if (node.matches("button")) node.title = word(node.dataset.wordLabel);
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", button.dataset.language === language);
  }
  drawPeople();
  drawPhone();
  drawSayings();
  drawBills();
  drawRows();
  drawLog();
  drawClock();
}

function drawClock() {
  $("clock").textContent = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Kolkata" }).format(Date.now());
}

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

// Wiring.

document.querySelectorAll("[data-language]").forEach((button) =>
  button.addEventListener("click", () => {
    language = button.dataset.language;
    remember("language", language);
    drawWords();
  }),
);

$("theme").addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
});

document.querySelector('[role="tablist"]').addEventListener("click", (event) => {
  const tab = event.target.closest('[role="tab"]');
  if (tab) choose(tab.dataset.channel);
});

document.querySelector('[role="tablist"]').addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose(CHANNELS[(CHANNELS.indexOf(channel) + step + CHANNELS.length) % CHANNELS.length]);
  $(`tab-${channel}`).focus();
});

$("attach").addEventListener("click", () => {
  const open = $("attachments").hidden;
  $("attachments").hidden = !open;
  $("attach").setAttribute("aria-expanded", open);
  toBottom();
  if (open) $("attachments").querySelector("button").focus();
});

$("attachments").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeAttachments();
  $("attach").focus();
});

$("stop-editing").addEventListener("click", stopEditing);
$("words").addEventListener("input", grow);
$("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("compose").requestSubmit();
  }
  if (event.key === "Escape") stopEditing();
});

$("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("words").value.trim();
  if (!text || !person) return;
  const changed = editing;
  stopEditing();
  $("words").value = "";
  grow();
  say(changed ? { kind: "edit", message: changed.id, text } : { kind: "text", text });
});

function listen() {
  const events = new EventSource("/try/events");
  events.addEventListener("open", hush);
  events.addEventListener("bubbles", (event) => take(JSON.parse(event.data)));
  events.addEventListener("staff", (event) => {
    rows = JSON.parse(event.data);
    drawRows();
  });
  events.addEventListener("error", () => {
    $("trouble").textContent = word("lost");
  });
}

async function begin() {
  const theme = remembered("theme", ["light", "dark"]);
  if (theme) document.documentElement.dataset.theme = theme;
  setup = await (await fetch("/try/setup")).json();
  const last = remembered("person", setup.people.map((somebody) => somebody.phone));
  person = setup.people.find((somebody) => somebody.phone === last) ?? setup.people[0] ?? null;
  drawWords();
  choose(channel);
  setInterval(drawClock, 10_000);
  listen();
}

begin();

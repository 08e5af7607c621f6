// Growing by adding processes: edge, gateways, uploaders and workers of one installation on a
// MongoDB, many customers, a crowd of posts that come due at one moment, and workers that are
// killed all the time. Every post that was acknowledged must be seen by the audience once: zero
// lost, zero doubled. Says also how many a second 1, 2 and 4 workers publish, and what one costs.
//
// A killed worker may leave a transaction open, which the server has to give up by itself: MongoDB
// does, after a minute (transactionLifetimeLimitSeconds). A round with kills ends minutes after its
// last post: a lease is waited for, and two looks at what was being published.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

import { Person } from "../../tools/person.mjs";
import { cpuOf, Fleet } from "./fleet.mjs";
import { dropDatabase } from "./database.mjs";

const { values: given } = parseArgs({
  options: {
    store: { type: "string", default: process.env.HERALD_TEST_MONGO_URI }, // Without a database.
    "store-pid": { type: "string", multiple: true, default: [] }, // To count its CPU, too.
    customers: { type: "string", default: "100" },
    accounts: { type: "string", default: "10" }, // Each customer's.
    posts: { type: "string", default: "50000" }, // Of the round with kills,
    "rate-posts": { type: "string", default: "4000" }, // and of each round without.
    workers: { type: "string", multiple: true, default: ["1", "2", "4"] }, // The last: with kills.
    "kill-every": { type: "string", default: "5" }, // Seconds; 0: never.
    "in-flight": { type: "string", default: "4" }, // Of each worker: as many die with it.
    writers: { type: "string", default: "16" }, // Requests at once that create posts.
  },
});
const number = (name) => Number(given[name]);
if (!given.store) throw new Error("--store or HERALD_TEST_MONGO_URI: which MongoDB?");
const started = performance.now();
const seconds = () => (performance.now() - started) / 1000;
const say = (line) => console.log(`${seconds().toFixed(0).padStart(5)} s  ${line}`);

// As many at once as `width`.
async function inParallel(items, width, work) {
  const rest = items[Symbol.iterator]();
  const one = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: width }, one));
}

// Says yes for some of the person's Pages.
const agreeTo = (pages) => async (authUrl) => {
  const scopes = new URL(authUrl).searchParams.get("scope").split(/[ ,]/);
  const fields = new URLSearchParams({ decision: "allow", picked: "1" });
  for (const scope of scopes) fields.append("permission", scope);
  for (const page of pages) fields.append("page", page);
  const answer = await fetch(authUrl, { method: "POST", body: fields, redirect: "manual" });
  return answer.headers.get("location");
};

async function furnish(fleet) {
  const count = number("accounts");
  const { ids } = await fleet.control("meta/pages", { count: number("customers") * count });
  // Here it would hide a post that is sent twice.
  await fleet.control("switches", { "meta.duplicate_status": "off" });
  const people = [];
  for (let i = 0; i < number("customers"); ++i) {
    const email = `person${i}@scale.test`;
    const who = ["--customer", `customer${i}`, "--email", email];
    fleet.run(["user", "add", ...who], "a password of ours");
    const person = new Person(fleet.url);
    person.token = fleet.run(["token", "--email", email, "--minutes", "1440"]);
    const agree = agreeTo(ids.slice(i * count, (i + 1) * count));
    const wish = { all: true, query: "?figures=false", agree };
    person.accounts = await person.connect("facebook", wish);
    assert.equal(person.accounts.length, count);
    people.push(person);
  }
  return people;
}

// Returns what each acknowledged post says. A request without an answer is repeated under its key.
async function write(fleet, people, round, count, dueAt) {
  const texts = new Set();
  await inParallel(Array(count).keys(), number("writers"), async (n) => {
    const person = people[n % people.length];
    const account = person.accounts[Math.floor(n / people.length) % person.accounts.length];
    const text = `${round}, post ${n}`;
    const targets = [{ account_id: account.id, kind: "text", options: {} }];
    const body = JSON.stringify({ text, targets, due_at: dueAt.toISOString() });
    const headers = {
      authorization: `Bearer ${person.token}`,
      "content-type": "application/json",
      "idempotency-key": text.replaceAll(/\W+/g, "-"),
    };
    for (;;) {
      const options = { method: "POST", headers, body };
      const answer = await fetch(`${person.api}/posts`, options).catch(() => null);
      const said = await answer?.text().catch(() => null);
      if (answer?.status === 201 && said) break;
      const again = !answer || !said || [409, 429, 502, 503, 504].includes(answer.status);
      if (!again) throw new Error(`${answer.status}: ${said}`);
      await pause(200);
    }
    texts.add(text);
  });
  return texts;
}

// Follows what the audience sees from its `after`th entry on.
async function look(fleet, after, seen) {
  const { entries } = await fleet.control(`ledger?after=${after}`);
  for (const { event, text, at_ms } of entries) {
    if (event === "post") seen.push({ text, at: at_ms });
  }
  return after + entries.length;
}

// Their posts of that status.
async function posts(people, status, most) {
  const pages = await Promise.all(
    people.map((one) => one.json(`${one.api}/posts?status=${status}&limit=${most}`)),
  );
  return pages.flatMap((page) => page.posts);
}

// Nothing of theirs is under way any more, or to be looked for, in Herald's own word.
async function atRest(people) {
  for (const status of ["scheduled", "publishing"]) {
    if ((await posts(people, status, 1)).length > 0) return false;
  }
  const doubtful = ({ deliveries }) => deliveries.some(({ state }) => state === "unknown");
  return !(await posts(people, "needs_attention", 100)).some(doubtful);
}

// A second's posts between the tenth and the ninetieth hundredth: without start and end.
function rateOf(seen) {
  const times = seen.map(({ at }) => at).sort((a, b) => a - b);
  const [from, to] = [0.1, 0.9].map((part) => times[Math.floor((times.length - 1) * part)]);
  return (times.length * 0.8 * 1000) / Math.max(to - from, 1);
}

const storeCpu = () => given["store-pid"].reduce((sum, pid) => sum + cpuOf(pid, true), 0);

// The posts are written while no worker runs, and come due together.
async function round(fleet, people, { name, count, workers, killEvery }) {
  let known = await look(fleet, 0, []);
  const begun = seconds();
  const dueAt = new Date(Date.now() + 5_000 + count * 25);
  const texts = await write(fleet, people, name, count, dueAt);
  const rate = count / (seconds() - begun);
  say(`${name}: ${count} posts acknowledged, ${rate.toFixed(0)} a second`);
  await pause(Math.max(0, dueAt - Date.now()));

  const crew = [];
  for (let i = 0; i < workers; ++i) crew.push(await fleet.add("worker"));
  const storeBefore = storeCpu();
  await Promise.all(crew.map((worker) => worker.start()));
  const seen = [];
  let kills = 0;
  let killAt = performance.now() + killEvery * 1000;
  for (let asked = performance.now(), quiet = false; !quiet; ) {
    await pause(1000);
    const before = known;
    known = await look(fleet, known, seen);
    if (known === before && performance.now() > asked + 5_000) {
      asked = performance.now();
      quiet = await atRest(people);
    }
    if (killEvery === 0 || performance.now() < killAt) continue;
    killAt += killEvery * 1000;
    const victim = crew[kills++ % crew.length];
    await victim.end("SIGKILL");
    victim.begin();
  }
  await look(fleet, known, seen);
  const cpu = crew.reduce((sum, worker) => sum + worker.cpu(), 0);
  const storeSpent = storeCpu() - storeBefore;
  const counted = (worker) => (killEvery > 0 ? 0 : worker.counted("herald_store_commands_total"));
  const commands = (await Promise.all(crew.map(counted))).reduce((a, b) => a + b);
  for (const worker of crew) await worker.end("SIGTERM");

  const times = new Map();
  for (const { text } of seen) times.set(text, (times.get(text) ?? 0) + 1);
  const lost = [...texts].filter((text) => !times.has(text)).length;
  const doubled = [...times.values()].filter((often) => often > 1).length;
  const each = (sum, digits) => (sum / count).toFixed(digits);
  say(
    [
      `${name}: ${lost} lost, ${doubled} doubled of ${count}`,
      `${rateOf(seen).toFixed(1)} a second`,
      `CPU of the workers ${each(cpu * 1000, 2)} ms a delivery`,
      ...(storeSpent > 0 ? [`of the store ${each(storeSpent * 1000, 2)} ms`] : []),
      killEvery > 0 ? `${kills} kills` : `${each(commands, 1)} store commands`,
    ].join(", "),
  );
  // A post at which several workers died is left to a person (F-18): not silently, but unseen.
  const deadly = ({ deliveries }) => deliveries.some(({ code }) => code === "worker_died");
  const givenUp = (await posts(people, "failed", 100)).filter(deadly).length;
  if (givenUp > 0) say(`${name}: ${givenUp} of the lost were given up; try a smaller --in-flight`);
  return lost === 0 && doubled === 0 && times.size === texts.size;
}

const database = `herald_scale_${process.pid}`;
const [server, options] = given.store.split("?");
// A busy machine is no failure.
const patience = "socketTimeoutMS=60000&waitQueueTimeoutMS=60000&serverSelectionTimeoutMS=20000";
const store = `${server.replace(/\/$/, "")}/${database}?${options ? `${options}&` : ""}${patience}`;
const fleet = await Fleet.start(store, 2, 2, number("in-flight"));
const verdicts = []; // Of each round.
try {
  const people = await furnish(fleet);
  say(`${people.length} customers with ${number("accounts")} accounts each`);
  const counts = given.workers.map(Number);
  for (const workers of number("rate-posts") > 0 ? counts : []) {
    const name = `${workers} worker${workers > 1 ? "s" : ""}`;
    const count = number("rate-posts");
    verdicts.push(await round(fleet, people, { name, count, workers, killEvery: 0 }));
  }
  if (number("posts") > 0) {
    const last = { name: "with kills", count: number("posts"), workers: counts.at(-1) };
    verdicts.push(await round(fleet, people, { ...last, killEvery: number("kill-every") }));
  }
} finally {
  await fleet.stop();
  await dropDatabase(server, database).catch((error) => say(error.message));
}
const failed = verdicts.filter((good) => !good).length;
console.log(`${verdicts.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

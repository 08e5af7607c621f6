// What the clients send for a post, beside what Herald sends for the same post: the same calls with
// the same fields, or a reason why not (explained.mjs). Both stand in recordings/, which have to
// hold what is sent today:
//
//     node beside.mjs            compares
//     node beside.mjs --update   writes the recordings anew; what differs is still judged
//
// Prints a line per check; exits 1 on any disagreement.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { Person } from "../../tools/person.mjs";
import { kFiles } from "../browser/rig/files.mjs";
import { baker, password, Programs } from "../browser/rig/programs.mjs";
import { kExplained } from "./explained.mjs";
import { differences, recording } from "./recorded.mjs";
import { kSenders } from "./senders.mjs";
import { check, conclude } from "./checks.mjs";

const rye = { title: "On rye", link: "https://bakery.example.com/rye" };
const dough = { title: "Day 3 & more" };
const dawn = { title: "Bread at dawn", tags: ["bread", "rye"], privacy: "unlisted" };

// post: as a sender takes it. kind and options: how it is said to Herald, beside the text, the file
// and the community. X takes no text twice from one account: the client has another there.
const kPlatforms = {
  twitter: {
    client: "twitter-api-v2",
    as: "1500000000000000002",
    posts: {
      text: { post: { text: "Bread at dawn: https://bakery.example.com/rye" } },
      image: { post: { text: "Loaves", alt: "Loaves on a shelf", file: "photo" } },
      thread: {
        post: { text: "Rye today.", more: ["Spelt tomorrow."] },
        kind: "text",
        options: { thread: ["Spelt tomorrow."] },
      },
      poll: {
        post: { text: "Which flour?", answers: ["Rye", "Spelt"], minutes: 60 },
        options: { poll_answers: ["Rye", "Spelt"], poll_minutes: "60" },
      },
    },
  },
  reddit: {
    client: "snoowrap",
    posts: {
      self: { post: { ...dough, text: "It rises.", community: "breadlab" }, options: dough },
      link: { post: { ...rye, community: "breadlab" }, options: { ...rye, again: true } },
    },
  },
  youtube: {
    client: "googleapis",
    posts: {
      video: {
        post: { ...dawn, text: "How we bake.", file: "video" },
        options: { ...dawn, made_for_kids: false },
      },
    },
  },
};

const updates = process.argv.includes("--update");
const programs = await Programs.start({ processing: 0.05 });
const { sandbox } = programs;
const mia = new Person(programs.url);

// What was asked while `act` ran, which returns ids that came of it.
async function during(act) {
  const before = await sandbox.calls(/./);
  const ids = await act();
  const calls = await sandbox.calls(/./);
  return recording(calls.filter(({ number }) => number > (before.at(-1)?.number ?? 0)), ids);
}

async function publish(account, name, { post, kind = name, options }) {
  const media = post.file ? [await mia.uploadBytes(...kFiles[post.file]())] : [];
  if (post.alt) media[0].alt_text = post.alt;
  const said = { text: post.text ?? "", kind, options, target_key: post.community };
  return (await mia.publish(said, account, media)).remote_id;
}

async function recorded(platform, { as, client, posts }) {
  const [account] = await mia.connect(platform);
  const back = `${programs.url}/api/social-media/${platform}/oauth/callback`;
  const sender = await kSenders[platform]({ sandbox: sandbox.url, back, account: as });
  const all = {};
  for (const [name, row] of Object.entries(posts)) {
    const file = row.post.file && kFiles[row.post.file]();
    const there = await during(async () => {
      await sender[name]({ ...row.post, file });
      return [];
    });
    const here = await during(async () => [await publish(account, name, row)]);
    all[name] = { [client]: there, herald: here };
  }
  return all;
}

async function judge(platform, row) {
  const at = new URL(`recordings/${platform}.json`, import.meta.url);
  const { client } = row;
  const now = await recorded(platform, row);
  if (updates) await writeFile(at, `${JSON.stringify(now, null, 1)}\n`);
  const kept = JSON.parse(await readFile(at, "utf8"));
  const explained = kExplained[platform];
  const met = new Set();
  for (const name of Object.keys(row.posts)) {
    await check(`${platform}: ${name} is sent as recorded, by ${client} and by Herald`, () =>
      assert.deepEqual(now[name], kept[name]),
    );
    await check(`${platform}: ${name} has no difference without a reason`, () => {
      const all = differences(now[name][client], now[name].herald);
      for (const one of all) met.add(one);
      assert.deepEqual(all.filter((one) => !explained[one]), []);
    });
  }
  await check(`${platform}: every reason is still needed`, () =>
    assert.deepEqual(Object.keys(explained).filter((one) => !met.has(one)), []),
  );
}

try {
  // Only Herald must not use a connection again for what is visible; Google's library may.
  await sandbox.act("switches", { "core.close_reused": "off" });
  await mia.signIn(baker.email, password);
  for (const [platform, row] of Object.entries(kPlatforms)) {
    await judge(platform, row).catch((error) => check(platform, () => Promise.reject(error)));
  }
} finally {
  await programs.stop();
}
conclude();

// Takes the demo person through the real flow for each platform, without a browser, and waits until
// the audience sees the post. Prints a line per step; exits 1 at the first that does not work.
//
//   node tools/demo.mjs HERALD_URL SANDBOX_URL EMAIL SAMPLES_FOLDER    (the password on stdin)
import { readFileSync } from "node:fs";
import path from "node:path";

import { Person } from "./person.mjs";

const [herald, sandbox, email, samples] = process.argv.slice(2);
const password = readFileSync(0, "utf8").trim();
const person = new Person(herald);

const posts = [
  {
    platform: "instagram",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "image",
    text: "Fresh from the oven. #bread",
    options: {},
  },
  {
    platform: "youtube",
    file: "video.mp4",
    type: "video/mp4",
    kind: "short",
    text: "How we bake.",
    options: { title: "Bread at dawn", made_for_kids: false, privacy: "public" },
  },
  {
    platform: "tiktok",
    file: "video.mp4",
    type: "video/mp4",
    kind: "video",
    text: "How we bake. #bread",
    options: { privacy: "PUBLIC_TO_EVERYONE" },
  },
  {
    platform: "twitter",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "image",
    text: "Fresh from the oven.",
    options: { thread: ["Rye today, spelt tomorrow."] },
  },
  {
    platform: "facebook",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "photo",
    text: "Fresh from the oven.",
    options: {},
  },
  {
    platform: "linkedin",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "image",
    text: "We are hiring a baker (nights).",
    options: {},
  },
  {
    platform: "reddit",
    kind: "self",
    target_key: "r/breadlab",
    text: "Rye or spelt?",
    options: { title: "Which flour do you bake with?" },
  },
  {
    platform: "pinterest",
    file: "photo.jpg",
    type: "image/jpeg",
    kind: "image",
    target_key: "549755885175", // The demo person's board "Bread".
    text: "Fresh from the oven.",
    options: { title: "Rye" },
  },
];

// Of a platform that is not above: words alone, as its first kind of post that wants no more.
function plainest({ id, kinds, target }) {
  const given = ({ required, default: value }) => !required || value !== null;
  const kind = kinds.find(
    ({ text, media, options }) => text.allowed && media.min === 0 && options.every(given),
  );
  if (!kind || target) throw new Error(`give ${id} a post in tools/demo.mjs`);
  return { platform: id, kind: kind.id, text: "Fresh from the oven.", options: {} };
}

// Runs a step, prints what `note` makes of its result and the time it took.
async function step(name, work, note) {
  const begun = performance.now();
  try {
    const result = await work();
    const took = Math.round(performance.now() - begun);
    console.log(`  ✓ ${name}: ${note(result)} (${took} ms)`);
    return result;
  } catch (error) {
    console.error(`  ✗ ${name}: ${error.message}`);
    process.exit(1);
  }
}

async function seen(platform, delivery) {
  const { entries } = await (await fetch(`${sandbox}/_sandbox/ledger`)).json();
  const times = entries.filter((e) => e.platform === platform && e.id === delivery.remote_id).length;
  if (times !== 1) throw new Error(`the audience sees it ${times} times`);
}

await step(
  "signed in",
  () => person.signIn(email, password),
  (session) => session.user.email,
);
const { platforms } = await person.json(`${herald}/api/social-media/platforms`);
const shown = platforms
  .filter(({ configured }) => configured)
  .map((one) => posts.find(({ platform }) => platform === one.id) ?? plainest(one));
async function prove(post) {
  const [account] = await step(
    `${post.platform}: connected`,
    () => person.connect(post.platform),
    ([one]) => one.username ?? one.name,
  );
  const media =
    post.file &&
    (await step(
      `${post.platform}: uploaded`,
      () => person.upload(path.join(samples, post.file), post.type),
      (medium) => `${medium.filename}, ${medium.size_bytes} bytes`,
    ));
  const delivery = await step(
    `${post.platform}: published`,
    () => person.publish(post, account, media),
    (one) => one.url,
  );
  await step(
    `${post.platform}: seen by the audience`,
    () => seen(post.platform, delivery),
    () => "once",
  );
}
await Promise.all(shown.map(prove)); // Side by side: most of it is waiting for the platform.
console.log(`  ✓ proof complete: ${shown.length} platforms`);

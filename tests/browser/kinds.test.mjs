// Kinds of posts that no scene shows, published as a program would: the audience sees each once,
// with what was said about it.
import assert from "node:assert/strict";
import { after, before, describe, it, test } from "node:test";
import { consent, Person } from "../../tools/person.mjs";
import { kFiles } from "./rig/files.mjs";
import { baker, password, Programs } from "./rig/programs.mjs";
import { until } from "./rig/until.mjs";

const kAlt = "A loaf of rye";
const toEveryone = { privacy: "PUBLIC_TO_EVERYONE" };
const aVideo = { title: "Rye", made_for_kids: false, privacy: "public" };
const rye = { link: "https://bakery.example.com/rye", title: "On rye", description: "Slowly." };
const page = /alt="A loaf of rye"/;

// files: what goes along, by its name in kFiles; fileOptions: the same for options that are files.
// from: the account, if not the first. existing: makes what the options are about. seen: what the
// audience's ledger says of it (as, media), what stands on its page, and what came after.
const kKinds = [
  { on: "twitter", kind: "gif", files: ["gif"], alt: kAlt, seen: { page } },
  { on: "twitter", kind: "video", files: ["video"], seen: {} },
  {
    on: "twitter",
    kind: "text",
    // X lets an app quote those who have spoken to its account.
    existing: () => foreign("twitter", { account: "harbourchoir", text: "Thanks, @bluebakery" }),
    options: ({ id }) => ({ quote: `https://x.com/harbourchoir/status/${id}` }),
    seen: { as: "quote" },
  },
  {
    on: "twitter",
    from: "cornerbooks",
    kind: "long_text",
    text: "Rye. ".repeat(60),
    seen: { as: "text" },
  },
  { on: "linkedin", kind: "images", files: ["photo", "photo", "photo"], alt: kAlt, seen: {} },
  {
    on: "linkedin",
    kind: "article",
    options: () => rye,
    fileOptions: { thumbnail: "photo" },
    seen: { media: 1, page: /On rye/ },
  },
  {
    on: "linkedin",
    kind: "document",
    files: ["pdf"],
    options: () => ({ title: "Menu" }),
    seen: { page: /Menu/ },
  },
  {
    on: "linkedin",
    kind: "reshare",
    existing: () => foreign("linkedin"),
    options: ({ id }) => ({ post: id }),
    seen: { page: /Posted by another tool/ },
  },
  {
    on: "facebook",
    kind: "photos",
    files: ["photo", "photo"],
    alt: kAlt,
    seen: { as: "images", page },
  },
  { on: "facebook", kind: "reel", files: ["video"], seen: {} },
  { on: "facebook", kind: "story", files: ["photo"], text: "", seen: {} },
  { on: "facebook", kind: "story", files: ["video"], text: "", seen: {} },
  { on: "tiktok", kind: "photo", files: ["photo", "photo"], options: () => toEveryone, seen: {} },
  {
    on: "tiktok",
    kind: "video",
    files: ["video"],
    options: () => ({ ...toEveryone, transfer: "pull" }),
    seen: {},
  },
  {
    on: "youtube",
    kind: "short",
    files: ["video"],
    existing: newPlaylist,
    options: ({ id }) => ({ ...aVideo, captions_language: "en", playlist: id }),
    fileOptions: { captions: "captions" },
    seen: { after: ["captions: published", "playlist: published"] },
  },
  { on: "instagram", kind: "story", files: ["photo"], text: "", seen: {} },
  { on: "instagram", kind: "image", files: ["photo"], alt: kAlt, seen: { page } },
  { on: "instagram", kind: "carousel", files: ["photo", "video", "photo"], seen: {} },
];

let programs;
let mia;
const accounts = {};
const published = [];
before(async () => {
  programs = await Programs.start({ processing: 0.05 });
  await programs.sandbox.act("switches", { "twitter.video_size": "practice" });
  mia = new Person(programs.url);
  await mia.signIn(baker.email, password);
  for (const on of new Set(kKinds.map((one) => one.on))) [accounts[on]] = await mia.connect(on);
  [accounts.cornerbooks] = await mia.connect("twitter", { account: "cornerbooks" });
});
after(() => programs?.stop());

const foreign = (on, who = {}) => programs.sandbox.act(`${on}/foreign-post`, who);

// As the person would on YouTube itself.
async function newPlaylist() {
  const google = (host, path) => `${programs.sandbox.url}/${host}/${path}`;
  const app = {
    client_id: "sandbox-client.apps.googleusercontent.com",
    redirect_uri: `${programs.url}/api/social-media/youtube/oauth/callback`,
  };
  const scope = "https://www.googleapis.com/auth/youtube";
  const asked = new URLSearchParams({ ...app, response_type: "code", scope, state: "playlist" });
  const back = await consent(`${google("accounts.google.com", "o/oauth2/v2/auth")}?${asked}`);
  const code = new URL(back).searchParams.get("code");
  const secret = { client_secret: "sandbox-google-client-secret" };
  const given = { ...app, ...secret, code, grant_type: "authorization_code" };
  const token = await fetch(google("oauth2.googleapis.com", "token"), {
    method: "POST",
    body: new URLSearchParams(given),
  });
  const { access_token } = await token.json();
  const answer = await fetch(google("www.googleapis.com", "youtube/v3/playlists?part=snippet"), {
    method: "POST",
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ snippet: { title: "Bread" } }),
  });
  return answer.json();
}

// One after another: a person may have so many open at once, and no more.
let uploaded = Promise.resolve();
const upload = (name) => {
  const work = uploaded.then(() => mia.uploadBytes(...kFiles[name]()));
  uploaded = work.catch(() => undefined);
  return work;
};

async function publish(row, said) {
  const { on, from, kind, files = [], alt, fileOptions = {}, existing, options = () => ({}) } = row;
  const set = options(await existing?.());
  const media = await Promise.all(files.map(upload));
  for (const [name, file] of Object.entries(fileOptions)) set[name] = (await upload(file)).id;
  const text = row.text ?? said;
  const account = accounts[from ?? on];
  if (alt) for (const one of media) one.alt_text = alt;
  const delivery = await mia.publish({ text, kind, options: set }, account, media);
  published.push(delivery);
  return delivery;
}

// Facebook gives half of a story's name.
const isOf = (entry, { platform, remote_id: id }) =>
  entry.platform === platform && (entry.id === id || entry.id.endsWith(`_${id}`));

async function seenOf(delivery) {
  const entries = await programs.sandbox.entries(delivery.platform);
  return entries.filter((entry) => /post|changed/.test(entry.event) && isOf(entry, delivery));
}

describe("kinds", { concurrency: true }, () => {
  for (const [number, row] of kKinds.entries()) {
    it(`${row.on}: ${row.kind}${row.files ? ` (${row.files})` : ""}`, async () => {
      const delivery = await publish(row, `Number ${number}`);
      const followed = delivery.follow_ups.map(({ kind, state }) => `${kind}: ${state}`);
      assert.deepEqual(followed, row.seen.after ?? []);
      const entries = await seenOf(delivery);
      assert.equal(entries.length, 1);
      const [{ kind, media, link }] = entries;
      assert.equal(kind, row.seen.as ?? row.kind);
      assert.equal(media.length, row.files?.length ?? row.seen.media ?? 0);
      if (!row.seen.page) return;
      const answer = await fetch(programs.sandbox.placeOf(link));
      assert.match(await answer.text(), row.seen.page);
    });
  }
});

test("what a platform is to show later, it shows at that time", async () => {
  const publish_at = new Date(Date.now() + 20 * 60_000).toISOString();
  const later = (on, kind, files, options) =>
    publish({ on, kind, files, options: () => ({ ...options, publish_at }) }, `Later: ${kind}`);
  const all = await Promise.all([
    later("facebook", "text"),
    later("facebook", "reel", ["video"]),
    later("youtube", "short", ["video"], aVideo),
  ]);
  for (const { message } of all) assert.match(message, / publishes it at .*Z\.$/);
  const shown = async () => {
    for (const { url } of all) await fetch(url); // As the audience, whose look moves things on.
    const entries = await Promise.all(all.map(seenOf));
    return entries.flat().filter(({ audience }) => audience !== "private").length;
  };
  assert.equal(await shown(), 0);
  await programs.sandbox.act("clock", { advance_ms: 25 * 60_000 });
  await until("all of them", async () => (await shown()) === all.length);
});

test("nothing else was shown, and nothing twice", async () => {
  const { sandbox } = programs;
  const everywhere = await Promise.all(Object.keys(accounts).map((on) => sandbox.seen(on)));
  const strange = /harbourchoir|Posted by another tool/;
  const own = everywhere.flat().filter((post) => !strange.test(post.account_name + post.text));
  const known = (post) => published.filter((delivery) => isOf(post, delivery)).length;
  assert.deepEqual(own.map(known), published.map(() => 1));
});

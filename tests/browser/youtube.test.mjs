// The story for YouTube: an upload in pieces that shows how far it is, and that goes on where it
// was when the server dies in its middle.
import assert from "node:assert/strict";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();
const kUploads = /\/upload\/youtube\/v3\/videos$/;

// How many bytes of the file each piece began with, as the sandbox was told.
async function begunAt(sandbox) {
  const pieces = await sandbox.calls(kUploads, "PUT");
  return pieces
    .map(({ headers }) => headers["Content-Range"] ?? headers["content-range"])
    .filter((range) => !range.startsWith("bytes */"))
    .map((range) => Number(/^bytes (\d+)-/.exec(range)[1]));
}

async function composeVideo(mia, title) {
  await walk.compose(mia, "youtube", { text: "How we bake.", title });
  await walk.choose(mia.page, await walk.video());
}

scene("a video goes from the sign-in page to the audience, piece by piece", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  await walk.connect(mia, "youtube");
  await composeVideo(mia, "Bread at dawn");
  const pace = { pattern: "^/upload/", method: "PUT", action: "slow", delay_ms: 120, times: -1 };
  await on.sandbox.fault(pace);
  await walk.publish(mia.page);

  const card = walk.delivery(mia.page, "youtube");
  const bar = card.getByRole("progressbar");
  const shares = new Set();
  const live = card.getByRole("link", { name: "See it live" });
  await until("the end of the upload", async () => {
    const share = await bar.getAttribute("aria-valuenow", { timeout: 100 }).catch(() => null);
    if (share !== null) shares.add(Number(share));
    return await live.isVisible();
  });
  const between = [...shares].filter((share) => share > 0 && share < 100);
  assert.ok(between.length >= 3, `the bar stood at ${[...shares]}`);
  assert.deepEqual(
    between,
    between.toSorted((a, b) => a - b),
  );

  const posts = await on.sandbox.seen("youtube");
  assert.equal(posts.length, 1);
  assert.equal(posts[0].title, "Bread at dawn");
  assert.equal(await live.getAttribute("href"), on.sandbox.placeOf(posts[0].link));
});

scene("killed in the middle of an upload, it goes on where it was", async (on) => {
  const { sandbox, programs } = on;
  const mia = await on.open();
  await mia.signIn();
  await composeVideo(mia, "Bread at noon");
  const before = (await begunAt(sandbox)).length;
  // Four pieces pass, the fifth is on its way for as long as the server lives.
  const stuck = { pattern: "^/upload/", method: "PUT", action: "slow", delay_ms: 60_000, skip: 4 };
  await sandbox.fault(stuck);
  await walk.publish(mia.page);
  await until("the fifth piece", async () => (await begunAt(sandbox)).length === before + 5);
  const stored = (await begunAt(sandbox)).at(-1);

  mia.expects(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION/);
  await programs.killHerald();
  await sandbox.noFaults();
  await programs.startHerald();

  // Nobody reloads the page.
  const card = walk.delivery(mia.page, "youtube");
  await card.getByRole("link", { name: "See it live" }).waitFor();
  const begun = (await begunAt(sandbox)).slice(before);
  assert.equal(begun[5], stored, `pieces began at ${begun}`);
  assert.deepEqual(begun.toSpliced(5, 1), [...new Set(begun)], "no piece was sent twice but that");
  const sessions = await sandbox.calls(kUploads, "POST");
  assert.equal(sessions.length, 2, "one session for each of the two videos");
  const questions = (await sandbox.calls(kUploads, "PUT")).filter(({ headers }) =>
    (headers["Content-Range"] ?? "").startsWith("bytes */"),
  );
  assert.ok(questions.length >= 1, "the session was asked how far it is");
  const posts = await sandbox.seen("youtube");
  assert.equal(posts.filter(({ title }) => title === "Bread at noon").length, 1);
  assert.equal(posts.length, 2);
});

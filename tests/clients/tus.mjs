// The tus protocol's own client, tus-js-client as npm has it, judges Herald's uploads:
//
//     node tus.mjs                              starts Herald itself, and kills it in the middle
//     node tus.mjs http://127.0.0.1:8080 TOKEN  against a running gateway or edge
//
// Prints a line per check; exits 1 on any disagreement.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { Upload } from "tus-js-client";
import { baker, password, Programs } from "../browser/rig/programs.mjs";
import { until } from "../browser/rig/until.mjs";
import { check, conclude } from "./checks.mjs";

const samples = new URL("../../samples/", import.meta.url);
const photo = await readFile(new URL("photo.jpg", samples));
const video = await readFile(new URL("video.mp4", samples));
const piece = Math.ceil(video.length / 8);

const programs = process.argv.length > 2 ? null : await Programs.start();
const base = programs?.url ?? process.argv[2].replace(/\/$/, "");
const media = `${base}/api/social-media/media`;
let token = process.argv[3];

async function signIn() {
  const answer = await fetch(`${base}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: baker.email, password }),
  });
  token = (await answer.json()).access_token;
}
if (programs) await signIn();

const authorized = () => ({ authorization: `Bearer ${token}` });
const idOf = (url) => url.split("/").at(-1);

async function shown(url) {
  return (await fetch(`${media}/${idOf(url)}`, { headers: authorized() })).json();
}

async function ready(url) {
  await until("the medium to be looked at", async () => (await shown(url)).status !== "processing");
  const medium = await shown(url);
  assert.equal(medium.status, "ready", medium.problem);
  return medium;
}

// A line to the server that breaks once, when so many bytes have gone over it.
async function breakingLine(afterBytes) {
  const { hostname, port } = new URL(base);
  let gone = 0;
  let broken = false;
  const line = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on("error", () => far.destroy()).on("close", () => far.destroy());
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    far.pipe(near);
    near.on("data", (bytes) => {
      gone += bytes.length;
      const breaks = !broken && gone >= afterBytes;
      broken ||= breaks;
      far.write(bytes, () => breaks && near.destroy());
    });
  });
  await new Promise((resolve) => line.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${line.address().port}`, close: () => line.close() };
}

// One upload with all its requests written down. `stopAfter`: bytes; then it is aborted.
function upload(file, options = {}) {
  const { stopAfter, ...rest } = options;
  const requests = [];
  return new Promise((resolve, reject) => {
    const one = new Upload(file, {
      endpoint: media,
      headers: authorized(),
      metadata: { filename: "sample", filetype: "" },
      retryDelays: [100, 200, 400],
      onBeforeRequest: (request) => {
        requests.push(`${request.getMethod()} ${request.getHeader("Upload-Offset") ?? ""}`.trim());
      },
      onChunkComplete: (_, accepted) => {
        if (stopAfter !== undefined && accepted >= stopAfter) {
          one.abort().then(() => resolve({ url: one.url, requests, accepted }));
        }
      },
      onError: reject,
      onSuccess: () => resolve({ url: one.url, requests }),
      ...rest,
    });
    one.start();
  });
}

await check("a photo in one go becomes a medium", async () => {
  const metadata = { filename: "Grüße aus Wien.jpg", filetype: "image/jpeg" };
  const { url, requests } = await upload(photo, { metadata });
  assert.deepEqual(requests, ["POST", "PATCH 0"]);
  const medium = await ready(url);
  assert.equal(medium.filename, metadata.filename);
  assert.equal(medium.content_type, "image/jpeg");
  assert.equal(medium.size_bytes, photo.length);
});

await check("the bytes may come with the creation", async () => {
  const { url, requests } = await upload(photo, { uploadDataDuringCreation: true });
  assert.deepEqual(requests, ["POST"]);
  await ready(url);
});

await check("a video in chunks arrives in order", async () => {
  const { url, requests } = await upload(video, { chunkSize: piece });
  const offsets = Array.from({ length: 8 }, (_, i) => `PATCH ${i * piece}`);
  assert.deepEqual(requests, ["POST", ...offsets]);
  assert.equal((await ready(url)).type, "video");
});

await check("an aborted upload goes on from where it stood", async () => {
  const stopped = await upload(video, { chunkSize: piece, stopAfter: 3 * piece });
  assert.equal((await shown(stopped.url)).received_bytes, stopped.accepted);
  assert.ok(stopped.accepted < video.length);
  const { url, requests } = await upload(video, { chunkSize: piece, uploadUrl: stopped.url });
  assert.equal(url, stopped.url);
  assert.deepEqual(requests.slice(0, 2), ["HEAD", `PATCH ${stopped.accepted}`]);
  assert.equal((await ready(url)).size_bytes, video.length);
});

await check("a line that breaks within a request loses nothing that came", async () => {
  const line = await breakingLine(video.length / 2);
  const endpoint = `${line.url}/api/social-media/media`;
  const { url, requests } = await upload(video, { endpoint });
  line.close();
  assert.deepEqual(requests.slice(0, 3), ["POST", "PATCH 0", "HEAD"]);
  const offset = Number(requests[3].match(/^PATCH (\d+)$/)[1]);
  assert.ok(offset > 0 && offset < video.length, `went on at ${offset}`);
  assert.equal(requests.length, 4);
  assert.equal((await ready(url)).size_bytes, video.length);
});

await check("terminating takes the upload away", async () => {
  const { url } = await upload(video, { chunkSize: piece, stopAfter: piece });
  await Upload.terminate(url, { headers: authorized() });
  assert.equal((await fetch(url, { headers: authorized() })).status, 404);
});

await check("an upload that is gone is begun anew", async () => {
  const { url } = await upload(photo, { uploadUrl: `${media}/med_gone` });
  assert.notEqual(idOf(url), "med_gone");
  await ready(url);
});

await check("a token that is no good is told apart from a broken line", async () => {
  const headers = { authorization: "Bearer none" };
  const error = await upload(photo, { headers, retryDelays: null }).then(assert.fail, (e) => e);
  assert.equal(error.originalResponse.getStatus(), 401);
});

if (programs) {
  await check("kill -9 in the middle: the upload goes on where it was", async () => {
    const stopped = await upload(video, { chunkSize: piece, stopAfter: 4 * piece });
    await programs.killHerald();
    await programs.startHerald();
    await signIn();
    const { requests } = await upload(video, { chunkSize: piece, uploadUrl: stopped.url });
    assert.deepEqual(requests.slice(0, 2), ["HEAD", `PATCH ${stopped.accepted}`]);
    assert.equal((await ready(stopped.url)).size_bytes, video.length);
  });
  await programs.stop();
}

conclude();

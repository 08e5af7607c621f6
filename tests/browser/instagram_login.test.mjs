// Instagram by its own sign-in: an account that no Facebook Page has, through all that Herald does
// with it, with the audience's ledger as judge.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Person } from "../../tools/person.mjs";
import { kFiles } from "./rig/files.mjs";
import { baker, password, Programs } from "./rig/programs.mjs";
import { until } from "./rig/until.mjs";

let programs;
let person;
let account;
before(async () => {
  programs = await Programs.start({ processing: 0.05 });
  person = new Person(programs.url);
  await person.signIn(baker.email, password);
});
after(() => programs?.stop());

const upload = (name) => person.uploadBytes(...kFiles[name]());
const shown = async (text) =>
  (await programs.sandbox.entries("instagram")).filter((entry) => entry.text === text);

test("an account without a Page is connected, with all that was allowed", async () => {
  [account] = await person.connect("instagram", { query: "?registration=login" });
  assert.equal(account.username, "miabakes");
  assert.equal(account.granted_scopes.length, 4);
});

test("photo, carousel, reel and story are shown once, the comment under the first", async () => {
  const names = ["photo", "photo", "video"];
  const [photo, other, video] = await Promise.all(names.map(upload));
  const options = { first_comment: "The recipe" };
  const posts = [
    [{ text: "A loaf", kind: "image", options }, photo],
    [{ text: "Two loaves", kind: "carousel", options: {} }, [photo, other]],
    [{ text: "How we bake", kind: "reel", options: {} }, video],
    [{ text: "", kind: "story", options: {} }, photo],
  ];
  for (const [post, media] of posts) {
    await person.publish(post, account, media);
    const entries = (await shown(post.text)).filter(({ event }) => event === "post");
    assert.deepEqual(entries.map(({ kind }) => kind), [post.kind]);
  }
  assert.deepEqual((await shown("The recipe")).map(({ event }) => event), ["comment"]);
});

test("after its token's end a post waits, and goes out once reconnected", async () => {
  await programs.sandbox.act("clock", { advance_ms: 61 * 86_400_000 });
  const photo = await upload("photo");
  const late = { text: "Sixty days later", kind: "image", options: {} };
  await assert.rejects(person.publish(late, account, photo), /expired/);
  const query = `?account_id=${account.id}`;
  const [again] = await person.connect("instagram", { query });
  assert.equal(again.id, account.id);
  await until("the parked post", async () => (await shown(late.text)).length === 1);
});

test("disconnecting says what stays, since Instagram takes nothing back", async () => {
  const path = `${person.api}/instagram/credentials/${account.id}`;
  const { left_standing } = await person.json(path, "DELETE");
  assert.match(left_standing, /Apps and websites/);
});

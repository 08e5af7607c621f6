// Threads, from the consent on its page to what its audience sees.
import assert from "node:assert/strict";
import { Person } from "../../tools/person.mjs";
import { kFiles } from "./rig/files.mjs";
import { baker, password } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage({ processing: 0.1 });
const lineOf = (entry) => `${entry.event} ${entry.kind} by ${entry.account_name}: ${entry.text}`;

async function publishedIn(page) {
  await walk.publish(page);
  await walk.delivery(page, "threads").getByRole("link", { name: "See it live" }).waitFor();
}

scene("a text with a link goes out, its emoji counted as bytes, and then a comment", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  await walk.connect(mia, "threads");
  const text = "Rye 🍞 today, until noon.";
  await walk.compose(mia, "threads", { text });
  await page.getByText("Threads 27 / 500").waitFor(); // The loaf is four.
  const panel = walk.target(page, "threads");
  const field = (name) => panel.getByRole("textbox", { name, exact: true });
  await field("Link").fill("https://bakery.example.com/rye");
  await field("First comment").fill("Spelt tomorrow.");
  await publishedIn(page);

  const seen = async () => (await on.sandbox.entries("threads")).map(lineOf);
  await until("the comment", async () => (await seen()).length > 1);
  assert.deepEqual(await seen(), [
    `post text by @bluebakery: ${text}`,
    "comment text by @bluebakery: Spelt tomorrow.",
  ]);
  const opened = mia.context.waitForEvent("page");
  await walk.delivery(page, "threads").getByRole("link", { name: "See it live" }).click();
  await (await opened).getByText(text).waitFor();
});

scene("a poll goes out, and a text that is too long does not", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  await walk.compose(mia, "threads", { text: "🍞".repeat(126) });
  await page.getByText("Threads 504 / 500").waitFor();
  await page.getByText(/Shorten the text to 500 characters; it has 504/).first().waitFor();
  await page.getByLabel("Text", { exact: true }).fill("Which flour?");
  const panel = walk.target(page, "threads");
  await panel.getByLabel("Kind of post on Threads").selectOption("Poll");
  await panel.getByRole("button", { name: "Add" }).first().click();
  await panel.getByRole("textbox", { name: "Answers, 1", exact: true }).fill("Rye");
  await panel.getByRole("textbox", { name: "Answers, 2", exact: true }).fill("Spelt");
  await publishedIn(page);
  const [poll, ...more] = (await on.sandbox.seen("threads")).filter(({ kind }) => kind === "poll");
  assert.equal(poll.text, "Which flour?");
  assert.deepEqual(more, []);
  const answer = await fetch(on.sandbox.placeOf(poll.link));
  assert.match(await answer.text(), /<li>Rye<\/li><li>Spelt<\/li>/);
});

// As a program would.
scene("photos and videos go out, alone and side by side", async (on) => {
  const mia = new Person(on.programs.url);
  await mia.signIn(baker.email, password);
  const account = (await mia.json(`${mia.api}/accounts`)).accounts[0];
  const wanted = { image: ["photo"], video: ["video"], carousel: ["photo", "video", "photo"] };
  for (const [kind, files] of Object.entries(wanted)) {
    const media = [];
    for (const name of files) media.push(await mia.uploadBytes(...kFiles[name]()));
    media[0].alt_text = "A loaf of rye";
    const post = { text: `Seen: ${kind}`, kind, options: {} };
    const { remote_id } = await mia.publish(post, account, media);
    const seen = (await on.sandbox.seen("threads")).filter(({ text }) => text === post.text);
    assert.deepEqual(
      seen.map((entry) => [entry.id, entry.kind, entry.media.length]),
      [[remote_id, kind, files.length]],
    );
    const page = await (await fetch(on.sandbox.placeOf(seen[0].link))).text();
    if (kind !== "video") assert.match(page, /alt="A loaf of rye"/);
  }
});

// The story for Instagram: from the sign-in to what the audience sees.
import assert from "node:assert/strict";
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();

scene("a photo goes from the sign-in page to the audience", async ({ open, sandbox }) => {
  const mia = await open();
  await mia.signIn();
  const { page } = mia;

  const popup = await walk.popupFrom(mia, walk.connectButton(page, "instagram"));
  await popup.getByRole("heading", { name: /would like to act for you/ }).waitFor();
  await walk.allow(popup);
  await walk.pick(page, "Blue Bakery");
  await walk.accountRow(page, "instagram").waitFor();
  assert.ok(popup.isClosed());

  const text = "Fresh from the oven. #bread";
  await walk.compose(mia, "instagram", { text });
  await walk.drop(page, await walk.photo());
  await sandbox.fault({ pattern: "/media$", method: "POST", action: "slow", delay_ms: 700 });
  const labels = await walk.labelsOf(page);
  await walk.publish(page);
  const card = walk.delivery(page, "instagram");
  await card.getByRole("link", { name: "See it live" }).waitFor();
  const seen = await labels();
  assert.ok(seen.includes("Publishing"), `the page showed ${seen}`);
  assert.equal(seen.at(-1), "Published");

  const posts = await sandbox.seen("instagram");
  assert.equal(posts.length, 1);
  assert.equal(posts[0].text, text);
  const opened = mia.context.waitForEvent("page");
  await card.getByRole("link", { name: "See it live" }).click();
  const live = await opened;
  await live.getByText(text).waitFor();
  assert.equal(live.url(), sandbox.placeOf(posts[0].link));

  const feed = await mia.context.newPage();
  await feed.goto(`${sandbox.url}/_sandbox/feed?refresh=off`);
  const shown = feed.getByRole("article").filter({ hasText: text });
  assert.equal(await shown.count(), 1);
  await shown.getByRole("img").waitFor();
});

scene("a post for later goes out when it is moved to now", async ({ open, sandbox }) => {
  const mia = await open();
  await mia.signIn();
  const { page } = mia;
  const text = "Later bread, now";
  await walk.compose(mia, "instagram", { text });
  await walk.drop(page, await walk.photo());
  await walk.schedule(page);
  const card = walk.delivery(page, "instagram");
  await card.getByText("Scheduled").waitFor();

  // Another tab watches, and is told.
  const watching = await mia.context.newPage();
  await watching.goto(page.url());
  await walk.delivery(watching, "instagram").getByText("Scheduled").waitFor();
  const labels = await walk.labelsOf(watching);

  await page.getByRole("link", { name: "Edit" }).click();
  await walk.when(page, "Now");
  await walk.save(page);
  await walk.delivery(watching, "instagram").getByRole("link", { name: "See it live" }).waitFor();
  const seen = await labels();
  assert.equal(seen.at(-1), "Published");
  assert.equal((await sandbox.seen("instagram")).filter((post) => post.text === text).length, 1);
});

// A grant that is taken back, or was narrow from the start, and an account that is given up.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { baker } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();
const kTakenBack = {
  instagram: "meta/change-password",
  twitter: "twitter/remove-access",
  youtube: "google/remove-access",
};
const kWords = {
  instagram: { text: "Bread again" },
  twitter: { text: "Bread again" },
  youtube: { text: "Bread", title: "Again" },
};
const kFiles = { instagram: walk.photo, youtube: walk.video };

// At X's nothing is told by events: the pages have to ask.
for (const platform of ["instagram", "youtube", "twitter"]) {
  scene(`${platform}: a parked post goes out by itself once it is reconnected`, async (on) => {
    const api = await Api.of(on.programs, baker);
    const { id } = await api.connect(platform);
    const mia = await on.open();
    if (platform === "twitter") {
      mia.expects(/\/events/);
      await mia.context.route(/\/social-media\/events$/, (route) => route.abort());
    }
    await mia.signIn();
    const { page } = mia;
    await on.sandbox.act(kTakenBack[platform]);
    await walk.compose(mia, platform, kWords[platform]);
    if (kFiles[platform]) await walk.choose(page, await kFiles[platform]());
    await walk.publishInVain(page);
    const post = page.url();
    await walk.delivery(page, platform).getByText("Waits for reconnect").waitFor();
    assert.deepEqual(await on.sandbox.seen(platform), []);

    await page.getByRole("link", { name: "Reconnect the account" }).click();
    const row = walk.accountRow(page, platform);
    await row.getByText("One post waits for it.").waitFor();
    const button = row.getByRole("button", { name: "Reconnect", exact: true });
    await walk.allow(await walk.popupFrom(mia, button));
    await button.waitFor({ state: "detached" });
    const [account] = (await api.accounts()).filter((one) => one.platform === platform);
    assert.equal(account.id, id);
    assert.equal(account.status, "connected");

    await page.goto(post);
    await walk.delivery(page, platform).getByRole("link", { name: "See it live" }).waitFor();
    assert.equal((await on.sandbox.seen(platform)).length, 1);
  });
}

scene("disconnecting asks first, gives the grant back and cancels what was planned", async (on) => {
  const api = await Api.of(on.programs, baker);
  await api.connect("youtube");
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  await walk.compose(mia, "youtube", { text: "Later", title: "Later bread" });
  await walk.choose(page, await walk.video());
  await walk.schedule(page);
  const post = page.url();

  await page.getByRole("link", { name: "Platforms" }).click();
  const row = walk.accountRow(page, "youtube");
  const ask = async () => {
    await row.getByRole("button", { name: "More for Blue Bakery" }).click();
    await page.getByRole("menuitem", { name: "Disconnect" }).click();
    return page.getByRole("dialog", { name: "Disconnect Blue Bakery?" });
  };
  await (await ask()).getByRole("button", { name: "Keep it" }).click();
  await row.waitFor();
  assert.deepEqual(await on.sandbox.calls(/\/revoke$/), []);

  await (await ask()).getByRole("button", { name: "Disconnect" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByText("Blue Bakery is disconnected.").waitFor();
  assert.deepEqual(await (await api.ask("youtube/credentials")).body.accounts, []);
  await until("the revocation", async () => (await on.sandbox.calls(/\/revoke$/)).length === 1);
  await page.goto(post);
  await page.getByText("Cancelled").first().waitFor();
  await page.getByText("(disconnected)").waitFor();
});

scene("what was not allowed is off in the composer, until it is allowed from there", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  const consent = await walk.popupFrom(mia, walk.connectButton(page, "youtube"));
  await consent.getByRole("checkbox", { name: /^See, edit, and permanently/ }).uncheck();
  await walk.allow(consent);
  await walk.accountRow(page, "youtube").waitFor();

  await walk.compose(mia, "youtube", { text: "Bread", title: "Rye" });
  const panel = walk.target(page, "youtube");
  await panel.getByRole("button", { name: /more options/ }).click();
  const why = /“First comment”.* are off: Blue Bakery was connected without .*youtube\.force-ssl\./;
  await panel.getByText(why).waitFor();
  const comment = panel.getByRole("textbox", { name: "First comment" });
  assert.ok(await comment.isDisabled());

  const button = panel.getByRole("button", { name: "Reconnect Blue Bakery" });
  await walk.allow(await walk.popupFrom(mia, button));
  await panel.getByText(why).waitFor({ state: "detached" });
  await comment.fill("Until noon.");
  assert.equal(await panel.getByLabel("Title").inputValue(), "Rye");
});

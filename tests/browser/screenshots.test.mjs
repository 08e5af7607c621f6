// Every page at three widths, light and dark, for the eye: build/screenshots/. What a program can
// see is judged here: nothing is wider than the window.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { before } from "node:test";
import { Api } from "./rig/api.mjs";
import { baker, root } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const folder = path.join(root, "build/screenshots");
const scene = stage();
before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

async function shots(page, name) {
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const file = path.join(folder, `${name}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} at ${width} is ${over} px too wide`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

const heading = (page, name) => page.getByRole("heading", { name }).first().waitFor();

scene("before and while connecting", async (on) => {
  const mia = await on.open();
  const page = await mia.context.newPage();
  await page.goto(`${on.programs.url}/sign-in`);
  await heading(page, "Sign in");
  await shots(page, "sign-in");
  await page.close();

  await mia.signIn();
  await walk.connectButton(mia.page, "instagram").waitFor();
  await shots(mia.page, "platforms-fresh");
  await mia.page.getByRole("link", { name: "Compose" }).click();
  await heading(mia.page, "Connect an account first");
  await shots(mia.page, "compose-without-account");
  await mia.page.getByRole("link", { name: "Posts" }).first().click();
  await heading(mia.page, "No posts yet");
  await shots(mia.page, "posts-none");
  await mia.page.getByRole("link", { name: "Analytics" }).click();
  await heading(mia.page, "Connect an account first");
  await shots(mia.page, "analytics-none");
  await mia.page.getByRole("link", { name: "Platforms", exact: true }).click();
  const popup = await walk.popupFrom(mia, walk.connectButton(mia.page, "instagram"));
  await shots(mia.page, "platforms-connecting");
  await shots(popup, "consent-instagram");
  await walk.allow(popup);
  await heading(mia.page, "Choose from Instagram");
  await shots(mia.page, "platforms-choosing");
  await mia.page.getByRole("button", { name: "Cancel" }).click();
  const google = await walk.popupFrom(mia, walk.connectButton(mia.page, "youtube"));
  await shots(google, "consent-youtube");
  await google.getByRole("button", { name: "Cancel" }).click();
  await walk.card(mia.page, "youtube").getByText("Not allowed").waitFor();
  await shots(mia.page, "platforms-denied");
});

scene("with accounts and posts", async (on) => {
  const api = await Api.of(on.programs, baker);
  await api.connect("instagram");
  await api.connect("youtube");
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  await walk.accountRow(page, "youtube").waitFor();
  await shots(page, "platforms");
  await walk.card(page, "instagram").getByText("Limits and permissions").click();
  await heading(page, "Limits");
  await shots(page, "platforms-limits");
  await page.keyboard.press("Escape");

  await walk.compose(mia, "instagram", { text: "Fresh from the oven: walnut rolls. Until noon." });
  await walk.choose(page, await walk.photo("walnut-rolls.jpg"));
  await page.getByText("Ready: no platform’s rule is broken.").waitFor();
  await page.getByRole("checkbox", { name: "Blue Bakery on YouTube" }).click();
  await walk.when(page, "Later");
  await page.getByText(/Set "Made for kids"/).waitFor();
  await shots(page, "compose");
  await page.getByRole("checkbox", { name: "Blue Bakery on YouTube" }).click();
  await walk.save(page, "Schedule");
  await heading(page, /Fresh from the oven/);
  await shots(page, "post-scheduled");

  await walk.compose(mia, "instagram", { text: "Out of the oven" });
  await walk.choose(page, await walk.photo());
  await walk.publish(page);
  await walk.delivery(page, "instagram").getByRole("link", { name: "See it live" }).waitFor();
  await shots(page, "post-published");
  await on.sandbox.act("meta/change-password");
  await walk.compose(mia, "instagram", { text: "Bread again" });
  await walk.choose(page, await walk.photo());
  await walk.publishInVain(page);
  await walk.delivery(page, "instagram").getByText("Waits for reconnect").waitFor();
  await shots(page, "post-parked");
  await page.getByRole("link", { name: "Posts" }).first().click();
  await page.getByRole("link", { name: /Bread again/ }).waitFor();
  await shots(page, "posts");
  await page.getByRole("link", { name: "Analytics" }).click();
  await page.getByRole("region", { name: "Figures of the accounts" }).waitFor();
  await shots(page, "analytics");
  await page.getByRole("tab", { name: "Posts" }).click();
  await page.getByRole("region", { name: "Figures of the published posts" }).waitFor();
  await shots(page, "analytics-posts");
  await page.getByRole("link", { name: "Platforms" }).click();
  await walk.accountRow(page, "instagram").getByText("One post waits for it.").waitFor();
  await shots(page, "platforms-reconnect");
});

scene("pages that nobody looks for", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  mia.expects(/status of 40[04]/);
  const callback = `${on.programs.url}/api/social-media/youtube/oauth/callback`;
  for (const [name, url] of Object.entries({
    "post-missing": `${on.programs.url}/posts/post_nowhere`,
    guide: `${on.programs.url}/guides/youtube.html`,
    "link-used": `${callback}?state=x`,
    closing: `${callback}?flow=flow_1&done=returned`,
    feed: `${on.sandbox.url}/_sandbox/feed?refresh=off`,
    sandbox: `${on.sandbox.url}/_sandbox/`,
  })) {
    await page.goto(url);
    await page.getByRole("heading").first().waitFor();
    await shots(page, name);
  }
});

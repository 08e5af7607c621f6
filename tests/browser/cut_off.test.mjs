// A platform may cut its window off from whoever opened it. Herald then only looks on.
import assert from "node:assert/strict";
import { after } from "node:test";
import { stage } from "./rig/stage.mjs";
import { standingBefore } from "./rig/strangers.mjs";
import * as walk from "./rig/walks.mjs";

let front;
const scene = stage({
  platformsAt: async (sandbox) => {
    const cut = { "cross-origin-opener-policy": "same-origin" };
    front = await standingBefore(sandbox, /^\/accounts\.google\.com\//, cut);
    return front.url;
  },
});
after(() => front?.close());

scene("O-30 connecting comes to its end though the popup lost its opener", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  const popup = await walk.popupFrom(mia, walk.connectButton(page, "youtube"));
  await popup.getByRole("button", { name: "Continue" }).waitFor();
  assert.equal(await popup.evaluate(() => window.opener), null);
  await page.getByText("The window is closed. If you allowed it there").waitFor();
  await walk.allow(popup);
  await walk.accountRow(page, "youtube").waitFor();
  await walk.card(page, "youtube").getByText("Connected. Blue Bakery").waitFor();
});

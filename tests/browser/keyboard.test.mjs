// From the sign-in to a published photo without a mouse, and with the place always in sight.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { baker, password } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();
const kMostSteps = 60;

// Goes on with the Tab key until `wanted` has the focus.
async function tabTo(page, wanted) {
  for (let step = 0; step < kMostSteps; step += 1) {
    const there = await wanted.evaluateAll((all) => all.includes(document.activeElement));
    if (there) return;
    await page.keyboard.press("Tab");
    const lost = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (element === document.body) return ""; // Between the page's end and its beginning.
      const { outlineStyle, boxShadow } = getComputedStyle(element);
      const ringed = outlineStyle !== "none" || boxShadow !== "none";
      const field = element.matches("input, textarea, select"); // A caret, a coloured border.
      return ringed || field ? "" : element.outerHTML.slice(0, 200);
    });
    assert.equal(lost, "", "one cannot see where one is");
  }
  assert.fail(`${wanted} is not reached within ${kMostSteps} steps`);
}

scene("a photo is published by keyboard alone", async (on) => {
  await (await Api.of(on.programs, baker)).connect("instagram");
  const mia = await on.open();
  const page = await mia.context.newPage();
  mia.page = page;
  await page.goto(`${on.programs.url}/compose`);
  await tabTo(page, page.getByLabel("E-mail"));
  await page.keyboard.type(baker.email);
  await tabTo(page, page.getByLabel("Password", { exact: true }));
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");

  const account = page.getByRole("checkbox", { name: "Blue Bakery on Instagram" });
  await account.waitFor();
  await tabTo(page, account);
  await page.keyboard.press("Space");
  await tabTo(page, page.getByLabel("Text", { exact: true }));
  await page.keyboard.type("Typed, not clicked");
  await tabTo(page, page.getByLabel(/^Add photos or a video/));
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  const { name, type, buffer } = await walk.photo();
  await (await chooser).setFiles({ name, mimeType: type, buffer });
  await page.getByText("Ready: no platform’s rule is broken.").waitFor();
  await tabTo(page, page.getByRole("button", { name: "Publish", exact: true }));
  await page.keyboard.press("Enter");
  const live = walk.delivery(page, "instagram").getByRole("link", { name: "See it live" });
  await live.waitFor();
  await tabTo(page, live);
});

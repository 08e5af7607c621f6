// What people do on the pages, by the words and roles they see.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./programs.mjs";

// Every platform has its guide, with its name on top.
const guides = path.join(root, "docs/platforms");
const kNames = new Map(
  readdirSync(guides).map((file) => {
    const [, name] = readFileSync(path.join(guides, file), "utf8").match(/^# (.*)/);
    return [path.basename(file, ".md"), name];
  }),
);

/** The ids of all platforms. */
export const platforms = [...kNames.keys()];
// The account that every one of them has in the sandbox.
const kBakery = /blue ?bakery/i;

export const card = (page, platform) =>
  page.getByRole("region", { name: kNames.get(platform), exact: true });
export const accountRow = (page, platform) =>
  card(page, platform).getByRole("listitem").filter({ hasText: kBakery });

/** Presses a button that opens the platform's page in a popup, and returns that. */
export async function popupFrom(person, button) {
  const opened = person.context.waitForEvent("page");
  await button.click();
  const popup = await opened;
  const herald = new URL(person.programs.url).host;
  await popup.waitForURL(({ host }) => host !== "" && host !== herald);
  return popup;
}

export const connectButton = (page, platform) =>
  page.getByRole("button", { name: `Connect ${kNames.get(platform)} account` });

/** Presses the consent page's main button. */
export const allow = (popup) => popup.locator("button.main").click();

/** In the picker, where one consent opens several accounts. */
export async function pick(page, ...names) {
  const picker = page.getByRole("dialog");
  for (const name of names) await picker.getByRole("checkbox", { name: new RegExp(name) }).click();
  await picker.getByRole("button", { name: "Connect" }).click();
}

/** picks: the accounts to choose, where one consent opens several; the bakery's if not said. */
export async function connect(person, platform, picks) {
  const { page } = person;
  if (!page.url().endsWith("/social-platform")) {
    await page.getByRole("link", { name: "Platforms" }).click();
  }
  const popup = await popupFrom(person, connectButton(page, platform));
  await allow(popup);
  const row = accountRow(page, platform);
  const picker = page.getByRole("dialog");
  await row.or(picker).first().waitFor();
  if (await picker.isVisible()) await pick(page, ...(picks ?? ["Blue Bakery"]));
  await row.waitFor();
}

export async function compose(person, platform, { text, account, title } = {}) {
  const { page } = person;
  const boxes = page.getByRole("checkbox", { name: `${account ?? ""} on ${kNames.get(platform)}` });
  await page.getByRole("link", { name: "Compose" }).click();
  await (account ? boxes : boxes.and(page.getByRole("checkbox", { name: kBakery }))).click();
  await page.getByLabel("Text", { exact: true }).fill(text);
  if (title === undefined) return;
  await page.getByLabel("Title").fill(title);
  await page.getByText("Short", { exact: true }).click();
  const kids = page.getByRole("radiogroup", { name: "Made for kids" });
  await kids.getByRole("radio", { name: "No" }).check();
}

/** The composer's panels of what goes to the platform. */
export const target = (page, platform) =>
  page.getByRole("region", { name: `on ${kNames.get(platform)}` });

const sample = (name) => readFile(path.join(root, "samples", name));

export const photo = async (name = "loaf.jpg") => ({
  name,
  type: "image/jpeg",
  buffer: await sample("photo.jpg"),
});

/** With a box of its own at the end: YouTube refuses the same bytes a second time. */
export async function video(name = "dawn.mp4") {
  const tail = Buffer.from(`\0\0\0\x2cfree${randomUUID()}`, "latin1");
  return { name, type: "video/mp4", buffer: Buffer.concat([await sample("video.mp4"), tail]) };
}

/** Lets a file fall onto the drop zone, as from another window. */
export async function drop(page, file) {
  const data = await page.evaluateHandle(
    ({ base64, name, type }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    },
    { ...file, base64: file.buffer.toString("base64") },
  );
  const zone = page.getByLabel(/^Add photos or a video/);
  for (const type of ["dragenter", "dragover", "drop"]) {
    await zone.dispatchEvent(type, { dataTransfer: data });
  }
}

/** Chooses a file through the dialog behind the drop zone. */
export async function choose(page, { name, type, buffer }) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByLabel(/^Add photos or a video/).click();
  await (await chooser).setFiles({ name, mimeType: type, buffer });
}

async function submit(page, button, ready = "Ready: no platform’s rule is broken.") {
  await page.getByText(ready).first().waitFor();
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.waitForURL(/\/posts\/[^/]+$/);
}

export const publish = (page) => submit(page, "Publish");
/** To an account whose access is gone; whether the check knows depends on when it last asked. */
export const publishInVain = (page) =>
  submit(page, "Publish", /Ready: no platform|has not said|to be reconnected/);
export const save = (page, button = "Save changes") => submit(page, button);

/** Now, or later. */
export const when = (page, word) =>
  page.getByRole("radiogroup", { name: "When" }).getByText(word, { exact: true }).click();

/** For later, at the time that the page proposes. */
export async function schedule(page) {
  await when(page, "Later");
  await submit(page, "Schedule");
}

/** The post page's card of the delivery. */
export const delivery = (page, platform) =>
  page.getByRole("region", { name: `on ${kNames.get(platform)}` });

/** Notes every word the delivery's tag shows from now on; returns how to read them. */
export async function labelsOf(page) {
  await page.evaluate(() => {
    window.seenLabels = [];
    const note = () => {
      const label = document.querySelector("section span[aria-live]")?.textContent;
      if (label && label !== window.seenLabels.at(-1)) window.seenLabels.push(label);
    };
    const changes = { subtree: true, childList: true, characterData: true };
    new MutationObserver(note).observe(document.body, changes);
  });
  return () => page.evaluate(() => window.seenLabels);
}

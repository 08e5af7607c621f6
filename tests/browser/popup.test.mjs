// The popup, its opener, and strangers in either place.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { stage } from "./rig/stage.mjs";
import { Stranger } from "./rig/strangers.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();
let stranger;
before(async () => (stranger = await Stranger.open()));
after(() => stranger.close());

async function begin(mia, platform) {
  const started = mia.page.waitForResponse(/\/oauth\/initiate/);
  const popup = await walk.popupFrom(mia, walk.connectButton(mia.page, platform));
  return { popup, ...(await (await started).json()) };
}

// As a page goes by itself: it keeps its opener.
async function go(popup, url) {
  await popup.evaluate((there) => location.assign(there), url);
  await popup.waitForURL(url);
}

// Everything posted to the page before has been heard when this returns.
const messagesHeard = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener("message", ({ data }) => data === "last" && resolve());
        postMessage("last", location.origin);
      }),
  );

scene("who says no reads so in a plain sentence, and nothing is connected", async (on) => {
  for (const [platform, name] of [
    ["instagram", "Instagram"],
    ["youtube", "YouTube"],
  ]) {
    const mia = await on.open();
    await mia.signIn();
    const { popup } = await begin(mia, platform);
    await popup.getByRole("button", { name: "Cancel" }).click();
    const card = walk.card(mia.page, platform);
    await card.getByText(`You said no at ${name}. Nothing was connected.`).waitFor();
    await card.getByRole("button", { name: "Dismiss" }).click();
    await walk.connectButton(mia.page, platform).waitFor();
    assert.equal(await walk.accountRow(mia.page, platform).count(), 0);
  }
  assert.deepEqual(await on.sandbox.tokenCalls(), []);
});

scene("O-28 a stranger who opened the window hears nothing", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { popup: own, auth_url: authUrl } = await begin(mia, "youtube");
  await own.close();
  const page = await mia.context.newPage();
  await page.goto(stranger.url);
  const opened = mia.context.waitForEvent("page");
  await page.evaluate((url) => {
    window.heard = [];
    addEventListener("message", ({ data }) => window.heard.push(data));
    window.open(url);
  }, authUrl);
  const popup = await opened;
  const button = popup.getByRole("button", { name: "Continue" });
  await button.waitFor();
  await popup.evaluate(() => window.opener.postMessage("I am heard", "*"));

  // The browser itself says that the message went to another origin than the stranger's.
  mia.expects(/does not match the recipient window's origin/);
  const closed = popup.waitForEvent("close");
  await button.click();
  await closed;
  await messagesHeard(page);
  assert.deepEqual(await page.evaluate(() => window.heard), ["I am heard", "last"]);
});

scene("O-29 messages from any other origin or window change nothing", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  const finishes = [];
  mia.context.on("request", (one) => one.url().endsWith("/finish") && finishes.push(one));
  const { popup, flow_id, auth_url } = await begin(mia, "instagram");
  const message = { type: "herald-oauth", flow_id, status: "returned" };
  await page.evaluate(() => {
    window.origins = [];
    addEventListener("message", ({ origin }) => window.origins.push(origin));
  });

  const post = (data) => window.opener.postMessage(data, "*");
  await popup.evaluate(post, message); // Our popup, and the platform's origin.
  await go(popup, `${stranger.url}/nobody`);
  await popup.evaluate(post, message); // Our popup, and the origin "null".
  await page.evaluate((data) => postMessage(data, location.origin), message); // Not our popup.
  await until("three messages", () => page.evaluate(() => window.origins.length === 3));
  await messagesHeard(page);
  const origins = await page.evaluate(() => window.origins.slice(0, 3));
  assert.deepEqual(origins, [on.sandbox.url, "null", on.programs.url]);
  await page.getByText("Go on in the window that opened.").waitFor();
  assert.deepEqual(finishes, []);

  // What was ignored has broken nothing.
  await go(popup, auth_url);
  await walk.allow(popup);
  await walk.pick(page, "Corner Books");
  await walk.card(page, "instagram").getByText("Connected. Corner Books").waitFor();
  assert.ok(finishes.length >= 2);
});

scene("O-27 the code leaves the address bar by a 303, and is not in the history", async (on) => {
  const mia = await on.open();
  await mia.signIn();
  const { popup: own, auth_url: authUrl } = await begin(mia, "youtube");
  await own.close();
  const page = await mia.context.newPage();
  await page.goto(on.programs.url);
  await page.goto(authUrl);
  const returned = page.waitForResponse(/\/oauth\/callback\?.*code=/);
  await walk.allow(page);
  assert.equal((await returned).status(), 303);
  await page.waitForURL(/\/oauth\/callback\?flow=[^&]+&done=returned$/);
  const tools = await mia.context.newCDPSession(page);
  const { entries } = await tools.send("Page.getNavigationHistory");
  assert.ok(entries.length >= 3);
  for (const { url } of entries) assert.doesNotMatch(url, /[?&]code=/);
});

scene("O-33 from the closing page nothing says where one comes from", async (on) => {
  const mia = await on.open();
  const closing = `${on.programs.url}/api/social-media/youtube/oauth/callback`;
  mia.expects(/\/image' violates the following Content Security Policy/);
  mia.expects(/status of 400/);
  const follow = (page, path) =>
    page.evaluate((url) => {
      const link = Object.assign(document.createElement("a"), { href: url });
      document.body.append(link);
      link.click();
    }, stranger.url + path);
  for (const [i, url] of [`${closing}?flow=flow_1&done=returned`, `${closing}?state=x`].entries()) {
    const page = await mia.context.newPage();
    await page.goto(stranger.url); // A window with a past is not closed by the page.
    await page.goto(url);
    await page.evaluate((image) => {
      document.body.append(Object.assign(new Image(), { src: image }));
    }, `${stranger.url}/image`);
    await follow(page, `/clicked-${i}`);
    await page.waitForURL(`${stranger.url}/clicked-${i}`);
    assert.deepEqual(
      stranger.visitsTo(`/clicked-${i}`).map(({ referer }) => referer),
      [undefined],
    );
  }
  assert.deepEqual(stranger.visitsTo("/image"), []);

  // The stranger would have seen it: other pages do say.
  const page = await mia.context.newPage();
  await page.goto(stranger.url);
  await follow(page, "/from-elsewhere");
  await page.waitForURL(`${stranger.url}/from-elsewhere`);
  assert.equal(stranger.visitsTo("/from-elsewhere")[0].referer, `${stranger.url}/`);
});

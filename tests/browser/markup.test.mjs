// whatever a person, a file or a platform is called, it is text.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const kImage = "<img src=x onerror=alert(1)>";
const kScript = '"><script>alert(2)</script>';
const kSvg = "</textarea></title><svg onload=alert(3)>";
const kPicture = `https://yt3.ggpht.com/"onerror="alert(7)`;
const kQuotes = "' onmouseover='alert(4)' {{constructor}} ${alert(5)} javascript:alert(6)";
const tricky = { customer: "tricky", email: "tricky@bakery.test", name: kImage };
const scene = stage({ users: [tricky] });

scene("X-01 markup in captions, names and file names is shown and never run", async (on) => {
  const channel = {
    id: "UCexampleChannel0000001",
    snippet: { title: kScript, customUrl: `@${kSvg}`, thumbnails: { default: { url: kPicture } } },
  };
  const fault = { path: "/youtube/v3/channels", action: "refuse", status: 200 };
  await on.sandbox.fault({ ...fault, body: { items: [channel] } });
  const api = await Api.of(on.programs, tricky);
  await api.connect("youtube");
  await api.connect("instagram");

  const person = await on.open(tricky);
  person.expects(/404 .*yt3\.ggpht\.com\/%22onerror/); // There is no such picture.
  await person.signIn();
  const { page } = person;
  await page.getByText(kScript).waitFor();
  await page.getByText(kImage).filter({ visible: true }).first().waitFor();

  const caption = [kImage, kScript, kSvg, kQuotes].join("\n");
  await walk.compose(person, "instagram", { text: caption });
  await page.getByRole("checkbox", { name: /script/ }).waitFor();
  await walk.drop(page, await walk.photo(`${kImage}.jpg`));
  await page.getByText(`${kImage}.jpg`).waitFor();
  await page.getByLabel(/^Alt text/).fill(kSvg);
  await walk.publish(page);
  await walk.delivery(page, "instagram").getByRole("link", { name: "See it live" }).waitFor();
  await page.getByRole("heading", { name: kImage }).waitFor();
  await page.getByRole("link", { name: "Posts" }).first().click();
  await page.getByRole("link").filter({ hasText: kScript }).waitFor();

  const [post] = await on.sandbox.seen("instagram");
  assert.equal(post.text, caption);
  const feed = await person.context.newPage();
  await feed.goto(`${on.sandbox.url}/_sandbox/feed?refresh=off`);
  await feed.getByText(kScript).waitFor();
  await feed.goto(on.sandbox.placeOf(post.link));
  await feed.getByText(kScript).waitFor();
});

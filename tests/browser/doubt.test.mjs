// The platform published, and its answer was lost: doubt, which is neither failure nor a reason to
// send it again.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { baker } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();

scene("a lost answer is shown as a check, and then as published once", async (on) => {
  await (await Api.of(on.programs, baker)).connect("instagram");
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  const text = "Did this go out?";
  await walk.compose(mia, "instagram", { text });
  await walk.drop(page, await walk.photo());
  await on.sandbox.fault({ pattern: "/media_publish$", action: "cut_after" });
  const labels = await walk.labelsOf(page);
  await walk.publish(page);
  const card = walk.delivery(page, "instagram");
  await card.getByText("Checking").waitFor();
  await card.getByRole("link", { name: "See it live" }).waitFor();
  const seen = await labels();
  assert.deepEqual(seen.slice(seen.indexOf("Checking")), ["Checking", "Published"]);

  assert.equal((await on.sandbox.calls(/\/media_publish$/, "POST")).length, 1);
  const posts = await on.sandbox.seen("instagram");
  assert.equal(posts.length, 1);
  assert.equal(posts[0].text, text);
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("No answer seen").waitFor();
});

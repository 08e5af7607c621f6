// Whoever connects an account says whether its figures shall be read.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { baker } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage();

const scopesOf = async (api, name) =>
  (await api.accounts()).find((account) => account.name === name).granted_scopes;

scene("who wants no figures is not asked for them, and may allow them later", async (on) => {
  const api = await Api.of(on.programs, baker);
  const mia = await on.open();
  await mia.signIn();
  const { page } = mia;
  await walk.card(page, "facebook").getByRole("checkbox", { name: "Also read its figures" }).click();
  await walk.connect(mia, "facebook");
  assert.ok(!(await scopesOf(api, "Blue Bakery")).includes("read_insights"));

  const row = walk.accountRow(page, "facebook");
  const off = row.getByText("Figures are off: Views, Reach and 2 more");
  await off.waitFor();
  const button = row.getByRole("button", { name: "Allow the figures of Blue Bakery" });
  await walk.allow(await walk.popupFrom(mia, button));
  await off.waitFor({ state: "detached" });
  assert.ok((await scopesOf(api, "Blue Bakery")).includes("read_insights"));
});

scene("a wider consent at LinkedIn leaves the member's account at work", async (on) => {
  const api = await Api.of(on.programs, baker);
  const member = await api.connect("linkedin", { query: "?figures=false" });
  const narrow = await scopesOf(api, member.name);
  assert.ok(!narrow.includes("r_member_postAnalytics"));

  // LinkedIn ends the tokens of the first consent by this one.
  await api.connect("linkedin", { account: "Blue Bakery" });
  assert.ok((await scopesOf(api, member.name)).includes("r_member_postAnalytics"));
  const targets = [{ account_id: member.id, kind: "text" }];
  const { status } = await api.ask("posts", { text: "Still here", targets });
  assert.equal(status, 201);
  const published = async () => (await on.sandbox.seen("linkedin")).length === 1;
  await until("the post", published);
});

// Two customers, and two ways to link an account to the wrong one. Either defence alone is known to
// fail: the browser must be the one that began, and the person the one who began.
import assert from "node:assert/strict";
import { Api } from "./rig/api.mjs";
import { baker, other } from "./rig/programs.mjs";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage({ users: [baker, other] });
const kCallback = /\/oauth\/callback\?/;

async function openAndSee400(person, visit) {
  person.expects(/status of 400 .*\/oauth\/callback/);
  const page = await person.context.newPage();
  const answered = page.waitForResponse(kCallback);
  await visit(page);
  assert.equal((await answered).status(), 400);
  await page.getByRole("heading", { name: "This link cannot be used" }).waitFor();
}

for (const platform of ["instagram", "youtube"]) {
  scene(
    `O-09 a victim's consent to an attacker's ${platform} flow gives nobody an account`,
    async (on) => {
      const [attacker, victim] = [await on.open(other), await on.open(baker)];
      await attacker.signIn();
      await victim.signIn();
      const started = attacker.page.waitForResponse(/\/oauth\/initiate/);
      const popup = await walk.popupFrom(attacker, walk.connectButton(attacker.page, platform));
      const { flow_id: flow } = await (await started).json();

      await openAndSee400(victim, async (page) => {
        await page.goto(popup.url());
        await walk.allow(page);
      });
      const api = await Api.of(on.programs, other);
      assert.equal((await api.ask(`${platform}/oauth/flows/${flow}`)).body.status, "waiting");
      assert.deepEqual(await api.accounts(), []);
      assert.deepEqual(await (await Api.of(on.programs, baker)).accounts(), []);
      assert.deepEqual(await on.sandbox.tokenCalls(), []);
      await attacker.page.getByText("Go on in the window that opened.").waitFor();
    },
  );
}

// The attacker consents with an account of his own, and keeps the redirect for somebody else.
async function stolenRedirect(attacker, platform) {
  let kept;
  await attacker.context.route(/accounts\.google\.com|facebook\.com/, async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    kept = (await route.fetch({ maxRedirects: 0 })).headers().location;
    return route.fulfill({ contentType: "text/html", body: "<title>Kept</title>" });
  });
  const popup = await walk.popupFrom(attacker, walk.connectButton(attacker.page, platform));
  await walk.allow(popup);
  await until("the redirect", () => kept);
  return kept;
}

scene("O-10 an attacker's code in a victim's browser links nothing", async (on) => {
  const [attacker, victim] = [await on.open(other), await on.open(baker)];
  const api = await Api.of(on.programs, baker);
  await api.connect("instagram");
  const [before, calls] = [await api.accounts(), (await on.sandbox.tokenCalls()).length];
  await attacker.signIn();
  await victim.signIn();

  const redirect = await stolenRedirect(attacker, "youtube");
  assert.match(redirect, /code=/);
  await openAndSee400(victim, (page) => page.goto(redirect));
  assert.deepEqual(await api.accounts(), before);
  assert.equal((await on.sandbox.tokenCalls()).length, calls);
  assert.equal(await walk.accountRow(victim.page, "youtube").count(), 0);
});

scene("O-10 not even with the attacker's cookie planted", async (on) => {
  const [attacker, victim] = [await on.open(other), await on.open(baker)];
  const api = await Api.of(on.programs, baker);
  const [before, calls] = [await api.accounts(), (await on.sandbox.tokenCalls()).length];
  await attacker.signIn();
  await victim.signIn();
  const started = attacker.page.waitForResponse(/\/oauth\/initiate/);
  const redirect = await stolenRedirect(attacker, "youtube");
  const { flow_id } = await (await started).json();
  const cookies = await attacker.context.cookies();
  const [nonce] = cookies.filter(({ name }) => /^herald_[0-9a-f]{8}$/.test(name));
  await victim.context.addCookies([nonce]);
  await attacker.page.close(); // It would finish by itself, and rightly: for the attacker.

  // The browser now looks like the one that began; the person does not.
  const page = await victim.context.newPage();
  await page.goto(on.programs.url);
  const returned = page.waitForResponse(kCallback);
  await page.goto(redirect);
  assert.equal((await returned).status(), 303);
  api.plant(nonce);
  const finished = await api.ask("youtube/oauth/finish", { flow_id });
  assert.equal(finished.status, 404);
  assert.deepEqual(await api.accounts(), before);
  assert.equal((await on.sandbox.tokenCalls()).length, calls);
});

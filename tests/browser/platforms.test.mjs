// What each platform has that no other has: from the consent on its page to what its audience sees.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { stage } from "./rig/stage.mjs";
import { until } from "./rig/until.mjs";
import * as walk from "./rig/walks.mjs";

const scene = stage({ processing: 0.1 });

const field = (panel, name) => panel.getByRole("textbox", { name, exact: true });

async function choose(panel, label, option) {
  await panel.getByRole("combobox", { name: label, exact: true }).click();
  await panel.page().getByRole("option", { name: option, exact: true }).click();
}

const lineOf = (entry) => `${entry.event} ${entry.kind} by ${entry.account_name}: ${entry.text}`;

// In `seen` what the audience sees then, in the order of the alphabet.
const kStories = [
  {
    platform: "facebook",
    title: "a photo and a comment go to the one Page that was picked",
    text: "Fresh from the oven.",
    async write(page, panel) {
      await walk.choose(page, await walk.photo());
      await field(panel, "First comment").fill("Until noon.");
    },
    seen: [
      "comment comment by Blue Bakery: Until noon.",
      "post image by Blue Bakery: Fresh from the oven.",
    ],
  },
  {
    platform: "twitter",
    title: "a thread goes out, counted as X counts",
    text: "Rye 🍞 today: https://bakery.example.com/all-that-we-bake/rye",
    async write(page, panel) {
      await page.getByText("X (Twitter) 37 / 280").waitFor();
      await panel.getByRole("button", { name: "Add" }).click();
      await field(panel, "Further posts of the thread, 1").fill("Spelt tomorrow.");
    },
    seen: [
      "post text by @bluebakery: Rye 🍞 today: https://bakery.example.com/all-that-we-bake/rye",
      "post text by @bluebakery: Spelt tomorrow.",
    ],
  },
  {
    platform: "twitter",
    connected: true,
    title: "a poll goes out",
    text: "Which flour?",
    async write(page, panel) {
      await panel.getByLabel("Kind of post on X (Twitter)").selectOption("Poll");
      await panel.getByRole("button", { name: "Add" }).first().click();
      await field(panel, "Answers, 1").fill("Rye");
      await field(panel, "Answers, 2").fill("Spelt");
    },
    seen: [
      "post poll by @bluebakery: Which flour?",
    ],
  },
  {
    platform: "tiktok",
    title: "nothing is chosen beforehand, and what the creator switched off stays off",
    text: "How we bake.",
    before: (sandbox) => sandbox.act("tiktok/creator", { duet_disabled: true }),
    async write(page, panel) {
      await walk.choose(page, await walk.video());
      const publish = page.getByRole("region", { name: "Publish", exact: true });
      await publish.getByText(/Who can see it/).waitFor();
      await publish.getByText("you agree to TikTok's Music Usage Confirmation.").waitFor();
      await panel.getByText("Duets are switched off for this account").waitFor();
      assert.equal(await panel.getByRole("switch", { name: "Allow duets" }).isDisabled(), true);
      assert.equal(await panel.getByRole("switch", { name: "Allow stitches" }).isDisabled(), false);
      const branded = panel.getByRole("switch", { name: "Branded content for a third party" });
      await branded.waitFor({ state: "detached" });
      await panel.getByRole("switch", { name: "Disclose commercial content" }).click();
      await publish.getByText("Say what the post promotes").waitFor();
      await branded.click();
      await publish.getByText("Branded Content Policy and Music").waitFor();
      await choose(panel, "Who can see it", "Only you");
      await publish.getByText("Branded content cannot be for you alone.").waitFor();
      await choose(panel, "Who can see it", "Everyone");
    },
    seen: [
      "post video by @bluebakery: How we bake.",
    ],
  },
  {
    platform: "linkedin",
    title: "a post goes out as the member and as a page",
    picks: ["Mia Baker profile", "Blue Bakery page"],
    text: "We are hiring a baker (nights).",
    async write(page) {
      await page.getByRole("checkbox", { name: "Mia Baker on LinkedIn" }).click();
    },
    seen: [
      "post text by Blue Bakery: We are hiring a baker (nights).",
      "post text by Mia Baker: We are hiring a baker (nights).",
    ],
  },
  {
    platform: "pinterest",
    title: "a pin goes to the board that was chosen",
    text: "Baked at four in the morning.",
    async write(page, panel) {
      await walk.choose(page, await walk.photo());
      await choose(panel, "Board", "Bread");
      await field(panel, "Title").fill("Rye");
      await field(panel, "Link").fill("https://bakery.example.com/rye");
    },
    seen: [
      "post image by bluebakery: Baked at four in the morning.",
    ],
  },
  {
    platform: "mastodon",
    title: "a thread goes out, a link counted as 23",
    text: "Rye today: https://bakery.example.com/all-that-we-bake/rye",
    async write(page, panel) {
      await page.getByText("Mastodon 34 / 500").waitFor();
      await panel.getByRole("button", { name: "Add" }).first().click();
      await field(panel, "Further posts of the thread, 1").fill("Spelt tomorrow.");
    },
    seen: [
      "comment text by @bluebakery: Spelt tomorrow.",
      "post text by @bluebakery: Rye today: https://bakery.example.com/all-that-we-bake/rye",
    ],
  },
  {
    platform: "reddit",
    title: "a question goes to two subreddits, one of which wants a flair",
    text: "Rye or spelt?",
    async write(page, panel) {
      const flair = (of) => of.getByRole("combobox", { name: "Flair", exact: true });
      await field(panel, "Title").fill("Which flour do you bake with?");
      await panel.getByPlaceholder("Name the subreddit first").waitFor();
      await field(panel, "Subreddit").fill("CakeClub");
      await field(panel, "Subreddit").press("Enter");
      await choose(panel, "Flair", "Tart");
      await panel.getByRole("button", { name: "Another subreddit" }).click();
      const second = walk.target(page, "reddit").nth(1);
      assert.equal(await flair(second).inputValue(), "");
      await field(second, "Subreddit").fill("CakeClub");
      await field(second, "Subreddit").press("Enter");
      await choose(second, "Flair", "Tart");
      await field(second, "Subreddit").fill("breadlab");
      await field(second, "Subreddit").press("Enter");
      await flair(second).and(second.getByPlaceholder("Choose")).waitFor();
      assert.equal(await flair(second).inputValue(), "");
    },
    seen: [
      "post text by u/bluebakery: r/CakeClub · Tart\nRye or spelt?",
      "post text by u/bluebakery: r/breadlab\nRye or spelt?",
    ],
  },
];

test("every platform has a story here or scenes of its own", () => {
  const told = new Set(kStories.map(({ platform }) => platform));
  const own = (id) => existsSync(new URL(`${id}.test.mjs`, import.meta.url));
  assert.deepEqual(walk.platforms.filter((id) => !told.has(id) && !own(id)), []);
});

for (const { platform, title, before, connected, picks, text, write, seen } of kStories) {
  scene(`${platform}: ${title}`, async ({ open, sandbox }) => {
    await before?.(sandbox);
    const mia = await open();
    await mia.signIn();
    const { page } = mia;
    if (!connected) {
      await walk.connect(mia, platform, picks);
      const rows = walk.card(page, platform).getByRole("listitem");
      assert.equal(await rows.count(), picks?.length ?? 1);
    }
    const known = (await sandbox.entries(platform)).length;
    await walk.compose(mia, platform, { text });
    await write(page, walk.target(page, platform).first());
    await walk.publish(page);

    const cards = walk.delivery(page, platform);
    const live = cards.getByRole("link", { name: "See it live" });
    await until("the links", async () => (await live.count()) === (await cards.count()));
    const entries = await until("what the audience sees", async () => {
      const all = await sandbox.entries(platform);
      return all.length >= known + seen.length && all.slice(known);
    });
    assert.deepEqual(entries.map(lineOf).toSorted(), seen);
    const opened = mia.context.waitForEvent("page");
    await live.first().click();
    await (await opened).getByText(text).waitFor();
  });
}

// Draws every page at three widths, light and dark, from a running `npm run dev`:
//   node dev/shots.mjs [folder] [page name...]
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [folder = "shots", ...wanted] = process.argv.slice(2);
const base = process.env.BASE ?? "http://localhost:40300";
mkdirSync(folder, { recursive: true });

const image = {
  name: "walnut-rolls.jpg",
  mimeType: "image/jpeg",
  buffer: Buffer.alloc(1_200_000, 1),
};

async function fillComposer(page) {
  await page.getByRole("checkbox", { name: "Morning Bakery on Instagram" }).click();
  await page.getByRole("checkbox", { name: /Bread at Dawn/ }).click();
  await page
    .getByLabel("Text", { exact: true })
    .fill("Fresh from the oven: walnut rolls. Until noon.");
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles([image, { ...image, name: "shop.jpg" }]);
  await page.getByText("1600 × 1200").nth(1).waitFor();
  await page.getByText("Later").click();
  await page.waitForTimeout(1200);
}

const pages = {
  "sign-in": { path: "/sign-in", signedOut: true },
  platforms: { path: "/social-platform" },
  choosing: {
    path: "/social-platform",
    act: async (page) => {
      await page.getByRole("button", { name: "Connect YouTube account" }).click();
      await page.getByText("Choose from YouTube").waitFor();
      await page.waitForTimeout(400);
    },
  },
  details: {
    path: "/social-platform",
    act: async (page) => {
      await page.getByText("Limits and permissions").first().click();
      await page.waitForTimeout(500);
    },
  },
  compose: { path: "/compose" },
  composing: { path: "/compose", act: fillComposer },
  posts: { path: "/posts" },
  "post-going": {
    path: "/posts",
    act: (page) => page.getByText("Bread at dawn", { exact: true }).first().click(),
  },
  "post-doubt": { path: "/posts", act: (page) => page.getByText("Open again!").click() },
  "post-failed": { path: "/posts", act: (page) => page.getByText("Our new opening").click() },
  analytics: { path: "/analytics" },
  "analytics-posts": { path: "/analytics?view=posts" },
  missing: { path: "/nowhere" },
};

const browser = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "shots-")), {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});
for (const [name, { path, act, signedOut }] of Object.entries(pages)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const width of [390, 1024, 1600]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage();
      page.on("pageerror", (error) => console.log(name, width, error.message));
      page.on("console", (line) => line.type() === "error" && console.log(name, line.text()));
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      if (signedOut)
        await page.route("**/api/auth/refresh", (route) => route.fulfill({ status: 401 }));
      await page.goto(base + path);
      await page.getByRole("heading").first().waitFor();
      await page.waitForTimeout(500);
      await page.evaluate(() => sessionStorage.clear());
      if (act) await act(page);
      await page.waitForTimeout(500);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${name} at ${width}: ${wide} px too wide`);
      await page.screenshot({
        path: `${folder}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
      await page.close();
    }
  }
}
await browser.close();

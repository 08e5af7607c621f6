// The pictures in docs/images, taken of a running ./run after its proof:
//   node tools/screenshots.mjs http://localhost:3002
// Light mode, 1600 pixels wide.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(`${root}web/package.json`)("playwright-core");
const [herald = "http://localhost:3002"] = process.argv.slice(2);

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const context = await browser.newContext({
  viewport: { width: 1600, height: 1000 },
  colorScheme: "light",
});
const page = await context.newPage();
const take = (name) => page.screenshot({ path: `${root}docs/images/${name}.png` });

await page.goto(`${herald}/social-platform`);
await page.getByLabel("E-mail").fill("demo@herald.test");
await page.locator("input[type=password]").fill("correct-horse-battery");
await page.keyboard.press("Enter");
await page.getByText("@bluebakery").first().waitFor();
await take("platforms");

await page.goto(`${herald}/compose`);
await page.getByRole("checkbox", { name: /Instagram/ }).click();
await page.getByPlaceholder("What do you want to say?").fill("Fresh from the oven. #bread");
await page.locator("input[type=file]").first().setInputFiles(`${root}samples/photo.jpg`);
await page.getByText("1440 × 1440").waitFor();
await page.getByText("Add a file").first().waitFor({ state: "hidden" });
await page.getByText("Checking").waitFor({ state: "hidden" });
await take("compose");
await browser.close();

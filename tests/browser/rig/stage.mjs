// What every scene needs: the programs, a browser, and people with a profile of their own each, of
// whom nobody may come upon an error that the scene did not announce.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { baker, password, Programs, root } from "./programs.mjs";

const logs = path.join(root, "build/test-logs/browser");

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      // Nothing here may reach beyond this machine.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
  });
}

// Before anybody has signed in, the question whether somebody has is answered with 401.
const kNotSignedIn = /401 .*\/api\/auth\/refresh/;

export class Person {
  #complaints = [];
  #announced = [kNotSignedIn];

  constructor(context, programs, who) {
    this.context = context;
    this.programs = programs;
    this.who = who;
    context.on("console", (line) => {
      if (line.type() !== "error") return;
      this.#complaints.push(`${line.text()} ${line.location().url}`);
    });
    // Somebody who listens from the start: else a dialog opened quickly is not caught.
    context.on("page", (page) => page.on("filechooser", () => {}));
    context.on("weberror", (error) => this.#complaints.push(error.error().stack));
    context.on("dialog", (dialog) => {
      this.#complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** Console errors of this shape belong to what the scene does. */
  expects(pattern) {
    this.#announced.push(pattern);
  }

  complaints() {
    return this.#complaints.filter((line) => !this.#announced.some((known) => known.test(line)));
  }

  async signIn(page = "/social-platform") {
    this.page = await this.context.newPage();
    await this.page.goto(this.programs.url + page);
    await this.page.getByLabel("E-mail").fill(this.who.email);
    await this.page.getByLabel("Password", { exact: true }).fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.waitForURL(`${this.programs.url}${page}`);
  }
}

/** `options` as Programs.start() takes them. Returns how this file's tests are written. */
export function stage(options = {}) {
  const on = {};
  before(async () => {
    on.programs = await Programs.start(options);
    on.browser = await launch();
  });
  after(async () => {
    await on.browser?.close();
    await on.programs?.stop();
  });

  return (name, act) =>
    test(name, { timeout: 180_000 }, async () => {
      const people = [];
      const open = async (who = baker, profile = {}) => {
        const context = await on.browser.newContext({ locale: "en-GB", ...profile });
        context.setDefaultTimeout(40_000);
        const person = new Person(context, on.programs, who);
        people.push(person);
        return person;
      };
      try {
        await act({ ...on, sandbox: on.programs.sandbox, open });
        for (const person of people) assert.deepEqual(person.complaints(), []);
      } catch (error) {
        await keepPictures(name, people, error);
        throw error;
      } finally {
        for (const person of people) await person.context.close();
        await on.programs.sandbox.noFaults().catch(() => undefined);
      }
    });
}

async function keepPictures(name, people, error) {
  const pages = people.flatMap((person) => person.context.pages());
  mkdirSync(logs, { recursive: true });
  for (const [i, page] of pages.entries()) {
    const file = path.join(logs, `${name.replaceAll(/\W+/g, "-").slice(0, 60)}-${i}.png`);
    await page.screenshot({ path: file, timeout: 5_000 }).catch(() => undefined);
    error.message += `\n  ${page.url()} looked like ${file}`;
  }
  const said = people.flatMap((person) => person.complaints());
  if (said.length > 0) error.message += `\n  the console said: ${said.join("\n    ")}`;
}

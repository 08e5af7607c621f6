// Starts the built programs on free ports and a fresh folder, and takes them down again.
// HERALD_BIN, HERALD_SANDBOX_BIN and HERALD_WEB name others than build/release's and web/dist.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Sandbox } from "./sandbox.mjs";
import { until } from "./until.mjs";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const heraldBin = process.env.HERALD_BIN ?? path.join(root, "build/release/src/herald");
const sandboxBin =
  process.env.HERALD_SANDBOX_BIN ?? path.join(root, "build/release/sandbox/herald-sandbox");
const webFolder = process.env.HERALD_WEB ?? path.join(root, "web/dist");

export const password = "correct-horse-battery";
export const baker = { customer: "bakery", email: "mia@bakery.test", name: "Mia Baker" };
export const other = { customer: "books", email: "olga@books.test", name: "Olga Other" };

function holds(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function freePorts(count) {
  for (;;) {
    // Below those that the system gives to outgoing connections, which would take one meanwhile.
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const ports = Array.from({ length: count }, (_, i) => first + i);
    const free = await Promise.all(ports.map(holds));
    if (free.every(Boolean)) return ports;
  }
}

class Program {
  #command;
  #log;
  #process = null;
  #over = null;

  constructor(command, log) {
    this.#command = command;
    this.#log = log;
  }

  start() {
    const [file, args, env] = this.#command;
    const log = createWriteStream(this.#log, { flags: "a" });
    this.#process = spawn(file, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stdout.pipe(log, { end: false });
    this.#process.stderr.pipe(log, { end: false });
    this.#over = new Promise((resolve) => {
      this.#process.once("exit", resolve);
      this.#process.once("error", resolve);
    });
  }

  get running() {
    return this.#process?.exitCode === null && this.#process.signalCode === null;
  }

  said() {
    return readFileSync(this.#log, "utf8");
  }

  async end(signal) {
    if (this.running) this.#process.kill(signal);
    await this.#over;
  }
}

// The environment of a person who has set nothing.
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|.*SAN_OPTIONS)$/.test(name),
  );
  return Object.fromEntries(kept);
}

const settingsIn = (text) =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

function runOnce(env, args, input = "") {
  const { status, stdout, stderr } = spawnSync(heraldBin, args, { env, input, encoding: "utf8" });
  if (status !== 0) throw new Error(`herald ${args.join(" ")}: ${stderr}`);
  return stdout;
}

export class Programs {
  #folder = mkdtempSync(path.join(tmpdir(), "herald-browser-"));
  #herald;
  #sandboxProgram = null;
  #readyUrl;

  // users: who may sign in. unset: variables left out. platformsAt: a base URL that stands for the
  // sandbox's, instead of starting it; or a function from the sandbox's to the one to use.
  // processing: how long the platforms take over a file, as a share of what is usual.
  static async start({ users = [baker], unset = [], platformsAt, processing = 1 } = {}) {
    const programs = new Programs();
    try {
      await programs.#begin({ users, unset, platformsAt, processing });
    } catch (error) {
      await programs.stop();
      throw error;
    }
    return programs;
  }

  async #begin({ users, unset, platformsAt, processing }) {
    const [edge, gateway, uploader, operations, sandbox] = await freePorts(5);
    this.url = `http://localhost:${edge}`;
    this.#readyUrl = `http://127.0.0.1:${operations}/readyz`;
    this.sandbox = new Sandbox(`http://127.0.0.1:${sandbox}`);
    let platforms = this.sandbox.url;
    if (typeof platformsAt === "function") platforms = await platformsAt(this.sandbox.url);
    if (typeof platformsAt === "string") platforms = platformsAt;
    const env = this.#environment({ edge, gateway, uploader, operations }, platforms);
    for (const name of unset) delete env[name];
    for (const { customer, email, name } of users) {
      const who = ["--customer", customer, "--email", email, "--name", name];
      runOnce(env, ["user", "add", ...who], `${password}\n`);
    }
    this.#herald = new Program([heraldBin, ["serve"], env], path.join(this.#folder, "herald.log"));
    if (typeof platformsAt !== "string") this.#startSandbox(sandbox, processing);
    await this.startHerald();
    if (this.#sandboxProgram) await until("the sandbox's start", () => this.sandbox.healthy());
  }

  #environment({ edge, gateway, uploader, operations }, platforms) {
    const env = cleanEnvironment();
    return Object.assign(env, settingsIn(runOnce(env, ["keys", "new-settings"])), {
      HERALD_DATA: this.#folder,
      HERALD_WEB: webFolder,
      HERALD_LOG_LEVEL: "warning",
      HERALD_PUBLIC_URL: this.url,
      HERALD_EDGE_PORT: String(edge),
      HERALD_GATEWAY_PORT: String(gateway),
      HERALD_UPLOADER_PORT: String(uploader),
      HERALD_OPERATIONS_PORT: String(operations),
      HERALD_SANDBOX_URL: platforms,
      ...settingsIn(readFileSync(path.join(root, "tools/sandbox_apps.env"), "utf8")),
    });
  }

  #startSandbox(port, processing) {
    const args = ["--port", String(port), "--data", path.join(this.#folder, "sandbox")];
    args.push("--processing-scale", String(processing));
    const back = `${this.url}/api/social-media/{platform}/oauth/callback`;
    args.push("--redirect-uri", back, "--redirect-uri", `${back}/login`);
    const log = path.join(this.#folder, "sandbox.log");
    this.#sandboxProgram = new Program([sandboxBin, args, cleanEnvironment()], log);
    this.#sandboxProgram.start();
  }

  async startHerald() {
    this.#herald.start();
    await until("Herald's start", async () => {
      if (!this.#herald.running) throw new Error(`Herald did not start: ${this.#herald.said()}`);
      return (await fetch(this.#readyUrl).catch(() => null))?.ok;
    });
  }

  // As a power cut would: no draining, no goodbye.
  killHerald = () => this.#herald.end("SIGKILL");
  heraldSaid = () => this.#herald.said();

  async stop() {
    // Herald first: what it drains may still ask the sandbox.
    await this.#herald?.end("SIGTERM");
    await this.#sandboxProgram?.end("SIGTERM");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

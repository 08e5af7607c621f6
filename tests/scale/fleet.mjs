// The roles as processes of one installation on a MongoDB, with the sandbox beside them.
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const built = (name, file) => process.env[name] ?? path.join(root, file);
const heraldBin = built("HERALD_BIN", "build/release/src/herald");
const sandboxBin = built("HERALD_SANDBOX_BIN", "build/release/sandbox/herald-sandbox");

const TICKS_A_SECOND = 100;

// CPU seconds, user and system, of a process; `tree`: with all below it, those that ended too.
export function cpuOf(pid, tree = false) {
  const stats = new Map();
  for (const one of tree ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [pid]) {
    try {
      const text = readFileSync(`/proc/${one}/stat`, "utf8");
      stats.set(Number(one), text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number));
    } catch {
      // It has ended.
    }
  }
  const below = (id) => [...stats].filter(([, stat]) => stat[1] === id).map(([one]) => one);
  const sum = (id) => {
    const stat = stats.get(id) ?? [];
    const ticks = (stat[11] ?? 0) + (stat[12] ?? 0) + (tree ? (stat[13] ?? 0) + (stat[14] ?? 0) : 0);
    return (tree ? below(id) : []).reduce((all, one) => all + sum(one), ticks);
  };
  return sum(Number(pid)) / TICKS_A_SECOND;
}

// Below those that the system gives to outgoing connections, which would take it meanwhile.
let nextPort = 20_000 + Math.floor(Math.random() * 10_000);
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(freePort()));
    const port = nextPort++;
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
  });
}

const settingsIn = (text) =>
  Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

// One role; killed and started again it keeps its ports.
class Role {
  #spent = 0; // CPU seconds of those that ended.

  constructor(name, env, log) {
    Object.assign(this, { name, env, log });
    this.operations = `http://127.0.0.1:${env.HERALD_OPERATIONS_PORT}`;
  }

  begin() {
    const said = openSync(this.log, "a");
    const words = ["serve", "--role", this.name];
    this.process = spawn(heraldBin, words, { env: this.env, stdio: ["ignore", said, said] });
    closeSync(said);
    this.over = new Promise((resolve) => this.process.once("exit", resolve));
  }

  async start() {
    this.begin();
    for (;;) {
      const answer = await fetch(`${this.operations}/readyz`).catch(() => null);
      if (answer?.ok) return;
      if (!this.runs) throw new Error(`${this.name}: ${readFileSync(this.log, "utf8")}`);
      await pause(20);
    }
  }

  get runs() {
    return this.process?.exitCode === null && this.process.signalCode === null;
  }

  async end(signal) {
    if (!this.runs) return;
    this.#spent += cpuOf(this.process.pid);
    this.process.kill(signal);
    await this.over;
  }

  cpu = () => this.#spent + (this.runs ? cpuOf(this.process.pid) : 0);

  // A counter's sum over its labels.
  async counted(name) {
    const text = await (await fetch(`${this.operations}/metrics`)).text();
    const lines = [...text.matchAll(new RegExp(`^${name}(?:{.*})? (\\d+)$`, "gm"))];
    return lines.reduce((sum, [, value]) => sum + Number(value), 0);
  }
}

export class Fleet {
  #folder = mkdtempSync(path.join(tmpdir(), "herald-scale-"));
  #roles = [];

  // store: the MongoDB's address, with a database of this run's own.
  static async start(store, gateways, uploaders, inFlight) {
    const fleet = new Fleet();
    try {
      await fleet.#begin(store, gateways, uploaders, inFlight);
    } catch (error) {
      await fleet.stop();
      throw error;
    }
    return fleet;
  }

  async #begin(store, gateways, uploaders, inFlight) {
    const [edgePort, sandboxPort] = [await freePort(), await freePort()];
    this.url = `http://localhost:${edgePort}`;
    this.sandbox = `http://127.0.0.1:${sandboxPort}`;
    const { PATH, TMPDIR = tmpdir() } = process.env;
    const secrets = spawnSync(heraldBin, ["keys", "new-settings"], { env: { PATH } });
    this.env = {
      PATH,
      TMPDIR,
      ...settingsIn(readFileSync(path.join(root, "tools/sandbox_apps.env"), "utf8")),
      ...settingsIn(String(secrets.stdout)),
      HERALD_DATA: path.join(this.#folder, "data"),
      HERALD_WEB: built("HERALD_WEB", "web/dist"),
      HERALD_LOG_LEVEL: "warning",
      HERALD_PUBLIC_URL: this.url,
      HERALD_MONGODB_URI: store,
      HERALD_SANDBOX_URL: this.sandbox,
      HERALD_TRUSTED_PROXIES: "127.0.0.1",
      HERALD_USER_REQUESTS_PER_MINUTE: "0",
      HERALD_PEER_REQUESTS_PER_MINUTE: "0",
      HERALD_IN_FLIGHT_MAX: String(inFlight),
    };
    mkdirSync(this.env.HERALD_DATA, { mode: 0o700 });
    this.run(["migrate"]);
    const back = `${this.url}/api/social-media/{platform}/oauth/callback`;
    // In memory: it would write down all that it knows after every call.
    const words = ["--port", String(sandboxPort), "--redirect-uri", back];
    this.platforms = spawn(sandboxBin, words, { env: { PATH }, stdio: "ignore" });
    this.env.HERALD_UPLOADER_URL = await this.#doors("uploader", "HERALD_UPLOADER_PORT", uploaders);
    this.env.HERALD_GATEWAY_URL = await this.#doors("gateway", "HERALD_GATEWAY_PORT", gateways);
    await (await this.add("edge", { HERALD_EDGE_PORT: String(edgePort) })).start();
  }

  // Starts so many; returns their addresses, as the door in front takes them.
  async #doors(name, variable, count) {
    const addresses = [];
    for (let i = 0; i < count; ++i) {
      const port = String(await freePort());
      addresses.push(`http://127.0.0.1:${port}`);
      await (await this.add(name, { [variable]: port })).start();
    }
    return addresses.join(",");
  }

  async add(name, env = {}) {
    const operations = { HERALD_OPERATIONS_PORT: String(await freePort()) };
    const log = path.join(this.#folder, `${name}-${this.#roles.length}.log`);
    const role = new Role(name, { ...this.env, ...operations, ...env }, log);
    this.#roles.push(role);
    return role;
  }

  run(words, input = "") {
    const { status, stdout, stderr } = spawnSync(heraldBin, words, { env: this.env, input });
    if (status !== 0) throw new Error(`herald ${words.join(" ")}: ${stderr}`);
    return String(stdout).trim();
  }

  async control(verb, body) {
    const headers = { "content-type": "application/json" };
    const options = body && { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${this.sandbox}/_sandbox/${verb}`, options)).json();
  }

  async stop() {
    for (const role of this.#roles.reverse()) await role.end("SIGTERM");
    this.platforms?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

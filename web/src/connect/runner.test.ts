import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError, unreachable } from "../api/problem";
import type { Flow } from "../api/types";
import { someAccount, someFlow } from "../testing/values";
import { ConnectRunner, type ConnectWorld } from "./runner";

const kOrigin = "https://herald.example";

function makeWorld() {
  const popup = { closed: false, close: vi.fn(), focus: vi.fn(), go: vi.fn(), source: {} };
  const start = { auth_url: "https://a.example/consent", flow_id: "flow_1", expires_at: "" };
  const world = {
    initiate: vi.fn<ConnectWorld["initiate"]>(async () => start),
    read: vi.fn<ConnectWorld["read"]>(async () => someFlow()),
    finish: vi.fn<ConnectWorld["finish"]>(async () => connected()),
    openPopup: vi.fn<ConnectWorld["openPopup"]>(() => popup),
    origin: kOrigin,
    remember: vi.fn<ConnectWorld["remember"]>(),
  };
  return { world, popup, runner: new ConnectRunner(world) };
}

const connected = (): Flow => someFlow({ status: "connected", accounts: [someAccount()] });
const returned = { type: "herald-oauth", flow_id: "flow_1", status: "returned" };
const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000);

describe("ConnectRunner", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("opens the popup before it asks the server, or the browser would block it", () => {
    const { world, runner } = makeWorld();
    void runner.press("alpha");
    expect(world.openPopup).toHaveBeenCalledOnce();
    expect(world.openPopup.mock.invocationCallOrder[0]).toBeLessThan(
      world.initiate.mock.invocationCallOrder[0] ?? 0,
    );
  });

  it("sends the popup to the consent page and finishes on its message", async () => {
    const { world, popup, runner } = makeWorld();
    await runner.press("alpha", { accountId: "acc_1", figures: false });
    expect(world.initiate).toHaveBeenCalledWith("alpha", { accountId: "acc_1", figures: false });
    expect(popup.go).toHaveBeenCalledWith("https://a.example/consent");
    runner.hearMessage({ origin: kOrigin, source: popup.source, data: returned });
    await seconds(0);
    expect(world.finish).toHaveBeenCalledExactlyOnceWith("alpha", "flow_1", null);
    expect(runner.state.phase).toBe("connected");
    expect(popup.close).toHaveBeenCalled();
    expect(world.remember).toHaveBeenLastCalledWith(null);
  });

  it("does nothing on a message from another window (O-29)", async () => {
    const { world, popup, runner } = makeWorld();
    await runner.press("alpha");
    const before = runner.state;
    runner.hearMessage({ origin: kOrigin, source: {}, data: returned });
    runner.hearMessage({ origin: "https://evil.example", source: popup.source, data: returned });
    expect(runner.state).toBe(before);
    expect(world.finish).not.toHaveBeenCalled();
  });

  it("finishes by polling within three seconds when the opener was cut off (O-30)", async () => {
    const { world, popup, runner } = makeWorld();
    await runner.press("alpha");
    popup.closed = true; // That is how a cut looks from here.
    await seconds(2);
    expect(runner.state).toMatchObject({ phase: "waiting", window: "closed" });
    world.read.mockResolvedValue(someFlow({ status: "returned" }));
    await seconds(3);
    expect(runner.state.phase).toBe("connected");
    expect(world.finish).toHaveBeenCalledOnce();
  });

  it("asks again when the answer to finish is lost", async () => {
    const { world, popup, runner } = makeWorld();
    world.finish.mockRejectedValueOnce(unreachable()).mockResolvedValueOnce(connected());
    await runner.press("alpha");
    runner.hearMessage({ origin: kOrigin, source: popup.source, data: returned });
    await seconds(2);
    expect(world.finish).toHaveBeenCalledTimes(2);
    expect(runner.state.phase).toBe("connected");
  });

  it("asks to finish once at a time, however long the answer takes", async () => {
    const { world, popup, runner } = makeWorld();
    world.finish.mockReturnValue(new Promise(() => undefined));
    await runner.press("alpha");
    runner.hearMessage({ origin: kOrigin, source: popup.source, data: returned });
    await seconds(30);
    expect(world.finish).toHaveBeenCalledOnce();
  });

  it("waits through a server that is away", async () => {
    const { world, runner } = makeWorld();
    world.read.mockRejectedValue(unreachable());
    await runner.press("alpha");
    await seconds(30);
    expect(runner.state.phase).toBe("waiting");
    world.read.mockResolvedValue(someFlow({ status: "returned" }));
    await seconds(2);
    expect(runner.state.phase).toBe("connected");
  });

  it("shows the link when the popup is blocked, and goes on all the same", async () => {
    const { world, runner } = makeWorld();
    world.openPopup.mockReturnValue(null);
    await runner.press("alpha");
    expect(runner.state).toMatchObject({ window: "blocked", authUrl: "https://a.example/consent" });
    world.read.mockResolvedValue(someFlow({ status: "returned" }));
    await seconds(2);
    expect(runner.state.phase).toBe("connected");
  });

  it("closes the popup and says why when the server refuses to start", async () => {
    const { world, popup, runner } = makeWorld();
    const problem = { status: 409, code: "platform_not_configured", title: "Not set up." };
    world.initiate.mockRejectedValue(new ProblemError(problem));
    await runner.press("alpha");
    expect(runner.state).toMatchObject({ phase: "ended", how: "failed", message: "Not set up." });
    expect(popup.close).toHaveBeenCalled();
  });

  it("keeps quiet about a start that the person has left meanwhile", async () => {
    const { popup, runner } = makeWorld();
    const starting = runner.press("alpha");
    runner.dismiss();
    await starting;
    expect(runner.state.phase).toBe("idle");
    expect(popup.go).not.toHaveBeenCalled();
    expect(popup.close).toHaveBeenCalled();
  });

  it("ends when the flow is gone, and polls no more", async () => {
    const { world, runner } = makeWorld();
    world.read.mockRejectedValue(new ProblemError({ status: 404, code: "not_found", title: "x" }));
    await runner.press("alpha");
    await seconds(1);
    expect(runner.state.phase).toBe("ended");
    await seconds(10);
    expect(world.read).toHaveBeenCalledOnce();
  });

  it("remembers the flow for a reload, and goes on with it", async () => {
    const { world, runner } = makeWorld();
    await runner.press("alpha");
    const flow = { platform: "alpha", flowId: "flow_1" };
    expect(world.remember).toHaveBeenLastCalledWith(flow);
    const next = makeWorld();
    next.world.read.mockResolvedValue(someFlow({ status: "returned" }));
    next.runner.resume(flow.platform, flow.flowId);
    await seconds(0);
    expect(next.runner.state.phase).toBe("connected");
  });

  it("says nothing of a remembered flow that is long gone", async () => {
    const { world, runner } = makeWorld();
    world.read.mockRejectedValue(new ProblemError({ status: 404, code: "not_found", title: "x" }));
    runner.resume("alpha", "flow_1");
    await seconds(1);
    expect(runner.state.phase).toBe("idle");
  });

  it("opens the window again for somebody who closed it too early", async () => {
    const { world, popup, runner } = makeWorld();
    await runner.press("alpha");
    popup.closed = true;
    await seconds(1);
    popup.closed = false;
    runner.reopen();
    expect(world.openPopup).toHaveBeenCalledOnce(); // It was not closed after all.
    popup.closed = true;
    await seconds(1);
    runner.reopen();
    expect(world.openPopup).toHaveBeenCalledTimes(2);
    expect(runner.state).toMatchObject({ phase: "waiting", window: "open" });
  });
});

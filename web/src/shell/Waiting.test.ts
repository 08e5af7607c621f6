import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { waitForServer } from "./Waiting";

describe("waiting for the server", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("goes on once it answers, and not before", async () => {
    const answers = [
      Promise.reject(new TypeError("refused")),
      Promise.resolve({ ok: false }),
      Promise.resolve({ ok: true }),
    ];
    const asked = vi.fn(() => answers.shift());
    vi.stubGlobal("fetch", asked);
    const then = vi.fn();
    void waitForServer(then);
    await vi.advanceTimersByTimeAsync(1999);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(then).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(then).toHaveBeenCalledTimes(1);
  });
});

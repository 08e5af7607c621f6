import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError, unreachable } from "../api/problem";
import { someMedia } from "../testing/values";
import { Uploads, type TransferEvents, type UploadWorld } from "./uploads";

function makeWorld() {
  const transfers: { name: string; tell: TransferEvents; start: () => void; drop: () => void }[] =
    [];
  const world = {
    transfer: vi.fn<UploadWorld["transfer"]>((file, tell) => {
      const transfer = { name: file.name, tell, start: vi.fn(), drop: vi.fn() };
      transfers.push(transfer);
      return transfer;
    }),
    read: vi.fn<UploadWorld["read"]>(async () => someMedia()),
    drop: vi.fn<UploadWorld["drop"]>(async () => undefined),
    preview: vi.fn<UploadWorld["preview"]>((file) => `blob:${file.name}`),
    forget: vi.fn<UploadWorld["forget"]>(),
  };
  const uploads = new Uploads(world);
  return { world, transfers, uploads, at: (key: string) => uploads.items.get(key) };
}

const file = (name: string, type = "image/jpeg") => new File(["0123456789"], name, { type });

describe("Uploads", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("shows a file from choosing it to its being ready", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.read.mockResolvedValueOnce(someMedia({ status: "processing" }));
    const key = uploads.add(file("a.jpg"));
    expect(at(key)).toMatchObject({ state: "uploading", type: "image", previewUrl: "blob:a.jpg" });
    transfers[0]?.tell.progress(4);
    expect(at(key)).toMatchObject({ sentBytes: 4, sizeBytes: 10 });
    transfers[0]?.tell.done("med_1");
    expect(at(key)?.state).toBe("processing");
    await vi.advanceTimersByTimeAsync(1000);
    expect(at(key)).toMatchObject({
      state: "ready",
      mediaId: "med_1",
      width: 100,
      previewUrl: "/preview",
    });
    expect(world.forget).toHaveBeenCalledWith("blob:a.jpg");
  });

  it("shows the server's frame of a video, which it cannot show by itself", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.preview.mockReturnValueOnce(null);
    world.read.mockResolvedValueOnce(someMedia({ type: "video" }));
    const key = uploads.add(file("a.mp4", "video/mp4"));
    expect(at(key)?.previewUrl).toBeNull();
    transfers[0]?.tell.done("med_1");
    await vi.advanceTimersByTimeAsync(0);
    expect(at(key)).toMatchObject({ state: "ready", type: "video", previewUrl: "/preview" });
  });

  it("sends two at a time", () => {
    const { transfers, uploads, at } = makeWorld();
    const keys = ["a", "b", "c"].map((name) => uploads.add(file(name)));
    expect(keys.map((key) => at(key)?.state)).toEqual(["uploading", "uploading", "queued"]);
    transfers[0]?.tell.failed("The connection broke.");
    expect(keys.map((key) => at(key)?.state)).toEqual(["broken", "uploading", "uploading"]);
  });

  it("goes on with the same transfer after a break", () => {
    const { transfers, uploads, at } = makeWorld();
    const key = uploads.add(file("a"));
    transfers[0]?.tell.failed("The connection broke.");
    uploads.retry(key);
    expect(at(key)).toMatchObject({ state: "uploading", message: null });
    expect(transfers).toHaveLength(1);
    expect(transfers[0]?.start).toHaveBeenCalledTimes(2);
  });

  it("does not send again what has arrived when only the answer was lost", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.read.mockRejectedValueOnce(new ProblemError({ status: 403, code: "x", title: "No." }));
    const key = uploads.add(file("a"));
    transfers[0]?.tell.done("med_1");
    await vi.advanceTimersByTimeAsync(0);
    expect(at(key)).toMatchObject({ state: "broken", message: "No." });
    uploads.retry(key);
    await vi.advanceTimersByTimeAsync(0);
    expect(at(key)?.state).toBe("ready");
    expect(transfers[0]?.start).toHaveBeenCalledOnce();
  });

  it("waits through a server that is away", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.read.mockRejectedValueOnce(unreachable()).mockRejectedValueOnce(unreachable());
    const key = uploads.add(file("a"));
    transfers[0]?.tell.done("med_1");
    await vi.advanceTimersByTimeAsync(2000);
    expect(at(key)?.state).toBe("ready");
  });

  it("says why a file is refused", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.read.mockResolvedValue(someMedia({ status: "refused", problem: "Not a picture." }));
    const key = uploads.add(file("a"));
    transfers[0]?.tell.done("med_1");
    await vi.advanceTimersByTimeAsync(0);
    expect(at(key)).toMatchObject({ state: "refused", message: "Not a picture." });
  });

  it("throws away on the server what the person takes out, but never what a post uses", async () => {
    const { world, transfers, uploads } = makeWorld();
    const going = uploads.add(file("a"));
    uploads.remove(going);
    expect(transfers[0]?.drop).toHaveBeenCalled();
    const there = uploads.add(file("b"));
    transfers[1]?.tell.done("med_b");
    await vi.advanceTimersByTimeAsync(0);
    uploads.remove(there);
    expect(world.drop).toHaveBeenCalledExactlyOnceWith("med_b");
    const used = uploads.add(file("c"));
    transfers[2]?.tell.done("med_c");
    const adopted = uploads.adopt({ mediaId: "med_d", type: "image" });
    uploads.remove(adopted);
    uploads.clear();
    expect(uploads.items.has(used)).toBe(false);
    expect(world.drop).toHaveBeenCalledOnce();
  });

  it("looks at once when the server says that a medium has changed", async () => {
    const { world, transfers, uploads, at } = makeWorld();
    world.read.mockResolvedValueOnce(someMedia({ status: "processing" }));
    const key = uploads.add(file("a"));
    transfers[0]?.tell.done("med_1");
    await vi.advanceTimersByTimeAsync(10);
    uploads.hear("med_other");
    uploads.hear("med_1");
    await vi.advanceTimersByTimeAsync(0);
    expect(at(key)?.state).toBe("ready");
  });
});

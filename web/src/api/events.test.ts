import { describe, expect, it, vi } from "vitest";
import { backoffMs, EventFeed, EventParser, type ServerEvent } from "./events";

const kText =
  ': keep-alive\n\nevent: post.updated\ndata: {"post_id":"p1"}\n\nevent: flow.updated\r\ndata:{"a":\r\ndata: 1}\r\n\r\n';
const kEvents = [
  { name: "post.updated", data: { post_id: "p1" } },
  { name: "flow.updated", data: { a: 1 } },
];

describe("EventParser", () => {
  it("finds the same events wherever the pieces are cut", () => {
    for (let cut = 0; cut <= kText.length; cut += 1) {
      const parser = new EventParser();
      const found = [...parser.push(kText.slice(0, cut)), ...parser.push(kText.slice(cut))];
      expect(found, `cut at ${cut}`).toEqual(kEvents);
    }
  });

  it("lets go of what is no event of ours", () => {
    const parser = new EventParser();
    expect(parser.push("data: {}\n\nevent: a\n\nevent: b\ndata: not json\n\nretry: 5\n\n")).toEqual(
      [],
    );
    expect(parser.push('event: c\ndata: "c"\n\n')).toEqual([{ name: "c", data: "c" }]);
  });
});

describe("backoffMs", () => {
  it("grows, is spread, and has an end", () => {
    expect(backoffMs(0, 0)).toBe(500);
    expect(backoffMs(0, 1)).toBe(1000);
    expect(backoffMs(3, 1)).toBe(8000);
    expect(backoffMs(50, 1)).toBe(30_000);
  });
});

function streamOf(...pieces: string[]): Response {
  return new Response(pieces.join(""), { headers: { "content-type": "text/event-stream" } });
}

describe("EventFeed", () => {
  it("comes back after the stream ends or fails, and says when it is connected", async () => {
    vi.useFakeTimers();
    try {
      const seen: (ServerEvent | boolean)[] = [];
      const answers = [
        () => Promise.resolve(streamOf("event: a\ndata: 1\n\n")),
        () => Promise.reject(new TypeError("network")),
        () => Promise.resolve(new Response(null, { status: 503 })),
        () => Promise.resolve(streamOf("event: b\ndata: 2\n\n")),
      ];
      const feed = new EventFeed(() => answers.shift()?.() ?? new Promise(() => undefined), {
        event: (event) => seen.push(event),
        connection: (connected) => seen.push(connected),
      });
      void feed.run();
      await vi.advanceTimersByTimeAsync(60_000);
      feed.stop();
      const expected = [true, { name: "a", data: 1 }, false, true, { name: "b", data: 2 }, false];
      expect(seen).toEqual(expected);
    } finally {
      vi.useRealTimers();
    }
  });

  it("gives up a connection that has gone silent", async () => {
    vi.useFakeTimers();
    try {
      const signals: AbortSignal[] = [];
      const feed = new EventFeed(
        (signal) => {
          signals.push(signal);
          return new Promise((_, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason)),
          );
        },
        { event: () => undefined, connection: () => undefined },
      );
      void feed.run();
      await vi.advanceTimersByTimeAsync(44_000);
      expect(signals).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(signals).toHaveLength(2);
      feed.stop();
      expect(signals[1]?.aborted).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});

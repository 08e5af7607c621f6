import { beforeEach, describe, expect, it, vi } from "vitest";
import { someDelivery, somePost } from "../testing/values";
import { onFlow, onMedia, takeEvent, withDelivery } from "./live";
import { keys, queries, type PostPages } from "./queries";
import type { Post } from "./types";

describe("takeEvent", () => {
  beforeEach(() => {
    queries.clear();
    queries.setQueryData(keys.post("post_1"), somePost());
    queries.setQueryData<PostPages>([...keys.posts, {}], {
      pages: [{ posts: [somePost()], next_cursor: null }],
      pageParams: [undefined],
    });
  });

  const progress = { done_bytes: 5, total_bytes: 10, step: "Uploading" };
  const shown = () => queries.getQueryData<Post>(keys.post("post_1"))?.deliveries[0];
  const listed = () =>
    queries.getQueryData<PostPages>([...keys.posts, {}])?.pages[0]?.posts[0]?.deliveries[0];

  it("moves a delivery on the page and in the list at once", () => {
    const data = { post_id: "post_1", ...someDelivery({ state: "running", progress }) };
    takeEvent({ name: "delivery.updated", data });
    expect(shown()).toEqual(someDelivery({ state: "running", progress }));
    expect(listed()?.progress).toEqual(progress);
  });

  it("reads the post again when a state changes, and not for progress alone", () => {
    const read = vi.spyOn(queries, "invalidateQueries");
    const data = { post_id: "post_1", ...someDelivery({ progress }) };
    takeEvent({ name: "delivery.updated", data });
    expect(read).not.toHaveBeenCalled();
    takeEvent({ name: "delivery.updated", data: { ...data, state: "published" } });
    expect(read).toHaveBeenCalledWith({ queryKey: keys.post("post_1") });
    expect(read).toHaveBeenCalledWith({ queryKey: keys.posts });
    // Its account tells how many posts wait for it.
    expect(read).toHaveBeenCalledWith({ queryKey: keys.accounts });
    // What went out has figures from now on.
    expect(read).toHaveBeenCalledWith({ queryKey: keys.analytics });
    read.mockRestore();
  });

  it("reads the accounts again though the post was read in its new state before", () => {
    const parked = { post_id: "post_1", ...someDelivery({ state: "parked" }) };
    takeEvent({ name: "delivery.updated", data: { ...parked, state: "running" } });
    queries.setQueryData(keys.post("post_1"), somePost({ deliveries: [parked] }));
    const read = vi.spyOn(queries, "invalidateQueries");
    takeEvent({ name: "delivery.updated", data: parked });
    expect(read).toHaveBeenCalledWith({ queryKey: keys.accounts });
    read.mockRestore();
  });

  it("passes on flows and media to who waits for them", () => {
    const heard: unknown[] = [];
    const off = [onFlow((flow) => heard.push(flow)), onMedia((id) => heard.push(id))];
    const flow = { flow_id: "f1", platform: "alpha", status: "returned" };
    takeEvent({ name: "flow.updated", data: flow });
    takeEvent({ name: "media.updated", data: { media_id: "m1" } });
    for (const stop of off) stop();
    takeEvent({ name: "media.updated", data: { media_id: "m2" } });
    expect(heard).toEqual([flow, "m1"]);
  });

  it("is not upset by events that it does not know", () => {
    expect(() => takeEvent({ name: "tea.ready", data: null })).not.toThrow();
    expect(() => takeEvent({ name: "post.updated", data: {} })).not.toThrow();
  });
});

describe("withDelivery", () => {
  it("does not add deliveries that the post does not have", () => {
    const post = somePost();
    expect(withDelivery(post, someDelivery({ id: "dlv_other" }))).toBe(post);
  });
});

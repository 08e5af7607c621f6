import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { keys, queries } from "../api/queries";
import type { Figures } from "../api/types";
import { draw } from "../testing/draw";
import { someFigures, somePostAnalytics, somePublished } from "../testing/figures";
import { someDelivery } from "../testing/values";
import { firstDay } from "./numbers";
import { PostFigures } from "./PostFigures";

function drawLine(figures: Partial<Figures>, agoDays = 1) {
  const published_at = new Date(Date.now() - agoDays * 86_400_000).toISOString();
  const posts = [somePublished({ figures: someFigures(figures), published_at })];
  queries.setQueryData([...keys.analytics, "posts", { post_id: "post_1", from: firstDay(366) }], {
    pages: [somePostAnalytics({ posts })],
    pageParams: [undefined],
  });
  const delivery = someDelivery({ state: "published", published_at });
  draw(<PostFigures delivery={delivery} postId="post_1" />);
}

describe("a delivery's figures", () => {
  it("stand in one line, with the way to their days", () => {
    drawLine({ latest: { views: 1234 } }, 10);
    expect(screen.getByText(/^Views 1,234, read/)).toBeTruthy();
    const way = screen.getByRole("link", { name: "Day by day" });
    expect(way.getAttribute("href")).toBe("/analytics?view=posts&post=post_1");
  });

  it("have no way to days that no period holds", () => {
    drawLine({ latest: { views: 1 } }, 100);
    expect(screen.getByText(/^Views 1/)).toBeTruthy();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("say when the first ones come", () => {
    const next_at = new Date(Date.now() + 30.5 * 60_000).toISOString();
    drawLine({ measured_at: null, next_at });
    expect(screen.getByText(/^First figures in 3[01] minutes$/)).toBeTruthy();
  });
});

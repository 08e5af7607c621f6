import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { api } from "../api/client";
import type { AccountAnalytics, PostAnalytics } from "../api/types";
import { draw } from "../testing/draw";
import {
  someAccountAnalytics,
  someFigures,
  someMetric,
  somePostAnalytics,
  somePublished,
} from "../testing/figures";
import { someAccount, somePlatform } from "../testing/values";
import AnalyticsPage from "./AnalyticsPage";
import { firstDay } from "./numbers";

const kAlpha = somePlatform();
const kBeta = somePlatform({ id: "beta", name: "Beta" });
const kMia = someAccount();
const kBen = someAccount({ id: "acc_2", name: "Ben", platform: "beta" });

interface Answers {
  accounts?: AccountAnalytics;
  posts?: PostAnalytics[]; // One page after the other.
}

/** The page at `address`, with the server's answers; tells what was asked for, as it was asked. */
function drawPage(address: string, { accounts = someAccountAnalytics(), posts = [] }: Answers) {
  const pages = [...posts];
  const get = vi.spyOn(api, "GET").mockImplementation((async (path: string) => ({
    data: path.endsWith("/accounts") ? accounts : pages.shift(),
    response: new Response(),
  })) as unknown as typeof api.GET);
  draw(<AnalyticsPage />, { platforms: [kAlpha, kBeta], accounts: [kMia, kBen] }, address);
  return (of: "accounts" | "posts") =>
    (get.mock.calls as unknown as [string, { params: { query: Record<string, unknown> } }][])
      .filter(([path]) => path === `/api/social-media/analytics/${of}`)
      .map(([, { params }]) => params.query);
}

const table = () => within(screen.getByLabelText(/^Figures of/));
const rowNames = () =>
  table()
    .getAllByRole("rowheader")
    .map(({ textContent }) => textContent);
const cells = (name: string) =>
  within(table().getByRole("row", { name: new RegExp(name) }))
    .getAllByRole("cell")
    .map(({ textContent }) => textContent);

const kReach = someMetric({ name: "reach", label: "Reach", span: "day", theirs: "reach_day" });
const kTwo = someAccountAnalytics({
  metrics: [someMetric(), someMetric({ platform: "beta", theirs: "subs" }), kReach],
  accounts: [
    {
      account: kMia,
      figures: someFigures({
        latest: { followers: 1204, reach: 0 },
        days: [
          { day: "2026-11-20", values: { followers: 1200, reach: 9 } },
          { day: "2026-11-22", values: { followers: 1204, reach: 0 } },
        ],
      }),
      off: [],
    },
    { account: kBen, figures: someFigures({ latest: { followers: 20_000 } }), off: [] },
  ],
});

afterEach(() => vi.restoreAllMocks());

describe("the accounts' figures", () => {
  it("are asked for as the address says", async () => {
    const asked = drawPage("/analytics?platform=beta&account=acc_2&days=7", { accounts: kTwo });
    await screen.findByRole("row", { name: /Ben/ });
    expect(asked("accounts")).toEqual([
      { platform: "beta", account_id: "acc_2", from: firstDay(7) },
    ]);
  });

  it("have zero as zero, and a dash that says why where there is none", async () => {
    drawPage("/analytics", { accounts: kTwo });
    await screen.findByRole("row", { name: /Ben/ });
    expect(cells("Morning Bakery").slice(0, 2)).toEqual(["1,204+4 since Nov 20", "0"]);
    expect(cells("Ben").slice(0, 2)).toEqual(["20,000", "–Beta does not offer this."]);
    expect(screen.getByTitle("Beta does not offer this.").textContent).toContain("–");
  });

  it("tell a running total from what came about in a day", async () => {
    drawPage("/analytics", { accounts: kTwo });
    expect(await screen.findByRole("columnheader", { name: /Followers total/ })).toBeTruthy();
    expect(screen.getByRole("columnheader", { name: /Reach in a day/ })).toBeTruthy();
  });

  it("are sorted by a press: the highest first, then the lowest, then as they came", async () => {
    drawPage("/analytics", { accounts: kTwo });
    const head = await screen.findByRole("columnheader", { name: /Followers/ });
    const press = () => fireEvent.click(within(head).getByRole("button"));
    const order = () => rowNames().map((name) => (name?.includes("Ben") ? "Ben" : "Mia"));
    const sort = () => head.getAttribute("aria-sort");
    expect(order()).toEqual(["Mia", "Ben"]);
    press();
    expect([order(), sort()]).toEqual([["Ben", "Mia"], "descending"]);
    press();
    expect([order(), sort()]).toEqual([["Mia", "Ben"], "ascending"]);
    press();
    expect([order(), sort()]).toEqual([["Mia", "Ben"], null]);
  });

  it("stand in a table day by day as well as in the chart", async () => {
    drawPage("/analytics", { accounts: kTwo });
    const days = await screen.findByRole("region", { name: "Followers, day by day" });
    const rows = within(days).getAllByRole("row");
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      "Day (UTC)Morning Bakery",
      "Nov 221,204",
      "Nov 201,200",
    ]);
  });

  it("say what each platform means by them, by its own word, with the source", async () => {
    drawPage("/analytics", { accounts: kTwo });
    await screen.findByRole("row", { name: /Ben/ });
    expect(screen.getByText("subs")).toBeTruthy();
    const source = screen.getAllByLabelText("Source, checked on 2026-11-22")[0];
    expect(source?.getAttribute("href")).toBe("https://alpha.example/metrics");
  });

  it("that are off or in trouble say so, with a way to the account's card", async () => {
    const message = "Reach takes a permission that was not given.";
    const off = [{ names: ["reach"], scope: "insights", message }];
    const figures = someFigures({ problem: "Alpha was busy." });
    const metrics = [someMetric(), kReach];
    const accounts = [{ account: kMia, figures, off }];
    drawPage("/analytics", { accounts: someAccountAnalytics({ metrics, accounts }) });
    const missing = within(await screen.findByRole("list", { name: "What is missing" }));
    expect(missing.getByText(/Alpha was busy\. Reach takes a permission/)).toBeTruthy();
    const way = missing.getByRole("link", { name: "Go to its card" });
    expect(way.getAttribute("href")).toBe("/social-platform#platform-alpha");
    expect(cells("Morning Bakery")[1]).toBe(`–${message}`);
  });

  it("that were never read say when they are", async () => {
    const next_at = new Date(Date.now() + 41 * 60_000).toISOString();
    const figures = someFigures({ measured_at: null, next_at });
    const accounts = [{ account: kMia, figures, off: [] }];
    drawPage("/analytics", { accounts: someAccountAnalytics({ accounts }) });
    expect(await screen.findByText(/first ones are read in 4[01] minutes/)).toBeTruthy();
    expect(cells("Morning Bakery")).toEqual(["–Not read yet.", expect.stringMatching("Not yet")]);
  });

  it("lead to the platforms where there is no account", async () => {
    drawPage("/analytics", { accounts: someAccountAnalytics({ accounts: [] }) });
    const way = await screen.findByRole("link", { name: "Connect an account" });
    expect(way.getAttribute("href")).toBe("/social-platform");
  });
});

describe("the posts' figures", () => {
  it("are asked for as the address says, and lead to the post and to what is live", async () => {
    const asked = drawPage("/analytics?view=posts&days=90&post=post_1", {
      posts: [somePostAnalytics()],
    });
    const row = within(await screen.findByRole("row", { name: /Hello/ }));
    expect(asked("posts")).toEqual([{ post_id: "post_1", from: firstDay(90) }]);
    expect(row.getByRole("link", { name: "Hello" }).getAttribute("href")).toBe("/posts/post_1");
    const live = row.getByRole("link", { name: "See it live on Alpha: Hello" });
    expect(live.getAttribute("href")).toBe("https://a.example/p/1");
    expect(live.getAttribute("rel")).toContain("noreferrer");
  });

  it("come page by page with the cursor", async () => {
    const older = somePublished({ delivery_id: "dlv_2", text: "Older" });
    const asked = drawPage("/analytics?view=posts", {
      posts: [somePostAnalytics({ next_cursor: "c1" }), somePostAnalytics({ posts: [older] })],
    });
    fireEvent.click(await screen.findByRole("button", { name: "Show older posts" }));
    await screen.findByRole("row", { name: /Older/ });
    expect(asked("posts").map(({ cursor }) => cursor)).toEqual([undefined, "c1"]);
    expect(rowNames()[0]).toContain("Hello");
    expect(screen.queryByRole("button", { name: "Show older posts" })).toBeNull();
  });

  it("that were not permitted say so, as their account does", async () => {
    const message = "Views were not permitted.";
    const off = [{ names: ["views"], scope: "insights", message }];
    const figures = someFigures();
    drawPage("/analytics?view=posts", {
      accounts: someAccountAnalytics({ accounts: [{ account: kMia, figures, off }] }),
      posts: [somePostAnalytics({ posts: [somePublished({ figures })] })],
    });
    expect(await screen.findByTitle(message)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Go to its card" })).toBeTruthy();
  });

  it("stand side by side, the highest first", async () => {
    const more = someFigures({ latest: { views: 4000 } });
    const posts = [
      somePublished(),
      somePublished({ delivery_id: "d2", text: "Best", figures: more }),
    ];
    drawPage("/analytics?view=posts", { posts: [somePostAnalytics({ posts })] });
    const bars = within(await screen.findByRole("list", { name: "Views, the highest first" }));
    const shown = bars.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(shown).toEqual(["AAlpha: Best4,000", "AAlpha: Hello900"]);
  });

  it("say what will come where nothing went out, and offer a longer period", async () => {
    drawPage("/analytics?view=posts&days=7&platform=alpha", {
      posts: [somePostAnalytics({ posts: [] })],
    });
    expect(await screen.findByText(/first figures come an hour later/)).toBeTruthy();
    const longer = screen.getByRole("link", { name: "Show 30 days" });
    expect(longer.getAttribute("href")).toBe("/analytics?view=posts&platform=alpha");
  });
});

describe("the filters", () => {
  it("ask anew, and forget the account when another platform is chosen", async () => {
    const asked = drawPage("/analytics?account=acc_1", { accounts: kTwo });
    await screen.findByRole("row", { name: /Ben/ });
    fireEvent.click(screen.getByRole("combobox", { name: "Platform" }));
    fireEvent.click(await screen.findByRole("option", { name: "Beta" }));
    await waitFor(() =>
      expect(asked("accounts").at(-1)).toEqual({ platform: "beta", from: firstDay(30) }),
    );
    fireEvent.click(screen.getByLabelText("90 days"));
    await waitFor(() =>
      expect(asked("accounts").at(-1)).toEqual({ platform: "beta", from: firstDay(90) }),
    );
  });

  it("keep both of two changes that follow at once", async () => {
    const asked = drawPage("/analytics", { accounts: kTwo });
    await screen.findByRole("row", { name: /Ben/ });
    act(() => {
      fireEvent.click(screen.getByLabelText("7 days"));
      fireEvent.click(screen.getByRole("tab", { name: "Posts" }));
    });
    await waitFor(() => expect(asked("posts").at(-1)).toEqual({ from: firstDay(7) }));
  });
});

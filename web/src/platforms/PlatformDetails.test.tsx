import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { kFact, someKind, somePlatform, someScope, someSignIn } from "../testing/values";
import { PlatformDetails } from "./PlatformDetails";

describe("PlatformDetails", () => {
  it("tells the permissions that only figures take from the others, each with its source", () => {
    const scopes = [
      someScope("publish"),
      someScope("comment", { required: false }),
      someScope("count", { required: false, use: "measure", source: "https://alpha.example/count" }),
    ];
    const platform = somePlatform({ sign_ins: [someSignIn({ scopes })] });
    draw(<PlatformDetails platform={platform} opened onClose={() => undefined} />);
    const section = screen.getByRole("region", { name: "Permissions it asks for" });
    const words = section.textContent ?? "";
    expect(words.indexOf("comment")).toBeLessThan(words.indexOf("Only to read figures"));
    expect(words.indexOf("Only to read figures")).toBeLessThan(words.indexOf("count"));
    expect(within(section).getAllByText("Optional")).toHaveLength(1);
    const links = within(section).getAllByRole("link", { name: "Source, checked on 2026-11-22" });
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "https://alpha.example/scopes",
      "https://alpha.example/scopes",
      "https://alpha.example/count",
    ]);
  });

  it("shows the limits of posts beside the platform's own, each with its source", () => {
    const daily = { id: "daily", label: "Posts a day", value: 50, unit: "posts" };
    const source = "https://alpha.example/daily";
    const kinds = [someKind("photo"), someKind("note", { max: 0 })];
    const platform = somePlatform({
      limits: [{ ...daily, source, checked_on: "2026-11-21" }],
      kinds,
    });
    draw(<PlatformDetails platform={platform} opened onClose={() => undefined} />);
    const section = within(screen.getByRole("region", { name: "Limits" }));
    const rows = section.getAllByRole("row").map(({ textContent }) => textContent);
    expect(rows).toEqual([
      "Posts a day50 postsSource",
      "TextAt most 100 charactersSource",
      "FilesphotoAt most 10 (picture)Source",
    ]);
    const links = section.getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      source,
      kFact.source,
      kFact.source,
    ]);
    expect(links[0]?.title).toBe("Checked on 2026-11-21");
  });

  it("has the permissions of each sign-in", () => {
    const sign_ins = [
      someSignIn({ name: "Big Login" }),
      someSignIn({ registration: "second", name: "Own Login" }),
    ];
    const platform = somePlatform({ sign_ins });
    draw(<PlatformDetails platform={platform} opened onClose={() => undefined} />);
    for (const name of ["Big Login", "Own Login"]) {
      expect(screen.getByRole("region", { name: `Permissions ${name} asks for` })).toBeTruthy();
    }
  });
});

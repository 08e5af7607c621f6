import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { somePlatform, someScope, someSignIn } from "../testing/values";
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

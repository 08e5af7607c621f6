import { afterEach, describe, expect, it, vi } from "vitest";
import { draw } from "../testing/draw";
import { useAnchor } from "./useAnchor";

function Card({ drawn }: { drawn: boolean }) {
  useAnchor(drawn);
  return <h2 id="card">Card</h2>;
}

afterEach(() => vi.restoreAllMocks());

describe("useAnchor", () => {
  it.each([
    ["/page#card", true, 1],
    ["/page#card", false, 0],
    ["/page", true, 0],
    ["/page#nowhere", true, 0],
  ])("shows the place named by %s, drawn: %s", (address, drawn, times) => {
    const scrolled = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
    draw(<Card drawn={drawn} />, {}, address);
    expect(scrolled).toHaveBeenCalledTimes(times);
  });
});

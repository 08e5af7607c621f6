// The lines' colours, measured: readable as words, and apart for colour-blind eyes.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Rgb = [number, number, number];
const kCss = readFileSync("src/analytics/Analytics.module.css", "utf8");
const kColours = [...kCss.matchAll(/--line-\d: (#[0-9a-f]{6})/g)].map(([, hex]) => linear(hex!));
// The surface of each scheme: global.css and theme.ts.
const kSchemes = { light: [kColours.slice(0, 6), "#ffffff"], dark: [kColours.slice(6), "#1c1e23"] };

function linear(hex: string): Rgb {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as Rgb;
}

const brightness = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

function contrast(a: Rgb, b: Rgb): number {
  const [less, more] = [brightness(a), brightness(b)].sort((x, y) => x - y);
  return (more! + 0.05) / (less! + 0.05);
}

const times = (rows: number[][], v: number[]) =>
  rows.map((row) => row.reduce((sum, factor, at) => sum + factor * v[at]!, 0)) as Rgb;

// What dichromats see of linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.
const kEyes = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

// Oklab (Ottosson 2020): there, distance is how different two colours look.
function oklab(rgb: Rgb): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((c) => Math.min(1, Math.max(0, c))),
  );
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  );
}

const distance = (a: Rgb, b: Rgb) => Math.hypot(...oklab(a).map((c, at) => c - oklab(b)[at]!));

describe.each(Object.entries(kSchemes))("the lines' colours, %s", (_, [colours, surface]) => {
  it("can be read as the words at their ends (WCAG AA)", () => {
    expect(colours).toHaveLength(6);
    for (const colour of colours as Rgb[]) {
      expect(contrast(colour, linear(surface as string))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(Object.entries(kEyes))("stay apart for %s eyes", (_eyes, matrix) => {
    const seen = (colours as Rgb[]).map((colour) => times(matrix, colour));
    const apart = seen.flatMap((a, at) => seen.slice(at + 1).map((b) => distance(a, b)));
    expect(Math.min(...apart)).toBeGreaterThan(0.12);
  });
});

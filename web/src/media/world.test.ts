import { DetailedError } from "tus-js-client";
import { expect, it } from "vitest";
import { isWorthRepeating } from "./world";

function answered(status: number, body = "") {
  const originalResponse = { getStatus: () => status, getBody: () => body };
  return Object.assign(new DetailedError("no"), { originalResponse }) as DetailedError;
}

it("repeats what may pass by itself", () => {
  for (const status of [401, 408, 409, 423, 429, 500, 507]) {
    expect(isWorthRepeating(answered(status)), String(status)).toBe(true);
  }
  expect(isWorthRepeating(new Error("no connection"))).toBe(true);
  for (const status of [400, 403, 404, 413]) {
    expect(isWorthRepeating(answered(status)), String(status)).toBe(false);
  }
});

it("leaves too many unfinished uploads to the person", () => {
  const body = JSON.stringify({ code: "too_many_uploads", detail: "Finish one of them." });
  expect(isWorthRepeating(answered(429, body))).toBe(false);
});

import { describe, expect, it } from "vitest";
import { isPassing, problemOf, unreachable } from "./problem";

const response = (status: number, headers?: HeadersInit) => new Response(null, { status, headers });

describe("problemOf", () => {
  it("reads problem+json", () => {
    const problem = problemOf(response(422), {
      title: "Not acceptable",
      detail: "The title is too long.",
      code: "invalid",
      request_id: "r1",
      errors: [{ field: "targets/0/options/title", rule: "max_length", message: "Too long." }],
    });
    expect(problem.message).toBe("The title is too long.");
    expect(problem).toMatchObject({ code: "invalid", requestId: "r1", status: 422 });
    expect(problem.faults).toEqual([
      { field: "targets/0/options/title", rule: "max_length", message: "Too long." },
    ]);
  });

  it.each([null, "<html>502</html>", [], { errors: "no" }, { errors: [null, { message: 5 }] }])(
    "makes a sentence of whatever a proxy in between has written: %j",
    (body) => {
      const problem = problemOf(response(502), body);
      expect(problem.message).toBe("Herald could not do this");
      expect(problem.faults).toEqual([]);
    },
  );

  it("keeps Retry-After", () => {
    expect(problemOf(response(429, { "retry-after": "7" }), {}).retryAfterSeconds).toBe(7);
    expect(problemOf(response(429), {}).retryAfterSeconds).toBeNull();
  });
});

describe("isPassing", () => {
  it("is for what the next try may answer otherwise", () => {
    expect(isPassing(unreachable())).toBe(true);
    for (const status of [429, 500, 503])
      expect(isPassing(problemOf(response(status), {}))).toBe(true);
    for (const status of [400, 401, 404, 409, 422]) {
      expect(isPassing(problemOf(response(status), {}))).toBe(false);
    }
  });
});

// What went wrong, in words for people. Every failed request ends up as one of these.

export interface FieldFault {
  field: string;
  rule: string;
  message: string;
}

export class ProblemError extends Error {
  readonly status: number; // 0: no answer at all.
  readonly code: string;
  readonly title: string;
  readonly requestId: string | null;
  readonly faults: FieldFault[];
  readonly retryAfterSeconds: number | null;

  constructor(of: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    requestId?: string | null;
    faults?: FieldFault[];
    retryAfterSeconds?: number | null;
  }) {
    super(of.detail || of.title);
    this.name = "ProblemError";
    this.status = of.status;
    this.code = of.code;
    this.title = of.title;
    this.requestId = of.requestId ?? null;
    this.faults = of.faults ?? [];
    this.retryAfterSeconds = of.retryAfterSeconds ?? null;
  }
}

const kTitles: Record<number, string> = {
  401: "Please sign in again",
  403: "You may not do this",
  404: "This is not here (any more)",
  409: "Something changed meanwhile",
  413: "This is too big",
  422: "Something is not acceptable",
  429: "Too many requests, please wait a moment",
  503: "Herald is busy, please try again in a moment",
};

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function faultsOf(value: unknown): FieldFault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Record<string, unknown> | null) => {
    const message = text(item?.message);
    if (!message) return [];
    return [{ field: text(item?.field) ?? "", rule: text(item?.rule) ?? "", message }];
  });
}

/** `body` is the parsed answer, whatever it is: a proxy in between may have written it. */
export function problemOf(response: Response, body: unknown): ProblemError {
  const given = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ProblemError({
    status: response.status,
    code: text(given.code) ?? `http_${response.status}`,
    title: text(given.title) ?? kTitles[response.status] ?? "Herald could not do this",
    detail: text(given.detail),
    requestId: text(given.request_id) ?? response.headers.get("x-request-id"),
    faults: faultsOf(given.errors),
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  });
}

export function unreachable(): ProblemError {
  return new ProblemError({
    status: 0,
    code: "unreachable",
    title: "No connection",
    detail: "Herald cannot be reached. Check your connection; nothing you entered is lost.",
  });
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "Something went wrong.";
}

/** Worth asking again by itself: no answer, or the server is in trouble or busy. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500;
}

// The one way to the server: requests and answers are typed by the contract.
import createClient from "openapi-fetch";
import { problemOf } from "./problem";
import type { paths } from "./schema";
import { Session } from "./session";

export const session = new Session((request) => fetch(request));

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: session.authorized,
});

/** The answer's value, or its problem thrown. */
export async function answer<T>(
  asked: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

// Signing out in one tab signs out the others.
const others =
  typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("herald-session");
others?.addEventListener("message", () => {
  if (session.state.phase === "signed_in") session.forget(false);
});

export async function signOut(): Promise<void> {
  await session.signOut();
  others?.postMessage("signed_out");
}

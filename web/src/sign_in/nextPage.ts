const kHome = "/social-platform";

/** Where to go after signing in: a page of this app and nowhere else. */
export function nextPage(wanted: string | null): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]|[\u0000-\u0020\\]/.test(wanted)) return kHome;
  const url = new URL(wanted, window.location.origin);
  // "/..//other.example" has lost its dots by now and would name another site.
  const ours = url.origin === window.location.origin && !url.pathname.startsWith("//");
  return ours ? url.pathname + url.search : kHome;
}

import { type ComponentType, lazy } from "react";

const askEveryMs = 1000;

// A page's code, fetched when it is first shown. A server that is being restarted just then is
// waited for, with the skeleton on the screen; the page is loaded anew once it answers, since a
// browser may remember that a module could not be had, and the server may serve other files then.
export function page(load: () => Promise<{ default: ComponentType }>) {
  return lazy(() => load().catch(() => waitForServer(() => window.location.reload())));
}

export function waitForServer(then: () => void): Promise<never> {
  const ask = () =>
    fetch("/", { method: "HEAD", cache: "no-store" }).then(
      (answer) => (answer.ok ? then() : again()),
      () => again(),
    );
  const again = () => {
    setTimeout(ask, askEveryMs);
  };
  ask();
  return new Promise<never>(() => {});
}

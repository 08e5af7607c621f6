import { type ComponentType, lazy } from "react";
import Waiting from "./Waiting";

// A page's code, fetched when it is first shown. When it cannot be had, the server may be
// restarting: that is said and waited for. The page is loaded anew then, since a browser may
// remember that a module could not be had, and the server may serve other files.
export function page(load: () => Promise<{ default: ComponentType }>) {
  return lazy(() => load().catch(() => ({ default: Waiting })));
}

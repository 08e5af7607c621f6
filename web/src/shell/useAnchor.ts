import { useEffect } from "react";
import { useLocation } from "react-router";

/** Shows the place that the address names (#...), once the page has drawn it. */
export function useAnchor(drawn: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (drawn && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [drawn, hash]);
}

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { answer, api, session } from "../api/client";
import { onFlow } from "../api/live";
import { keys } from "../api/queries";
import { ConnectRunner, type ConnectWorld, type Popup } from "./runner";

const kRemembered = "herald-connect";

function openPopup(): Popup | null {
  const width = Math.min(560, window.screen.availWidth);
  const height = Math.min(760, window.screen.availHeight);
  const left = window.screenX + Math.max(0, (window.outerWidth - width) / 2);
  const top = window.screenY + Math.max(0, (window.outerHeight - height) / 3);
  const place = `popup,width=${width},height=${height},left=${left},top=${top}`;
  const opened = window.open("about:blank", "herald-oauth", place);
  if (!opened) return null;
  return {
    get closed() {
      return opened.closed;
    },
    close: () => opened.close(),
    focus: () => opened.focus(),
    go: (url) => opened.location.replace(url),
    source: opened,
  };
}

function remember(flow: { platform: string; flowId: string } | null): void {
  if (flow) sessionStorage.setItem(kRemembered, JSON.stringify(flow));
  else sessionStorage.removeItem(kRemembered);
}

/** A flow to go on with: named in the address by the callback's page, or left by a reload. */
function remembered(): { platform: string; flowId: string } | null {
  const asked = new URLSearchParams(window.location.search);
  const [platform, flowId] = [asked.get("platform"), asked.get("flow")];
  if (platform && flowId) {
    window.history.replaceState(window.history.state, "", window.location.pathname);
    return { platform, flowId };
  }
  try {
    return JSON.parse(sessionStorage.getItem(kRemembered) ?? "null");
  } catch {
    return null;
  }
}

const world: ConnectWorld = {
  initiate: (platform, { accountId, registration, figures }) =>
    answer(
      api.GET("/api/social-media/{platform}/oauth/initiate", {
        params: { path: { platform }, query: { account_id: accountId, registration, figures } },
      }),
    ),
  read: (platform, id) =>
    answer(
      api.GET("/api/social-media/{platform}/oauth/flows/{id}", {
        params: { path: { platform, id } },
      }),
    ),
  finish: (platform, flowId, picked) =>
    answer(
      api.POST("/api/social-media/{platform}/oauth/finish", {
        params: { path: { platform } },
        body: picked ? { flow_id: flowId, choices: picked } : { flow_id: flowId },
      }),
    ),
  openPopup,
  origin: window.location.origin,
  remember,
};

const runner = new ConnectRunner(world);
session.subscribe(() => {
  if (session.state.phase === "signed_out") runner.dismiss();
});

export function useConnect() {
  const cache = useQueryClient();
  const state = useSyncExternalStore(runner.subscribe, () => runner.state);
  useEffect(() => {
    const hear = (event: MessageEvent) => runner.hearMessage(event);
    window.addEventListener("message", hear);
    const unhear = onFlow((flow) => runner.hearEvent(flow));
    const left = remembered();
    if (left) runner.resume(left.platform, left.flowId);
    return () => {
      window.removeEventListener("message", hear);
      unhear();
      // What is over has been seen.
      if (runner.state.phase === "connected" || runner.state.phase === "ended") runner.dismiss();
    };
  }, []);
  useEffect(() => {
    if (state.phase === "connected") void cache.invalidateQueries({ queryKey: keys.accounts });
  }, [state.phase, cache]);
  return { state, runner };
}

import { Loader } from "@mantine/core";
import { useEffect } from "react";
import { Notice } from "./Notice";

const kAskEveryMs = 1000;

/** Instead of a page whose code could not be had: it is loaded anew once the server answers. */
export default function Waiting() {
  useEffect(() => void waitForServer(() => window.location.reload()), []);
  return (
    <Notice
      icon={<Loader aria-hidden />}
      title="Herald does not answer"
      text={
        "It may be restarting, or your connection is down. " +
        "This page opens by itself as soon as it answers."
      }
    />
  );
}

export function waitForServer(then: () => void): Promise<never> {
  const ask = () =>
    fetch("/", { method: "HEAD", cache: "no-store" }).then(
      (answer) => (answer.ok ? then() : again()),
      () => again(),
    );
  const again = () => {
    setTimeout(ask, kAskEveryMs);
  };
  ask();
  return new Promise<never>(() => {});
}

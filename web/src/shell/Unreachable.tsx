import { session } from "../api/client";
import { Notice } from "./Notice";

export function Unreachable() {
  return (
    <main>
      <Notice
        title="Herald cannot be reached"
        text="It may be restarting, or your connection is down. You are not signed out."
        action={{ label: "Try again", run: () => void session.start() }}
      />
    </main>
  );
}

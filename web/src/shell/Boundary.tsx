import { Component, type ReactNode } from "react";
import { Notice } from "./Notice";

/** A page that breaks says so, instead of taking the whole app with it. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <Notice
        title="This page stumbled"
        text="Reload it to go on. If it happens again, tell whoever runs this Herald."
        action={{ label: "Reload", run: () => window.location.reload() }}
      />
    );
  }
}

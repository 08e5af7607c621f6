import { Tabs } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";
import { PageHeader } from "../shell/PageHeader";
import { AccountsView } from "./AccountsView";
import { addressOf, readAddress, type Shown } from "./address";
import css from "./Analytics.module.css";
import { Filters } from "./Filters";
import { PostsView } from "./PostsView";

export default function AnalyticsPage() {
  const [asked, setAsked] = useSearchParams();
  const shown = readAddress(asked);
  // The router draws a new address when it finds the time; two quick changes must both be in it.
  const latest = useRef(asked);
  useEffect(() => void (latest.current = asked), [asked]);
  const change = (to: Partial<Shown>) => {
    latest.current = addressOf({ ...readAddress(latest.current), ...to });
    setAsked(latest.current);
  };
  const View = shown.view === "posts" ? PostsView : AccountsView;

  return (
    <>
      <PageHeader title="Analytics" text="What the platforms say, kept by day (UTC)." />
      <Tabs
        value={shown.view}
        onChange={(view) =>
          change({ view: view === "posts" ? view : "accounts", post: undefined, figure: undefined })
        }
      >
        <Tabs.List className={css.tabs}>
          <Tabs.Tab value="accounts">Accounts</Tabs.Tab>
          <Tabs.Tab value="posts">Posts</Tabs.Tab>
        </Tabs.List>
        <Filters shown={shown} change={change} />
        <Tabs.Panel value={shown.view}>
          <View shown={shown} change={change} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

import { Anchor, Button, Center, Text } from "@mantine/core";
import { IconChartBar, IconExternalLink } from "@tabler/icons-react";
import { Link } from "react-router";
import { useAccountFigures, usePostFigures } from "../api/queries";
import { PlatformMark } from "../platforms/PlatformMark";
import { Fault } from "../shell/Fault";
import { Notice } from "../shell/Notice";
import { formatWhen } from "../shell/time";
import { addressOf, kPeriods, type Shown } from "./address";
import css from "./Analytics.module.css";
import { ChartPanel } from "./ChartPanel";
import { FigureTable } from "./FigureTable";
import { columnsOf, postRow, titleOf, type Published } from "./figures";
import type { ShownProps } from "./Filters";
import { FiguresSkeleton } from "./FiguresSkeleton";
import { Meanings } from "./Meanings";
import { Missing } from "./Missing";
import { daysBetween, firstDay } from "./numbers";
import { usePlatformName } from "./usePlatformName";

export function PostsView({ shown, change }: ShownProps) {
  const { platform, account: account_id, post: post_id, days } = shown;
  const from = firstDay(days);
  const figures = usePostFigures({ platform, account_id, post_id, from });
  const accounts = useAccountFigures({ platform, account_id, from }).data?.accounts ?? [];
  const pages = figures.data?.pages;
  if (figures.isPending) return <FiguresSkeleton />;
  if (!pages?.[0]) return <Fault error={figures.error} retry={() => void figures.refetch()} />;
  const posts = new Map(pages.flatMap((page) => page.posts).map((one) => [one.delivery_id, one]));
  const off = new Map(accounts.map((one) => [one.account.id, one.off]));
  const rows = [...posts.values()].map((post) => postRow(post, off.get(post.account_id)));
  const columns = columnsOf(
    pages.flatMap(({ metrics }) => metrics),
    rows,
  );
  if (rows.length === 0) return <None shown={shown} />;
  return (
    <div className={css.column} aria-busy={figures.isPlaceholderData}>
      <ChartPanel
        rows={rows}
        columns={columns}
        days={daysBetween(pages[0].from, pages[0].to)}
        way={post_id ? "lines" : "bars"}
        shown={shown}
        change={change}
      />
      <Missing rows={rows} />
      <FigureTable
        caption="Figures of the published posts"
        what="Post"
        rows={rows}
        columns={columns}
        head={({ id }) => <Head post={posts.get(id)!} />}
      />
      {figures.hasNextPage && (
        <Center>
          <Button
            variant="default"
            loading={figures.isFetchingNextPage}
            onClick={() => void figures.fetchNextPage()}
          >
            Show older posts
          </Button>
        </Center>
      )}
      <Meanings columns={columns} />
    </div>
  );
}

function Head({ post }: { post: Published }) {
  const platformName = usePlatformName();
  const title = titleOf(post);
  const account = post.account_name || "Account disconnected since";
  return (
    <div className={`${css.head} ${css.post}`}>
      <PlatformMark id={post.platform} size={26} />
      <div className={css.words}>
        <Anchor
          component={Link}
          to={`/posts/${encodeURIComponent(post.post_id)}`}
          className={css.title}
          title={post.text}
        >
          {title}
        </Anchor>
        <Text size="xs" c="dimmed" className={css.facts}>
          <span className={css.fact} title={`${account} on ${platformName(post.platform)}`}>
            {account}
          </span>
          <span className={css.fact}>{formatWhen(new Date(post.published_at))}</span>
          {post.url && (
            <Anchor
              href={post.url}
              target="_blank"
              rel="noreferrer"
              size="xs"
              aria-label={`See it live on ${platformName(post.platform)}: ${title}`}
            >
              Live <IconExternalLink size={12} aria-hidden />
            </Anchor>
          )}
        </Text>
      </div>
    </div>
  );
}

function None({ shown }: { shown: Shown }) {
  const filtered = shown.platform || shown.account || shown.post;
  const longer = kPeriods.find((days) => days > shown.days);
  const to = (change: Partial<Shown>) => `/analytics?${addressOf({ ...shown, ...change })}`;
  return (
    <Notice
      icon={<IconChartBar size={40} stroke={1.3} aria-hidden />}
      title={`${filtered ? "No such post" : "No post"} in the last ${shown.days} days`}
      text="What goes out appears here. Its first figures come an hour later, then daily."
      action={
        longer
          ? { label: `Show ${longer} days`, to: to({ days: longer }) }
          : { label: "Write a post", to: "/compose" }
      }
    />
  );
}

import { Button, Center, Skeleton, Stack } from "@mantine/core";
import { IconPencilPlus, IconSearchOff } from "@tabler/icons-react";
import { Link, useSearchParams } from "react-router";
import { usePosts } from "../api/queries";
import { Fault } from "../shell/Fault";
import { Notice } from "../shell/Notice";
import { PageHeader } from "../shell/PageHeader";
import { Filters, kOften, kSeldom } from "./Filters";
import { PostList } from "./PostList";

export default function PostsPage() {
  const [asked, setAsked] = useSearchParams();
  const status = [...kOften, ...kSeldom].find((known) => known === asked.get("status"));
  const account_id = asked.get("account") ?? undefined;
  const posts = usePosts({ status, account_id });
  const all = posts.data?.pages.flatMap((page) => page.posts) ?? [];
  const filtered = status !== undefined || account_id !== undefined;
  const change = (name: string, value: string | null) =>
    setAsked((now) => {
      if (value) now.set(name, value);
      else now.delete(name);
      return now;
    });

  return (
    <>
      <PageHeader title="Posts">
        <Button
          component={Link}
          to="/compose"
          leftSection={<IconPencilPlus size={18} aria-hidden />}
        >
          New post
        </Button>
      </PageHeader>
      <Filters filter={{ status, account_id }} change={change} />
      {posts.isError && <Fault error={posts.error} retry={() => void posts.refetch()} />}
      {posts.isPending && <Loading />}
      {posts.isSuccess && all.length > 0 && <PostList posts={all} />}
      {posts.isSuccess && all.length === 0 && (filtered ? <NoneMatch /> : <NoneYet />)}
      {posts.hasNextPage && (
        <Center mt="lg">
          <Button
            variant="default"
            loading={posts.isFetchingNextPage}
            onClick={() => void posts.fetchNextPage()}
          >
            Show older posts
          </Button>
        </Center>
      )}
    </>
  );
}

function Loading() {
  return (
    <Stack gap={10} aria-busy="true" aria-label="Loading">
      <Skeleton h={16} w={90} />
      <Skeleton h={78 * 4} radius="lg" />
    </Stack>
  );
}

function NoneYet() {
  return (
    <Notice
      icon={<IconPencilPlus size={40} stroke={1.3} aria-hidden />}
      title="No posts yet"
      text="What you publish or schedule appears here, with a link to it and every step it took."
      action={{ label: "Write the first one", to: "/compose" }}
    />
  );
}

function NoneMatch() {
  return (
    <Notice
      icon={<IconSearchOff size={40} stroke={1.3} aria-hidden />}
      title="No such posts"
      text="Nothing matches what you chose above."
      action={{ label: "Show all posts", to: "/posts" }}
    />
  );
}

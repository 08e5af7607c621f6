import "@mantine/dates/styles.css";
import "@mantine/dropzone/styles.css";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useAccounts, usePlatforms, usePost } from "../api/queries";
import type { Post } from "../api/types";
import { Fault } from "../shell/Fault";
import { Notice } from "../shell/Notice";
import { PageHeader } from "../shell/PageHeader";
import { PageSkeleton } from "../shell/PageSkeleton";
import { Composer } from "./Composer";
import { newPost, storeOf } from "./store";

export default function ComposePage() {
  const postId = useSearchParams()[0].get("post");
  const platforms = usePlatforms();
  const accounts = useAccounts();
  const post = usePost(postId ?? "");
  const header = <PageHeader title={postId ? "Edit post" : "Compose"} />;

  const failed = [platforms, accounts, post].find((query) => query.isError);
  if (failed) {
    return (
      <>
        {header}
        <Fault error={failed.error} retry={() => void failed.refetch()} />
      </>
    );
  }
  if (!platforms.data || !accounts.data || (postId && !post.data)) return <PageSkeleton />;
  if (accounts.data.length === 0) {
    return (
      <>
        {header}
        <Notice
          icon={<IconPlugConnected size={40} stroke={1.3} aria-hidden />}
          title="Connect an account first"
          text="Then you can write here, add pictures or a video, and publish now or later."
          action={{ label: "Connect an account", to: "/social-platform" }}
        />
      </>
    );
  }
  const known = { platforms: platforms.data, accounts: accounts.data };
  return (
    <>
      {header}
      {post.data ? (
        <EditPost key={post.data.id} post={post.data} known={known} />
      ) : (
        <Composer store={newPost} editing={null} known={known} />
      )}
    </>
  );
}

type ComposerKnown = Parameters<typeof Composer>[0]["known"];

function EditPost({ post, known }: { post: Post; known: ComposerKnown }) {
  // The post as it was when editing began: if it moves meanwhile, saving says so.
  const [editing] = useState(post);
  const [store] = useState(() => storeOf(post));
  return <Composer store={store} editing={editing} known={known} />;
}

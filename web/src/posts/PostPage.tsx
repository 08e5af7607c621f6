import { Anchor, Group, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { useLive } from "../api/live";
import { ProblemError } from "../api/problem";
import { usePlatforms, usePost } from "../api/queries";
import type { Post } from "../api/types";
import { kMediaNames, MediaIcon } from "../media/MediaIcon";
import { Fault } from "../shell/Fault";
import { NotFound } from "../shell/NotFound";
import { PageHeader } from "../shell/PageHeader";
import { PageSkeleton } from "../shell/PageSkeleton";
import { Tag } from "../shell/Tag";
import { formatWhen, fromNow } from "../shell/time";
import { Attempts } from "./Attempts";
import { DeliveryCard } from "./DeliveryCard";
import { PostActions } from "./PostActions";
import css from "./Posts.module.css";
import { isUnsettled, kPostLooks } from "./status";
import { titleOf } from "./words";

const kPollMs = 4000;

export default function PostPage() {
  const { id = "" } = useParams();
  const live = useLive();
  const known = usePost(id);
  // Without events, as long as something can still happen, it is asked for.
  const post = usePost(id, !live && (!known.data || isUnsettled(known.data)) ? kPollMs : false);
  if (post.isPending) return <PageSkeleton />;
  if (post.error instanceof ProblemError && post.error.status === 404) return <NotFound />;
  if (!post.data) return <Fault error={post.error} retry={() => void post.refetch()} />;
  return <PostView post={post.data} />;
}

function PostView({ post }: { post: Post }) {
  const platforms = usePlatforms().data ?? [];
  const look = kPostLooks[post.status];
  const due = new Date(post.due_at);
  return (
    <>
      <Anchor component={Link} to="/posts" size="sm" c="dimmed" mb={10} display="inline-flex">
        <Group gap={6} component="span">
          <IconArrowLeft size={16} aria-hidden /> Posts
        </Group>
      </Anchor>
      <PageHeader
        title={titleOf(post, platforms)}
        text={
          <Group component="span" gap={10}>
            <Tag tone={look.tone}>{look.label}</Tag>
            <span title={`${post.due_at} ${post.time_zone ?? ""}`}>
              {formatWhen(due)}, {fromNow(due)}
            </span>
          </Group>
        }
      >
        <PostActions post={post} />
      </PageHeader>
      <div className={css.split}>
        <div className={`${css.column} ${css.deliveries}`}>
          {post.deliveries.map((delivery) => (
            <DeliveryCard key={delivery.id} delivery={delivery} postId={post.id} />
          ))}
        </div>
        <Attempts post={post} />
        <section className={`panel ${css.panel} ${css.content}`} aria-label="Content">
          {post.text ? (
            <Text size="sm" className={css.text}>
              {post.text}
            </Text>
          ) : (
            <Text size="sm" c="dimmed">
              No text
            </Text>
          )}
          {post.media.length > 0 && <Strip media={post.media} />}
        </section>
      </div>
    </>
  );
}

function Strip({ media }: { media: Post["media"] }) {
  return (
    <div className={css.strip}>
      {media.map(({ media_id, preview_url, alt_text, type }) =>
        preview_url ? (
          <img
            key={media_id}
            src={preview_url}
            alt={alt_text ?? type}
            title={alt_text ?? undefined}
          />
        ) : (
          <span key={media_id} title={alt_text ?? undefined}>
            <MediaIcon of={type} aria-label={kMediaNames[type]} />
          </span>
        ),
      )}
    </div>
  );
}

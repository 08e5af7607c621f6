import { Text } from "@mantine/core";
import { IconAlignLeft } from "@tabler/icons-react";
import { Link } from "react-router";
import { usePlatforms } from "../api/queries";
import type { Post } from "../api/types";
import { MediaIcon } from "../media/MediaIcon";
import { PlatformMark } from "../platforms/PlatformMark";
import { Tag } from "../shell/Tag";
import { formatClock, formatDay } from "../shell/time";
import css from "./Posts.module.css";
import { kPostLooks } from "./status";
import { wordsOf } from "./words";

/** Posts in the order given, under the day on which they are due. */
export function PostList({ posts }: { posts: Post[] }) {
  const days: { day: string; posts: Post[] }[] = [];
  for (const post of posts) {
    const day = formatDay(new Date(post.due_at));
    const last = days.at(-1);
    if (last?.day === day) last.posts.push(post);
    else days.push({ day, posts: [post] });
  }
  return (
    <div>
      {days.map((one) => (
        <div key={one.day + one.posts[0]?.id} className={css.group}>
          <h2 className={css.day}>{one.day}</h2>
          <ul className={`panel ${css.list}`}>
            {one.posts.map((post) => (
              <li key={post.id}>
                <PostRow post={post} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function PostRow({ post }: { post: Post }) {
  const words = wordsOf(post, usePlatforms().data ?? []);
  const look = kPostLooks[post.status];
  const names = [...new Set(post.deliveries.map(({ account_name }) => account_name))].join(", ");
  const platforms = [...new Set(post.deliveries.map((delivery) => delivery.platform))];
  return (
    <Link to={`/posts/${encodeURIComponent(post.id)}`} className={css.row}>
      <PostThumb post={post} />
      <div className={css.what}>
        <Text size="sm" fw={530} className="clamp-2">
          {words ?? <span style={{ opacity: 0.65 }}>No text</span>}
        </Text>
        <Text size="xs" c="dimmed" truncate mt={2}>
          {names}
        </Text>
      </div>
      <div className={css.marks} aria-hidden="true">
        {platforms.map((platform) => (
          <PlatformMark key={platform} id={platform} size={22} />
        ))}
      </div>
      <div className={css.status}>
        <Tag tone={look.tone}>{look.label}</Tag>
      </div>
      <Text size="sm" c="dimmed" ta="right" className={`tabular ${css.time}`}>
        {formatClock(new Date(post.due_at))}
      </Text>
    </Link>
  );
}

function PostThumb({ post }: { post: Post }) {
  const first = post.media[0];
  return (
    <div className={css.thumb}>
      {first?.preview_url ? (
        <img src={first.preview_url} alt="" loading="lazy" />
      ) : first ? (
        <MediaIcon of={first.type} size={22} stroke={1.4} aria-hidden />
      ) : (
        <IconAlignLeft size={22} stroke={1.4} aria-hidden />
      )}
      {post.media.length > 1 && <span className={css.count}>{post.media.length}</span>}
    </div>
  );
}

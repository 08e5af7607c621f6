import { Text } from "@mantine/core";
import type { Figures } from "../api/types";
import { Tag } from "../shell/Tag";
import { formatWhen, fromNow } from "../shell/time";
import css from "./Analytics.module.css";

/** "next in 3 hours"; null when there is no next. */
export function nextWords({ next_at }: Figures, now = new Date()): string | null {
  if (next_at === null) return null;
  const next = new Date(next_at);
  return next > now ? fromNow(next, now) : "any moment";
}

/** When the figures were read, and when they are read next. */
export function ReadTimes({ figures }: { figures: Figures }) {
  const { measured_at, problem } = figures;
  const next = nextWords(figures);
  const read = measured_at === null ? null : new Date(measured_at);
  return (
    <div className={css.read}>
      {problem ? (
        <span title={problem}>
          <Tag tone="warn">Not read</Tag>
        </span>
      ) : (
        <Text size="sm" title={read ? formatWhen(read) : undefined}>
          {read ? fromNow(read) : next ? "Not yet" : "Never"}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {next ? `next ${next}` : "not read any more"}
      </Text>
    </div>
  );
}

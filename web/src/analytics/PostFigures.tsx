import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { usePostFigures } from "../api/queries";
import type { Delivery } from "../api/types";
import { fromNow } from "../shell/time";
import { addressOf, periodWith } from "./address";
import { columnsOf, postRow, valueOf } from "./figures";
import { firstDay, formatFigure, utcDay } from "./numbers";
import { nextWords } from "./ReadTimes";

const kLongestDays = 366; // That the server tells at once.

/** One line on a published delivery: its last figures, or when the first ones come. */
export function PostFigures({ delivery, postId }: { delivery: Delivery; postId: string }) {
  const published = delivery.state === "published" ? delivery.published_at : null;
  const from = firstDay(kLongestDays);
  const told = published !== null && utcDay(new Date(published)) >= from;
  const figures = usePostFigures({ post_id: postId, from }, told);
  const page = figures.data?.pages[0];
  const found = page?.posts.find(({ delivery_id }) => delivery_id === delivery.id);
  if (!told || !page || !found) return null;
  const row = postRow(found);
  const columns = columnsOf(page.metrics, [row]);
  if (columns.length === 0) return null; // The platform offers none.
  const read = columns.flatMap((column) => {
    const value = valueOf(row, column);
    return value === undefined ? [] : [`${column.label} ${formatFigure(value)}`];
  });
  const days = periodWith(new Date(published));
  const next = nextWords(row.figures);
  if (read.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt={8}>
        {row.figures.problem ?? (next ? `First figures ${next}` : "No figures")}
      </Text>
    );
  }
  return (
    <Text size="xs" c="dimmed" mt={8} className="tabular">
      {read.join(" · ")}
      {row.figures.measured_at && `, read ${fromNow(new Date(row.figures.measured_at))}`}
      {days && (
        <>
          {" · "}
          <Anchor
            component={Link}
            to={`/analytics?${addressOf({ view: "posts", post: postId, days })}`}
            size="xs"
          >
            Day by day
          </Anchor>
        </>
      )}
    </Text>
  );
}

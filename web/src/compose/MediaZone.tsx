import { Text } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useState } from "react";
import { kPostFiles } from "../media/files";
import type { Item } from "../media/item";
import type { Uploads } from "../media/uploads";
import type { Aim } from "./body";
import css from "./Compose.module.css";
import type { Draft, Edit } from "./draft";
import { lineOf, type Finding } from "./findings";
import { MediaItem } from "./MediaItem";

interface Props {
  draft: Draft;
  aims: Aim[];
  uploads: Uploads;
  items: Item[];
  findings: Finding[];
  edit: (edit: Edit) => void;
}

/** The longest alt text that some chosen target takes; null when none takes any. */
function altTextMax(aims: Aim[]): number | null {
  const limits = aims.flatMap(({ kind }) => kind.media.alt_text_max ?? []);
  return limits.length > 0 ? Math.min(...limits) : null;
}

export function MediaZone({ draft, aims, uploads, items, findings, edit }: Props) {
  const [dragged, setDragged] = useState<string | null>(null);
  const add = (files: File[]) =>
    edit({ type: "media_added", keys: files.map((file) => uploads.add(file)) });
  const remove = (key: string) => {
    uploads.remove(key);
    edit({ type: "media_removed", key });
  };
  const general = lineOf(findings.filter(({ field }) => field === "media"));
  return (
    <div className={css.media}>
      {items.length > 0 && (
        <ol className={css.items} aria-label="Media, in order">
          {items.map((item, index) => (
            <MediaItem
              key={item.key}
              item={item}
              place={{ index, of: items.length }}
              alt={draft.media.find(({ key }) => key === item.key)?.alt ?? ""}
              altMax={item.type === "image" ? altTextMax(aims) : null}
              error={lineOf(findings.filter(({ field }) => field === `media/${index}`))}
              drag={{ key: dragged, set: setDragged }}
              onRemove={() => remove(item.key)}
              onRetry={() => uploads.retry(item.key)}
              edit={edit}
            />
          ))}
        </ol>
      )}
      <Dropzone
        className={css.drop}
        onDrop={add}
        multiple
        accept={kPostFiles}
        inputProps={{ "aria-label": "Photos, videos and documents" }}
        aria-label="Add photos or a video, or a document: drop them here or press to choose"
      >
        <Text
          size="sm"
          component="span"
          display="inline-flex"
          style={{ alignItems: "center", gap: 9 }}
        >
          <IconPhotoPlus size={20} stroke={1.6} aria-hidden />
          {items.length > 0 ? "Add more" : "Drop photos, a video or a document, or choose them"}
        </Text>
      </Dropzone>
      {general && (
        <Text size="xs" c="var(--mantine-color-error)" px="md" pb="sm">
          {general}
        </Text>
      )}
    </div>
  );
}

import { ActionIcon, Button, Group, Progress, Text, TextInput } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconRefresh,
  IconX,
} from "@tabler/icons-react";
import type { Item } from "../media/item";
import { kMediaNames, MediaIcon } from "../media/MediaIcon";
import { formatBytes, formatDuration, formatNumber } from "../platforms/limits";
import css from "./Compose.module.css";
import { countText } from "./counters";
import type { Edit } from "./draft";

interface Props {
  item: Item;
  place: { index: number; of: number };
  alt: string;
  altMax: number | null;
  error: string | undefined;
  drag: { key: string | null; set: (key: string | null) => void };
  onRemove: () => void;
  onRetry: () => void;
  edit: (edit: Edit) => void;
}

export function MediaItem(props: Props) {
  const { item, place, drag, edit } = props;
  const move = (to: number) => edit({ type: "media_moved", key: item.key, to });
  return (
    <li
      className={css.item}
      draggable={place.of > 1}
      data-over={(drag.key !== null && drag.key !== item.key) || undefined}
      onDragStart={() => drag.set(item.key)}
      onDragEnd={() => drag.set(null)}
      onDragOver={(event) => {
        if (drag.key !== null) event.preventDefault();
      }}
      onDrop={() => {
        if (drag.key !== null) edit({ type: "media_moved", key: drag.key, to: place.index });
      }}
    >
      <Thumb item={item} />
      <div className={css.words}>
        <Text size="sm" fw={530} truncate>
          {item.name || kMediaNames[item.type ?? "image"]}
        </Text>
        <State item={item} onRetry={props.onRetry} />
        {props.error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {props.error}
          </Text>
        )}
      </div>
      <Group gap={2} wrap="nowrap">
        {place.of > 1 && (
          <>
            <Act label="Move up" off={place.index === 0} run={() => move(place.index - 1)}>
              <IconArrowUp size={16} aria-hidden />
            </Act>
            <Act
              label="Move down"
              off={place.index === place.of - 1}
              run={() => move(place.index + 1)}
            >
              <IconArrowDown size={16} aria-hidden />
            </Act>
          </>
        )}
        <Act label={`Remove ${item.name}`} run={props.onRemove}>
          <IconX size={16} aria-hidden />
        </Act>
      </Group>
      {props.altMax !== null && item.state !== "refused" && (
        <AltText item={item} alt={props.alt} max={props.altMax} edit={edit} />
      )}
    </li>
  );
}

function Act(props: { label: string; off?: boolean; run: () => void; children: React.ReactNode }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={props.label}
      className={css.act}
      aria-disabled={props.off || undefined}
      onClick={props.off ? undefined : props.run}
    >
      {props.children}
    </ActionIcon>
  );
}

export function Thumb({ item }: { item: Item }) {
  return (
    <div className={css.thumb}>
      {item.previewUrl ? (
        <img src={item.previewUrl} alt="" />
      ) : (
        <MediaIcon of={item.type} size={26} stroke={1.4} aria-hidden />
      )}
    </div>
  );
}

export function State({ item, onRetry }: { item: Item; onRetry: () => void }) {
  const share = item.sizeBytes > 0 ? (item.sentBytes / item.sizeBytes) * 100 : 0;
  switch (item.state) {
    case "queued":
      return <Small>Waiting for the others</Small>;
    case "uploading":
      return (
        <>
          <Progress value={share} size={5} my={5} aria-label={`Uploading ${item.name}`} />
          <Small>
            {formatBytes(item.sentBytes)} of {formatBytes(item.sizeBytes)}
          </Small>
        </>
      );
    case "processing":
      return <Small>Looking at it…</Small>;
    case "ready":
      return <Small>{factsOf(item)}</Small>;
    case "refused":
      return <Small error>{item.message}</Small>;
    case "broken":
      return (
        <Group gap={8}>
          <Small error>{item.message}</Small>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconRefresh size={13} aria-hidden />}
            onClick={onRetry}
          >
            Try again
          </Button>
        </Group>
      );
  }
}

function Small({ error, children }: { error?: boolean; children: React.ReactNode }) {
  return (
    <Text
      size="xs"
      c={error ? "var(--mantine-color-error)" : "dimmed"}
      className="tabular"
      role={error ? "alert" : undefined}
    >
      {children}
    </Text>
  );
}

function factsOf(item: Item): string {
  const facts = [
    item.width && item.height ? `${item.width} × ${item.height}` : "",
    item.frames && item.frames > 1 ? "animated" : "",
    item.durationMs ? formatDuration(item.durationMs / 1000) : "",
    item.sizeBytes ? formatBytes(item.sizeBytes) : "",
  ];
  return facts.filter(Boolean).join(" · ") || "Ready";
}

function AltText(props: { item: Item; alt: string; max: number; edit: Props["edit"] }) {
  const used = countText(props.alt, "code_points");
  return (
    <TextInput
      className={css.alt}
      size="xs"
      placeholder="Describe it for people who cannot see it"
      aria-label={`Alt text of ${props.item.name}`}
      value={props.alt}
      onChange={(event) =>
        props.edit({ type: "alt", key: props.item.key, alt: event.currentTarget.value })
      }
      error={used > props.max && `${formatNumber(used)} of ${formatNumber(props.max)} characters`}
    />
  );
}

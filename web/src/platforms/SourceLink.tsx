import { Anchor, Text } from "@mantine/core";

/** Where a fact comes from, and when somebody looked. */
export function SourceLink({ source, checkedOn }: { source: string; checkedOn: string }) {
  if (!source.startsWith("https://")) {
    return (
      <Text span size="xs" c="dimmed">
        {source}
      </Text>
    );
  }
  return (
    <Anchor
      href={source}
      target="_blank"
      rel="noreferrer"
      size="xs"
      title={`Checked on ${checkedOn}`}
      aria-label={`Source, checked on ${checkedOn}`}
    >
      Source
    </Anchor>
  );
}

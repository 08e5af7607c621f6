import { Button, Text, Textarea } from "@mantine/core";
import type { Aim } from "./body";
import { countersOf } from "./counters";
import type { Edit } from "./draft";
import { CounterLine } from "./TextField";

interface Props {
  aim: Aim;
  error: string | undefined;
  edit: (edit: Edit) => void;
}

/** The post's text, or words of its own for this account. */
export function OwnText({ aim, error, edit }: Props) {
  const { target, kind, platform } = aim;
  const set = (text: string | null) =>
    edit({ type: "target", target: target.id, change: { text } });
  if (!kind.text.allowed) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {kind.label}: published without text.
      </Text>
    );
  }
  if (target.text === null) {
    return (
      <>
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" mt="sm">
            {error}
          </Text>
        )}
        <Button variant="subtle" size="compact-sm" mt="sm" ml={-8} onClick={() => set("")}>
          Write a different text here
        </Button>
      </>
    );
  }
  const { max, counted_as: unit } = kind.text;
  const counters = countersOf([{ label: "", text: target.text, max, unit }]);
  return (
    <Textarea
      mt="md"
      label="Text for this account"
      autosize
      minRows={3}
      maxRows={12}
      value={target.text}
      onChange={(event) => set(event.currentTarget.value)}
      error={error}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={
        <span style={{ display: "flex", justifyContent: "space-between", alignItems: "center" }}>
          <span>{counters[0] && <CounterLine counter={counters[0]} />}</span>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            onClick={() => set(null)}
            aria-label={`Use the same text on ${platform.name} again`}
          >
            Use the same text
          </Button>
        </span>
      }
    />
  );
}

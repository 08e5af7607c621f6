import { Button, Group, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type MouseEvent, useState } from "react";
import { usePlaceName } from "../api/queries";
import type { Platform } from "../api/types";
import { about, lineOf } from "./findings";
import { LiveChoice } from "./LiveChoice";
import { ofPlace } from "./standing";
import type { TargetProps } from "./TargetPanel";

interface Props extends TargetProps {
  spec: NonNullable<Platform["target"]>;
}

// A field that is left sets its name, and what is found of it may move the button away from under
// the pointer before the click is done.
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** The place that one target goes to, where an account posts to places that are not its own. */
export function Place({ aim, findings, edit, spec }: Props) {
  const { id, place } = aim.target;
  const [typed, setTyped] = useState(place);
  const clears = ofPlace(aim);
  const change = (to: string) =>
    to !== place && edit({ type: "target", target: id, change: { place: to }, clears });
  // Not with every key: each name that is set is looked up at the platform.
  const set = () => change(typed);
  const name = usePlaceName(aim.account, spec, place);
  const found = about("target_key", findings);
  const help = [spec.help, lineOf(found, "warning")].filter(Boolean).join(" · ");
  const field = {
    mt: "md",
    label: spec.label,
    description: help || undefined,
    error: lineOf(found),
    required: true,
    inputWrapperOrder: ["label", "input", "description", "error"] as (
      "label" | "input" | "description" | "error"
    )[],
  };
  return (
    <>
      {spec.choices_from !== null ? (
        <LiveChoice
          {...{ field, account: aim.account, place: "" }}
          from={spec.choices_from}
          value={place}
          onChange={(next) => change(next ?? "")}
        />
      ) : (
        <TextInput
          {...field}
          leftSection={spec.prefix || undefined}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={set}
          onKeyDown={(event) => event.key === "Enter" && set()}
        />
      )}
      <Group gap="xs" mt="xs" ml={-8}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onMouseDown={keepFocus}
          onClick={() => {
            if (spec.choices_from === null) set();
            edit({ type: "target_repeated", target: id, clears });
          }}
        >
          Another {spec.word}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconX size={15} />}
          onMouseDown={keepFocus}
          onClick={() => edit({ type: "target_removed", target: id })}
          aria-label={`Remove ${name || spec.word}`}
        >
          Remove
        </Button>
      </Group>
    </>
  );
}

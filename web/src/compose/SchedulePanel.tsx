import { SegmentedControl, Select, Stack, Text, Title } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useMemo } from "react";
import { formatWhen, fromNow, kTwelveHours } from "../shell/time";
import css from "./Compose.module.css";
import type { Draft, Edit } from "./draft";
import { allZones, browserZone, instantOf, localOf } from "./zone";

interface Props {
  draft: Draft;
  edit: (edit: Edit) => void;
  error: string | undefined;
}

export function SchedulePanel({ draft, edit, error }: Props) {
  const zones = useMemo(
    () => allZones().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
    [],
  );
  const change = (to: Partial<Pick<Draft, "later" | "local" | "zone">>) =>
    edit({ type: "when", change: to });
  return (
    <section className={`panel ${css.panel}`} aria-labelledby="when">
      <Title order={2} id="when" className={css.heading}>
        When
      </Title>
      <SegmentedControl
        fullWidth
        aria-labelledby="when"
        data={[
          { value: "now", label: "Now" },
          { value: "later", label: "Later" },
        ]}
        value={draft.later ? "later" : "now"}
        onChange={(value) => change({ later: value === "later" })}
      />
      {draft.later && (
        <Stack gap="sm" mt="md">
          <DateTimePicker
            label="Date and time"
            valueFormat={kTwelveHours ? "ddd, D MMM YYYY, h:mm A" : "ddd, D MMM YYYY, HH:mm"}
            timePickerProps={{ format: kTwelveHours ? "12h" : "24h" }}
            firstDayOfWeek={1}
            highlightToday
            weekendDays={[]}
            minDate={localOf(new Date(), draft.zone).slice(0, 10)}
            value={draft.local.replace("T", " ")}
            onChange={(value) => value && change({ local: value.replace(" ", "T").slice(0, 16) })}
            error={error}
            popoverProps={{ position: "bottom-end" }}
          />
          <Select
            label="Time zone"
            data={zones}
            value={draft.zone}
            onChange={(zone) => zone && change({ zone })}
            searchable
            allowDeselect={false}
            nothingFoundMessage="No such time zone"
            limit={60}
          />
          <Meaning draft={draft} />
        </Stack>
      )}
    </section>
  );
}

function Meaning({ draft }: { draft: Draft }) {
  const instant = instantOf(draft.local, draft.zone);
  const here = draft.zone === browserZone();
  const words = !instant
    ? "The clock change skips this time there. Choose another."
    : instant.getTime() < Date.now()
      ? "This time has passed."
      : `${capital(fromNow(instant))}${here ? "" : `; for you ${formatWhen(instant)}`}.`;
  return (
    <Text size="sm" c="dimmed" aria-live="polite">
      {words}
    </Text>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

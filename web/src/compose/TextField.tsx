import { Text, Textarea } from "@mantine/core";
import { formatNumber } from "../platforms/limits";
import type { Aim } from "./body";
import css from "./Compose.module.css";
import { countersOf, type Counter } from "./counters";
import type { Edit } from "./draft";

interface Props {
  text: string;
  aims: Aim[];
  error: string | undefined;
  edit: (edit: Edit) => void;
}

export function TextField({ text, aims, error, edit }: Props) {
  const counted = aims.filter(({ target, kind }) => target.text === null && kind.text.allowed);
  const counters = countersOf(
    counted.map(({ platform, kind }) => ({
      label: platform.name,
      text,
      max: kind.text.max,
      unit: kind.text.counted_as,
    })),
  );
  return (
    <div className={css.writing}>
      <Textarea
        variant="unstyled"
        aria-label="Text"
        placeholder="What do you want to say?"
        autosize
        minRows={5}
        maxRows={18}
        value={text}
        onChange={(event) => edit({ type: "text", text: event.currentTarget.value })}
        aria-describedby="text-counters"
      />
      <div className={css.counters} id="text-counters">
        {counters.map((counter) => (
          <CounterLine key={counter.label} counter={counter} />
        ))}
        {error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {error}
          </Text>
        )}
      </div>
    </div>
  );
}

export function CounterLine({ counter }: { counter: Counter }) {
  const { label, used, max } = counter;
  const over = used > max;
  return (
    <span className={`${css.counter} tabular`} data-over={over || undefined}>
      <span className={css.meter} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (used / max) * 100)}%` }} />
      </span>
      {label} {formatNumber(used)} / {formatNumber(max)}
      {over && <span>({formatNumber(used - max)} too many)</span>}
    </span>
  );
}

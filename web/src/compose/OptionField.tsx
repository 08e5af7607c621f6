import { Group, Radio, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { formatNumber } from "../platforms/limits";
import type { Option, OptionValue } from "../api/types";
import css from "./Compose.module.css";
import { countText } from "./counters";
import { about, lineOf } from "./findings";
import { LiveChoice } from "./LiveChoice";
import { OptionMedia } from "./OptionMedia";
import { placeAsked, under } from "./standing";
import type { TargetProps } from "./TargetPanel";
import { Texts } from "./Texts";
import { browserZone, localOf } from "./zone";

export interface OptionProps extends TargetProps {
  option: Option;
  off?: string; // Why a switch stays off just now.
}

function counter(option: Option, value: OptionValue | undefined): string | null {
  if (option.max === null || option.counted_as === null || typeof value === "boolean") return null;
  if (option.type === "texts") return null; // Each has its own.
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return `${formatNumber(countText(text, option.counted_as))} / ${formatNumber(option.max)}`;
}

/** One thing to set, drawn by its type; what it is comes from the platform's data. */
export function OptionField(props: OptionProps) {
  const { option, off, aim, findings, edit } = props;
  const value = aim.target.options[option.name] ?? option.default ?? undefined;
  const change = (next: OptionValue | undefined) =>
    ({ type: "option", target: aim.target.id, name: option.name, value: next }) as const;
  const set = (next: OptionValue | undefined) => edit(change(next));
  const found = about(`options/${option.name}`, findings);
  const errors = lineOf(found);
  const warnings = lineOf(found, "warning");
  const said = [option.help, counter(option, value), off, warnings].filter(Boolean);
  const help = [...new Set(said)].join(" · "); // The check warns of what is off in the same words.
  const field = {
    label: option.label,
    description: help || undefined,
    error: errors,
    required: option.required,
    inputWrapperOrder: ["label", "input", "description", "error"] as (
      "label" | "input" | "description" | "error"
    )[],
  };
  const text = typeof value === "string" ? value : "";
  switch (option.type) {
    case "text":
      return <TextInput {...field} value={text} onChange={(e) => set(e.currentTarget.value)} />;
    case "long_text":
      return (
        <Textarea
          {...field}
          className={css.wide}
          autosize
          minRows={3}
          maxRows={12}
          value={text}
          onChange={(e) => set(e.currentTarget.value)}
        />
      );
    case "boolean":
      // Where nothing is taken for granted, saying no is an answer, too.
      if (option.required && option.default === null) {
        return <YesOrNo field={field} value={value} onChange={set} />;
      }
      return (
        <Switch
          label={option.label}
          description={help || undefined}
          error={errors}
          checked={value === true}
          disabled={off !== undefined && value !== true}
          onChange={(e) => {
            const clears = e.currentTarget.checked ? [] : under(option, aim);
            edit({ ...change(e.currentTarget.checked), clears });
          }}
        />
      );
    case "choice":
      if (option.choices_from !== null) {
        const place = placeAsked(aim);
        const word = place === "" ? undefined : aim.platform.target?.word;
        return (
          <LiveChoice
            {...{ field, account: aim.account, place, word }}
            from={option.choices_from}
            value={text}
            onChange={set}
          />
        );
      }
      return (
        <Select
          {...field}
          data={option.choices}
          value={text || null}
          onChange={(next) => set(next ?? undefined)}
          searchable={option.choices.length > 8}
          clearable={!option.required && option.default === null}
          allowDeselect={false}
          placeholder="Choose"
        />
      );
    case "tags":
      return (
        <TagsInput
          {...field}
          className={css.wide}
          value={Array.isArray(value) ? value : []}
          onChange={set}
          splitChars={[",", ";"]}
          placeholder="Add with Enter or a comma"
          acceptValueOnBlur
        />
      );
    case "texts":
      return (
        <div className={css.wide}>
          <Texts
            option={option}
            value={Array.isArray(value) ? value : []}
            description={help || undefined}
            error={errors}
            onChange={set}
          />
        </div>
      );
    case "media":
      return <OptionMedia {...props} error={errors} help={help} />;
    case "date_time":
      return (
        <DateTimePicker
          {...field}
          clearable
          value={text ? localOf(new Date(text), browserZone()).replace("T", " ") : null}
          onChange={(next) =>
            set(next ? new Date(next.replace(" ", "T")).toISOString() : undefined)
          }
        />
      );
  }
}

interface YesOrNoProps {
  field: { label: string; description?: string; error?: string; required: boolean };
  value: OptionValue | undefined;
  onChange: (value: boolean) => void;
}

function YesOrNo({ field, value, onChange }: YesOrNoProps) {
  return (
    <Radio.Group
      {...field}
      value={typeof value === "boolean" ? String(value) : null}
      onChange={(next) => onChange(next === "true")}
    >
      <Group gap="lg" py={7}>
        <Radio value="true" label="Yes" />
        <Radio value="false" label="No" />
      </Group>
    </Radio.Group>
  );
}

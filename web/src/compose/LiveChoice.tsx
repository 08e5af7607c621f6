import { Select, TextInput, type SelectProps } from "@mantine/core";
import { useLookup } from "../api/queries";
import type { Account } from "../api/types";

interface Props {
  field: Pick<
    SelectProps,
    "mt" | "label" | "description" | "error" | "required" | "inputWrapperOrder"
  >;
  account: Account;
  place: string | null; // To ask about; "": the account itself; null: it has no name yet.
  word?: string; // What places are called, where they are asked about.
  from: string; // The name of the choices in the account's lookup.
  value: string;
  onChange: (value: string | undefined) => void;
}

/** A choice among what the account, or the place it posts to, has just now. Where nobody knows, the
 * value can be typed. */
export function LiveChoice({ field, account, place, word, from, value, onChange }: Props) {
  const { data, isPending } = useLookup(account, place);
  const known = data?.choices[from];
  const unknown = !isPending && !known;
  const problem = data?.problem ?? (unknown && "The list could not be had just now.");
  const help = [field.description, problem, unknown && "Its id can be typed."];
  const described = { ...field, description: help.filter(Boolean).join(" · ") || undefined };
  if (unknown) {
    return (
      <TextInput
        {...described}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  const choices = known ?? [];
  const strange = value !== "" && !choices.some((choice) => choice.value === value);
  const none = known?.length === 0 && !strange;
  const placeholder = () => {
    if (place === null) return `Name the ${word} first`;
    if (isPending) return "Loading…";
    return none ? `This ${word ?? "account"} has none` : "Choose";
  };
  return (
    <Select
      {...described}
      data={strange ? [...choices, { value, label: value }] : choices}
      value={value || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable={choices.length > 8}
      clearable={!field.required}
      allowDeselect={false}
      disabled={none || isPending}
      placeholder={placeholder()}
    />
  );
}

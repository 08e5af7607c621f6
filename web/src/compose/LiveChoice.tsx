import { Select, TextInput, type SelectProps } from "@mantine/core";
import { useLookup } from "../api/queries";
import type { Account } from "../api/types";

interface Props {
  field: Pick<
    SelectProps,
    "mt" | "label" | "description" | "error" | "required" | "inputWrapperOrder"
  >;
  account: Account;
  place: string; // Of the account's targets; empty where the account itself is asked about.
  from: string; // The name of the choices in the account's lookup.
  value: string;
  onChange: (value: string | undefined) => void;
}

/** A choice among what the account, or the place it posts to, has just now. Where nobody knows, the
 * value can be typed. */
export function LiveChoice({ field, account, place, from, value, onChange }: Props) {
  const { data, isPending } = useLookup(account, place);
  const known = data?.choices[from];
  if (!isPending && !known) {
    const help = [field.description, "The list could not be had just now; its id can be typed."];
    return (
      <TextInput
        {...field}
        description={help.filter(Boolean).join(" · ")}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  }
  const choices = known ?? [];
  const strange = value !== "" && !choices.some((choice) => choice.value === value);
  const none = known?.length === 0 && !strange;
  return (
    <Select
      {...field}
      data={strange ? [...choices, { value, label: value }] : choices}
      value={value || null}
      onChange={(next) => onChange(next ?? undefined)}
      searchable={choices.length > 8}
      clearable={!field.required}
      allowDeselect={false}
      disabled={none || isPending}
      placeholder={isPending ? "Loading…" : none ? "This account has none" : "Choose"}
    />
  );
}

// Which of a target's options hang on what was looked up, and on each other.
import type { Option } from "../api/types";
import type { Aim } from "./body";

/** Which place of the account the platform is to be asked about: "" where it answers for the whole
 * account, null while the place has no name. */
export function placeAsked({ platform, target }: Aim): string | null {
  return platform.target?.looked_up ? target.place.trim() || null : "";
}

/** The options whose choices are the place's own, so that another place does not have them. */
export function ofPlace({ platform }: Aim): string[] {
  if (!platform.target?.looked_up) return [];
  const options = platform.kinds.flatMap((kind) => kind.options);
  return options.filter((one) => one.choices_from !== null).map(({ name }) => name);
}

/** The options under a switch, which go with it. */
export function under(option: Option, { kind }: Aim): string[] {
  return kind.options.filter((one) => one.under === option.name).map(({ name }) => name);
}

const kShown = 4; // Options that are always in sight, besides those that must be filled in.

/** The options that can be set now: those in sight, and those that are a press away. A switch and
 * what is under it are in sight. */
export function shownOf({ kind, target }: Aim): { shown: Option[]; hidden: Option[] } {
  const switches = new Set(kind.options.map((option) => option.under));
  const isOn = (name: string) => {
    const option = kind.options.find((one) => one.name === name);
    return (target.options[name] ?? option?.default) === true;
  };
  const open = kind.options.filter((option) => option.under === null || isOn(option.under));
  const required = open.filter((option) => option.required);
  const optional = open.filter((option) => !option.required);
  const single = optional.filter((one) => one.under === null && !switches.has(one.name));
  const hidden = single.slice(Math.max(0, kShown - required.length));
  const shown = [...required, ...optional.filter((option) => !hidden.includes(option))];
  return { shown, hidden };
}

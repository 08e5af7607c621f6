// Which of a target's options hang on what was looked up of its place.
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

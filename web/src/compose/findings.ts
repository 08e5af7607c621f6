// The server's findings about a draft, brought to the fields they are about.
import type { FieldFault } from "../api/problem";
import type { CheckProblem } from "../api/types";

export interface Finding {
  target: number | null; // Null: about the whole post.
  rule: string | null; // Null: refused on submission.
  field: string;
  message: string;
  severity: "error" | "warning" | "todo"; // todo: not filled in yet, so not yet wrong.
  source: string | null;
}

export function findingsOf(problems: CheckProblem[]): Finding[] {
  return problems.map(({ target, rule, field, message, severity, source }) => ({
    target,
    rule,
    field,
    message,
    severity,
    source,
  }));
}

/** The same from a refused submission, whose fields carry the target: "targets/0/options/title". */
export function findingsIn(faults: FieldFault[]): Finding[] {
  return faults.map(({ field, message }) => {
    const [, index, rest] = /^\/?targets\/(\d+)\/(.+)$/.exec(field) ?? [];
    const target = index === undefined ? null : Number(index);
    return { target, rule: null, field: rest ?? field, message, severity: "error", source: null };
  });
}

const covers = (finding: Finding, field: string): boolean =>
  finding.field === field || finding.field.startsWith(`${field}/`);

/** Those about one target; null: about the whole post. */
export function of(target: number | null, findings: Finding[]): Finding[] {
  return findings.filter((finding) => finding.target === target);
}

export function about(field: string, findings: Finding[]): Finding[] {
  return findings.filter((finding) => covers(finding, field));
}

/** One line under a field, or nothing. */
export function lineOf(
  findings: Finding[],
  severity: Finding["severity"] = "error",
): string | undefined {
  const said = findings.filter((finding) => finding.severity === severity);
  return said.map(({ message }) => message).join(" ") || undefined;
}

/** What is still empty is not yet a mistake: it is said as something to do. */
export function softened(findings: Finding[], isEmpty: (finding: Finding) => boolean): Finding[] {
  return findings.map((finding) =>
    finding.severity === "error" && isEmpty(finding) ? { ...finding, severity: "todo" } : finding,
  );
}

/** The same content was given to one of these accounts already: the person must mean it. */
export function isRepeat({ rule }: Finding): boolean {
  return rule === "content.repeated";
}

/** Media still on their way are not yet missing. */
export function whileUploading(findings: Finding[]): Finding[] {
  return findings.filter(({ field }) => !/^(media|kind)(\/|$)/.test(field));
}

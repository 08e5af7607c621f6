import { Button, Collapse, NativeSelect, SegmentedControl, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useLookup } from "../api/queries";
import type { Item } from "../media/item";
import type { Uploads } from "../media/uploads";
import { AccountAvatar } from "../platforms/AccountAvatar";
import type { Aim } from "./body";
import css from "./Compose.module.css";
import type { Edit } from "./draft";
import { about, lineOf, type Finding } from "./findings";
import { isOff, isShownOff, offOf } from "./off";
import { OffNotes, OffOption } from "./OffNotes";
import { OptionField } from "./OptionField";
import { OwnText } from "./OwnText";
import { Place } from "./Place";
import { placeAsked, shownOf } from "./standing";

export interface TargetProps {
  aim: Aim;
  items: ReadonlyMap<string, Item>;
  uploads: Uploads;
  findings: Finding[]; // About this target.
  edit: (edit: Edit) => void;
}

export function TargetPanel(props: TargetProps) {
  const { aim, findings, edit } = props;
  const { account, platform, kind } = aim;
  const [open, more] = useDisclosure(false);
  const facts = useLookup(account, placeAsked(aim)).data?.facts;
  const name = facts?.name ?? account.name;
  const { shown, hidden } = shownOf(aim);
  const wrong = hidden.some((option) => about(`options/${option.name}`, findings).length > 0);
  const off = offOf(aim);
  const general = findings.filter(
    // That the kind is off is said beside the way to have it.
    ({ field, rule }) => !/^(text|options|target_key)(\/|$)/.test(field) && rule !== "kind.scope",
  );
  const field = (option: (typeof shown)[number]) => {
    const key = `${kind.id}/${option.name}`;
    if (isShownOff(aim, option)) return <OffOption key={key} option={option} />;
    const reason = facts?.[`off.${option.name}`];
    return <OptionField key={key} option={option} off={reason} {...props} />;
  };
  return (
    <section className={`panel ${css.panel}`} aria-label={`${name} on ${platform.name}`}>
      <div className={css.target}>
        <AccountAvatar account={account} size={34} />
        <div className={css.words}>
          <Text fw={550} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {platform.name}
          </Text>
        </div>
        <KindPicker aim={aim} onPick={(id) => choose(edit, aim.target.id, id)} />
      </div>
      {off.length > 0 && <OffNotes aim={aim} off={off} />}
      {platform.target && <Place {...props} spec={platform.target} />}
      {general.map(({ message, severity }) => (
        <Text
          key={message}
          size="sm"
          mt="sm"
          c={severity === "error" ? "var(--mantine-color-error)" : "dimmed"}
        >
          {message}
        </Text>
      ))}
      <OwnText aim={aim} edit={edit} error={lineOf(about("text", findings))} />
      {shown.length > 0 && <div className={css.fields}>{shown.map(field)}</div>}
      {hidden.length > 0 && (
        <>
          <Collapse expanded={open || wrong}>
            <div className={css.fields}>{hidden.map(field)}</div>
          </Collapse>
          {!wrong && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              mt="md"
              ml={-8}
              aria-expanded={open}
              onClick={more.toggle}
              rightSection={open ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}
            >
              {open ? "Fewer options" : `${hidden.length} more options`}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function choose(edit: TargetProps["edit"], target: string, kind: string): void {
  edit({ type: "target", target, change: { kind } });
}

function KindPicker({ aim, onPick }: { aim: Aim; onPick: (id: string) => void }) {
  const { platform, kind } = aim;
  const data = platform.kinds.map((one) => ({
    value: one.id,
    label: one.label,
    disabled: isOff(aim, one),
  }));
  const label = `Kind of post on ${platform.name}`;
  if (data.length < 2) return null;
  if (data.length > 3) {
    return (
      <NativeSelect
        size="xs"
        aria-label={label}
        data={data}
        value={kind.id}
        onChange={(event) => onPick(event.currentTarget.value)}
      />
    );
  }
  return (
    <SegmentedControl size="xs" aria-label={label} data={data} value={kind.id} onChange={onPick} />
  );
}

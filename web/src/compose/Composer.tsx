import { Text, Title } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { Account, Platform, Post } from "../api/types";
import { isUnderWay } from "../media/item";
import { AccountPicker } from "./AccountPicker";
import { aimsOf, bodyOf, isBlank, itemsOf } from "./body";
import css from "./Compose.module.css";
import type { Draft } from "./draft";
import {
  about,
  findingsIn,
  findingsOf,
  isRepeat,
  lineOf,
  of,
  softened,
  whileUploading,
  type Finding,
} from "./findings";
import { MediaZone } from "./MediaZone";
import { SchedulePanel } from "./SchedulePanel";
import { SubmitPanel } from "./SubmitPanel";
import { TargetPanel } from "./TargetPanel";
import { TextField } from "./TextField";
import { useCompose, type ComposeStore } from "./store";
import { useCheck } from "./useCheck";
import { useSubmit } from "./useSubmit";
import { useWeighing } from "./weighing";

interface Props {
  store: ComposeStore;
  editing: Post | null;
  known: { platforms: Platform[]; accounts: Account[] };
}

export function Composer({ store, editing, known }: Props) {
  const { draft, items } = useCompose(store);
  const [attempted, setAttempted] = useState(false);
  const [warned, setWarned] = useState(""); // Of a repeat: the body that it was about.
  const top = useRef<HTMLDivElement>(null);
  const aims = useMemo(() => aimsOf(draft, { ...known, items }), [draft, known, items]);
  useWeighing(aims);
  const body = useMemo(() => bodyOf(draft, aims, items), [draft, aims, items]);
  const submit = useSubmit(store, editing);
  const asked = editing ? { ...body, post_id: editing.id } : body;
  const { check, fresh } = useCheck(asked, aims.length > 0);

  const uploading = [...items.values()].some(isUnderWay);
  const refused = submit.error ? findingsIn(submit.error.faults) : [];
  const checked = findingsOf(check.data?.problems ?? []);
  const all =
    aims.length > 0 ? [...(uploading ? whileUploading(checked) : checked), ...refused] : [];
  const findings = attempted ? all : softened(all, (finding) => isEmptyIn(draft, finding));
  const whole = of(null, findings);
  const repeats = fresh && checked.some(isRepeat);
  const sure = repeats && warned === JSON.stringify(body);

  const press = () => {
    setAttempted(true);
    // Findings about an older draft block nothing: the server checks again before it saves.
    const wrong = fresh && checked.some(({ severity }) => severity === "error");
    if (aims.length === 0 || wrong) top.current?.scrollIntoView({ block: "start" });
    else if (repeats && !sure) setWarned(JSON.stringify(body));
    else submit.send(sure ? { ...body, allow_repeat: true } : body);
  };

  return (
    <div className={css.grid} ref={top}>
      <div className={css.column}>
        <section className={`panel ${css.panel}`} aria-labelledby="publish-to">
          <Title order={2} id="publish-to" className={css.heading}>
            Publish to
          </Title>
          <AccountPicker accounts={known.accounts} targets={draft.targets} edit={store.edit} />
          {attempted && aims.length === 0 && (
            <Text size="sm" c="var(--mantine-color-error)" mt="sm" role="alert">
              Choose at least one account.
            </Text>
          )}
        </section>
        <section className="panel" aria-label="Content">
          <TextField
            text={draft.text}
            aims={aims}
            error={lineOf(about("text", whole))}
            edit={store.edit}
          />
          <MediaZone
            draft={draft}
            aims={aims}
            uploads={store.uploads}
            items={itemsOf(draft, items)}
            findings={about("media", whole)}
            edit={store.edit}
          />
        </section>
        {aims.map((aim, index) => (
          <TargetPanel
            key={aim.target.id}
            aim={aim}
            items={items}
            uploads={store.uploads}
            findings={of(index, findings)}
            edit={store.edit}
          />
        ))}
      </div>
      <aside className={`${css.column} ${css.aside}`}>
        <SchedulePanel
          draft={draft}
          edit={store.edit}
          error={lineOf(["due_at", "due_local", "time_zone"].flatMap((f) => about(f, whole)))}
        />
        <SubmitPanel
          findings={findings}
          aims={aims}
          later={draft.later}
          editing={editing !== null}
          again={sure}
          state={{ checking: aims.length > 0 && !fresh && !check.isError, fresh, uploading }}
          submit={submit}
          onPress={press}
        />
      </aside>
    </div>
  );
}

function isEmptyIn(draft: Draft, { target, field }: Finding): boolean {
  if (field === "text") return draft.text.trim() === "";
  if (field === "media" || field === "kind") return draft.media.length === 0;
  if (field === "target_key") return target === null || draft.targets[target]?.place.trim() === "";
  const option = /^options\/([^/]+)$/.exec(field)?.[1];
  const options = target === null ? undefined : draft.targets[target]?.options;
  return option !== undefined && isBlank(options?.[option]);
}

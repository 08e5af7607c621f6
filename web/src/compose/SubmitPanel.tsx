import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Fault } from "../shell/Fault";
import type { Aim } from "./body";
import css from "./Compose.module.css";
import { Consents } from "./Consents";
import type { Finding } from "./findings";
import type { useSubmit } from "./useSubmit";

interface Props {
  findings: Finding[];
  aims: Aim[];
  later: boolean;
  editing: boolean;
  again: boolean; // It repeats another post, and the person was told so on the first press.
  state: { checking: boolean; fresh: boolean; uploading: boolean };
  submit: ReturnType<typeof useSubmit>;
  onPress: () => void;
}

export function SubmitPanel(props: Props) {
  const { findings, aims, later, editing, again, state, submit, onPress } = props;
  const plain = editing ? "Save changes" : later ? "Schedule" : "Publish";
  const word = again ? `${plain} it all the same` : plain;
  return (
    <section className={`panel ${css.panel}`} aria-label="Publish">
      <Stack gap="md">
        <div aria-live="polite">
          <Summary findings={findings} aims={aims} state={state} />
          {again && (
            <Text size="sm" fw={550} mt="md">
              Press once more if the same post shall be shown twice.
            </Text>
          )}
        </div>
        {submit.error && <Fault error={submit.error} />}
        <Consents aims={aims} />
        <Button
          size="md"
          fullWidth
          onClick={onPress}
          loading={submit.pending}
          disabled={state.uploading}
        >
          {state.uploading ? "Waiting for your files…" : word}
        </Button>
      </Stack>
    </section>
  );
}

const kSigns = {
  error: { Icon: IconCircleX, color: "var(--mantine-color-error)", label: "Error" },
  warning: { Icon: IconAlertTriangle, color: "var(--mantine-color-yellow-7)", label: "Warning" },
  todo: { Icon: IconCircleDashed, color: "var(--mantine-color-dimmed)", label: "To do" },
};

function Summary({ findings, aims, state }: Pick<Props, "findings" | "aims" | "state">) {
  if (aims.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Choose where to publish, and Herald checks your post against each platform’s rules while you
        write.
      </Text>
    );
  }
  const nameOf = ({ target }: Finding) => {
    const aim = target === null ? undefined : aims[target];
    return aim && `${aim.account.name}, ${aim.platform.name}`;
  };
  if (findings.length === 0) {
    if (state.uploading)
      return <Line icon={<Loader size={16} />}>Your files are on their way.</Line>;
    if (state.checking) return <Line icon={<Loader size={16} />}>Checking…</Line>;
    if (!state.fresh)
      return <Line>Could not check just now; Herald checks again when you publish.</Line>;
    return (
      <Line icon={<IconCircleCheck size={18} color="var(--mantine-color-green-6)" aria-hidden />}>
        Ready: no platform’s rule is broken.
      </Line>
    );
  }
  return (
    <Stack gap={10} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
      {findings.map((finding) => {
        const { Icon, color, label } = kSigns[finding.severity];
        const name = nameOf(finding);
        return (
          <li key={`${finding.target}/${finding.field}/${finding.message}`}>
            <Line icon={<Icon size={18} color={color} aria-label={label} />}>
              {name && <strong>{name}: </strong>}
              {finding.message}
            </Line>
          </li>
        );
      })}
    </Stack>
  );
}

function Line({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <Group gap={9} wrap="nowrap" align="flex-start">
      {icon && <span style={{ flex: "none", lineHeight: 0, paddingTop: 2 }}>{icon}</span>}
      <Text size="sm" className="break">
        {children}
      </Text>
    </Group>
  );
}

import { Avatar, Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Tag } from "../shell/Tag";
import css from "./ChoiceModal.module.css";
import type { Choice } from "./flow";

interface Props {
  platformName: string;
  choices: Choice[];
  onPick: (ids: string[]) => void;
  onDismiss: () => void;
}

/** One consent can open several pages or channels: which of them shall be connected? */
export function ChoiceModal({ platformName, choices, onPick, onDismiss }: Props) {
  const usable = choices.filter((choice) => choice.usable);
  const [picked, setPicked] = useState<string[]>(() =>
    usable.filter((choice) => choice.connected || usable.length === 1).map((choice) => choice.id),
  );
  return (
    <Modal opened onClose={onDismiss} title={`Choose from ${platformName}`} size="md">
      <Text size="sm" c="dimmed" mb="md">
        {usable.length > 0
          ? "You gave access to these. Pick the ones to publish to; you can come back for more."
          : "None of these can be used for publishing."}
      </Text>
      <Checkbox.Group value={picked} onChange={setPicked} aria-label="Accounts">
        <Stack gap={8}>
          {choices.map((choice) => (
            <ChoiceCard key={choice.id} choice={choice} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDismiss}>
          Cancel
        </Button>
        <Button onClick={() => onPick(picked)} disabled={picked.length === 0}>
          {picked.length > 1 ? `Connect ${picked.length} accounts` : "Connect"}
        </Button>
      </Group>
    </Modal>
  );
}

function ChoiceCard({ choice }: { choice: Choice }) {
  const about = [choice.kind, choice.username && `@${choice.username}`].filter(Boolean).join(" · ");
  return (
    <Checkbox.Card value={choice.id} className={css.choice} disabled={!choice.usable} p="sm">
      <Group wrap="nowrap" gap="sm">
        <Checkbox.Indicator disabled={!choice.usable} />
        <Avatar src={choice.picture_url} name={choice.name} alt="" radius="xl" size={38} />
        <div className={css.words}>
          <Text size="sm" fw={550} truncate>
            {choice.name}
          </Text>
          <Text size="xs" c="dimmed" className="break">
            {choice.reason ?? about}
          </Text>
        </div>
        {choice.connected && <Tag tone="quiet">Connected</Tag>}
      </Group>
    </Checkbox.Card>
  );
}

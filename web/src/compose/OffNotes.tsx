import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Option } from "../api/types";
import { ConnectStatus } from "../connect/ConnectStatus";
import { useConnect } from "../connect/useConnect";
import type { Aim } from "./body";
import { reasonOf, type Off } from "./off";

/** Why something is off for this account, and the way to have it. */
export function OffNotes({ aim: { account, platform }, off }: { aim: Aim; off: Off[] }) {
  const { state, runner } = useConnect();
  const [pressed, setPressed] = useState(false); // Here, not for another account.
  const going = pressed && "platform" in state && state.platform === platform.id;
  const reconnect = () => {
    setPressed(true);
    void runner.press(platform.id, { accountId: account.id });
  };
  return (
    <Group gap="sm" mt="sm" justify="space-between">
      <div style={{ flex: "1 1 260px" }}>
        {off.map((one) => (
          <Text key={one.scope} size="sm" c="dimmed" className="break">
            {reasonOf(one, account.name)}
          </Text>
        ))}
      </div>
      {going ? (
        <ConnectStatus state={state} runner={runner} />
      ) : (
        off.some(({ asked }) => asked) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Reconnect ${account.name}`}
            onClick={reconnect}
          >
            Reconnect
          </Button>
        )
      )}
    </Group>
  );
}

/** In the place of an option that is off. */
export function OffOption({ option: { label, help } }: { option: Option }) {
  return (
    <TextInput
      label={label}
      description={help ?? undefined}
      placeholder="Off"
      inputWrapperOrder={["label", "input", "description"]}
      disabled
    />
  );
}

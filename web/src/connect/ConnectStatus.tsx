import { Alert, Anchor, Button, CloseButton, Group, Loader, Stack, Text } from "@mantine/core";
import type { Connect } from "./flow";
import type { ConnectRunner } from "./runner";

const kEndTitles = { denied: "Not allowed", failed: "Not connected", expired: "Too late" };

/** How the connection that is being made stands, in the card of its platform. */
export function ConnectStatus({ state, runner }: { state: Connect; runner: ConnectRunner }) {
  switch (state.phase) {
    case "idle":
      return null;
    case "starting":
      return <Working text="Preparing…" />;
    case "finishing":
    case "choosing":
      return <Working text="Almost done…" />;
    case "waiting":
      return <Waiting state={state} runner={runner} />;
    case "connected":
      return (
        <Ending color="green" title="Connected" onClose={() => runner.dismiss()}>
          {state.accounts.map((account) => account.name).join(", ")}
        </Ending>
      );
    case "ended":
      return (
        <Ending
          color={state.how === "denied" ? "gray" : "red"}
          title={kEndTitles[state.how]}
          onClose={() => runner.dismiss()}
        >
          {state.message}
        </Ending>
      );
  }
}

function Working({ text }: { text: string }) {
  return (
    <Group gap="sm" mih={36} role="status">
      <Loader size={16} />
      <Text size="sm">{text}</Text>
    </Group>
  );
}

type WaitingState = Extract<Connect, { phase: "waiting" }>;

function Waiting({ state, runner }: { state: WaitingState; runner: ConnectRunner }) {
  const words = {
    open: "Go on in the window that opened.",
    blocked: "Your browser kept the window from opening.",
    closed: "The window is closed. If you allowed it there, this goes on by itself.",
  }[state.window];
  return (
    <Stack gap={8} role="status">
      <Group gap="sm" wrap="nowrap">
        <Loader size={16} />
        <Text size="sm">{words}</Text>
      </Group>
      <Group gap="md">
        {state.authUrl && state.window === "blocked" && (
          <Anchor href={state.authUrl} target="_blank" size="sm" fw={550}>
            Open the sign-in page
          </Anchor>
        )}
        {state.authUrl && state.window !== "blocked" && (
          <Button size="compact-sm" variant="default" onClick={() => runner.reopen()}>
            {state.window === "open" ? "Show the window" : "Open it again"}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => runner.dismiss()}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}

function Ending(props: { color: string; title: string; children: string; onClose: () => void }) {
  return (
    <Alert color={props.color} p="sm" role="status">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text size="sm" className="break">
          <strong>{props.title}.</strong> {props.children}
        </Text>
        <CloseButton size="sm" aria-label="Dismiss" onClick={props.onClose} />
      </Group>
    </Alert>
  );
}

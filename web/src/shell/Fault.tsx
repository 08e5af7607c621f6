import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { messageOf, ProblemError } from "../api/problem";

/** A request that failed, in words, with what can be done about it. */
export function Fault(props: { error: unknown; title?: string; retry?: () => void }) {
  const problem = props.error instanceof ProblemError ? props.error : null;
  const title = props.title ?? problem?.title ?? "Something went wrong";
  const message = messageOf(props.error);
  return (
    <Alert color="red" icon={<IconAlertCircle />} title={title} role="alert">
      {message !== title && <Text size="sm">{message}</Text>}
      {problem?.faults.map((fault) => (
        <Text size="sm" key={fault.field + fault.rule}>
          {fault.message}
        </Text>
      ))}
      <Group gap="md" mt={props.retry || problem?.requestId ? 8 : 0}>
        {props.retry && (
          <Button size="xs" variant="default" onClick={props.retry}>
            Try again
          </Button>
        )}
        {problem?.requestId && (
          <Text size="xs" c="dimmed" className="break">
            Request {problem.requestId}
          </Text>
        )}
      </Group>
    </Alert>
  );
}

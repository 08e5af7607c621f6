import { Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface Props {
  title: string;
  text: ReactNode;
  icon?: ReactNode;
  action?: { label: string; run?: () => void; to?: string };
}

/** The middle of a page that has nothing else to show: empty, missing, or broken. */
export function Notice({ title, text, icon, action }: Props) {
  return (
    <Stack align="center" gap={6} py={72} px="md" ta="center">
      {icon && (
        <Text c="dimmed" lh={0} mb={8}>
          {icon}
        </Text>
      )}
      <Title order={2}>{title}</Title>
      <Text c="dimmed" size="sm" maw={420}>
        {text}
      </Text>
      {action?.to && (
        <Button component={Link} to={action.to} mt="md">
          {action.label}
        </Button>
      )}
      {action?.run && (
        <Button onClick={action.run} mt="md">
          {action.label}
        </Button>
      )}
    </Stack>
  );
}

import { Box, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

export function PageHeader(props: { title: string; text?: ReactNode; children?: ReactNode }) {
  useDocumentTitle(`${props.title} · Herald`);
  return (
    <Group justify="space-between" align="flex-end" mb={{ base: 20, sm: 28 }} gap="sm">
      <Box>
        <Title order={1}>{props.title}</Title>
        {props.text && (
          <Text c="dimmed" mt={6}>
            {props.text}
          </Text>
        )}
      </Box>
      {props.children}
    </Group>
  );
}

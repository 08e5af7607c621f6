import { Skeleton, Stack } from "@mantine/core";

export function PageSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true" aria-label="Loading">
      <Skeleton h={32} w={220} />
      <Skeleton h={16} w="min(420px, 90%)" />
      <Skeleton h={260} radius="lg" />
    </Stack>
  );
}

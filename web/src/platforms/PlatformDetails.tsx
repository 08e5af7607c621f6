import { Anchor, Drawer, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { Platform } from "../api/types";
import { Tag } from "../shell/Tag";
import { formatLimit } from "./limits";

interface Props {
  platform: Platform;
  opened: boolean;
  onClose: () => void;
}

/** The rules of a platform as Herald knows them, each with where it comes from. */
export function PlatformDetails({ platform, opened, onClose }: Props) {
  const version = platform.api_version;
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="lg" title={platform.name}>
      <Stack gap="xl" pb="xl">
        <Group gap="md">
          <Anchor href={platform.guide_url} target="_blank" rel="noreferrer" size="sm">
            Guide
          </Anchor>
          {version && (
            <Text size="sm" c="dimmed">
              API {version.version}
              {version.ends_on && `, works until ${version.ends_on}`}
            </Text>
          )}
        </Group>
        <section>
          <Title order={3} mb="xs">
            Permissions it asks for
          </Title>
          <Stack gap={10}>
            {platform.scopes.map((scope) => (
              <div key={scope.name}>
                <Group gap={8}>
                  <Text size="sm" ff="monospace" className="break">
                    {scope.name}
                  </Text>
                  {!scope.required && <Tag tone="quiet">Optional</Tag>}
                </Group>
                <Text size="sm" c="dimmed">
                  {scope.why}
                </Text>
              </div>
            ))}
          </Stack>
        </section>
        {platform.limits.length > 0 && <Limits platform={platform} />}
      </Stack>
    </Drawer>
  );
}

function Limits({ platform }: { platform: Platform }) {
  return (
    <section>
      <Title order={3} mb="xs">
        Limits
      </Title>
      <Table verticalSpacing={8} horizontalSpacing={0} layout="auto">
        <Table.Tbody>
          {platform.limits.map((limit) => (
            <Table.Tr key={limit.id}>
              <Table.Td>{limit.label}</Table.Td>
              <Table.Td className="tabular" ta="right" pl="md">
                {formatLimit(limit.value, limit.unit)}
              </Table.Td>
              <Table.Td ta="right" pl="md">
                <Source source={limit.source} checkedOn={limit.checked_on} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Source({ source, checkedOn }: { source: string; checkedOn: string }) {
  if (!source.startsWith("https://")) {
    return (
      <Text size="xs" c="dimmed">
        {source}
      </Text>
    );
  }
  return (
    <Anchor
      href={source}
      target="_blank"
      rel="noreferrer"
      size="xs"
      title={`Checked on ${checkedOn}`}
      aria-label={`Source, checked on ${checkedOn}`}
    >
      Source
    </Anchor>
  );
}

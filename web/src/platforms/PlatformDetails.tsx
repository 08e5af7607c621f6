import { Anchor, Drawer, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { Platform } from "../api/types";
import { formatLimit } from "./limits";
import { Permissions } from "./Permissions";
import { SourceLink } from "./SourceLink";

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
        {platform.sign_ins.map((signIn) => (
          <Permissions
            key={signIn.registration}
            signIn={signIn}
            heading={
              platform.sign_ins.length > 1
                ? `Permissions ${signIn.name} asks for`
                : "Permissions it asks for"
            }
          />
        ))}
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
                <SourceLink source={limit.source} checkedOn={limit.checked_on} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

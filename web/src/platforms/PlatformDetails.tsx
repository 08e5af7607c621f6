import { Anchor, Drawer, Group, Stack, Table, Text, Title } from "@mantine/core";
import type { Platform } from "../api/types";
import { formatLimit } from "./limits";
import { Permissions } from "./Permissions";
import { rulesOf, type RuleRow } from "./rules";
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
        <Limits platform={platform} />
      </Stack>
    </Drawer>
  );
}

function Limits({ platform }: { platform: Platform }) {
  const limits = platform.limits.map(
    ({ label, value, unit, source, checked_on }): RuleRow => ({
      label,
      value: formatLimit(value, unit),
      kinds: [],
      source,
      checked_on,
    }),
  );
  const rows = [...limits, ...rulesOf(platform)];
  if (rows.length === 0) return null;
  return (
    <section aria-label="Limits">
      <Title order={3} mb="xs">
        Limits
      </Title>
      <Table verticalSpacing={8} horizontalSpacing={0} layout="auto">
        <Table.Tbody>
          {rows.map(({ label, kinds, value, source, checked_on }) => (
            <Table.Tr key={`${label}/${kinds.join()}/${value}`}>
              <Table.Td>
                {label}
                {kinds.length > 0 && (
                  <Text size="xs" c="dimmed">
                    {kinds.join(", ")}
                  </Text>
                )}
              </Table.Td>
              <Table.Td className="tabular" ta="right" pl="md">
                {value}
              </Table.Td>
              <Table.Td ta="right" pl="md">
                <SourceLink source={source} checkedOn={checked_on} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

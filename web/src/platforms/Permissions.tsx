import { Group, Stack, Text, Title } from "@mantine/core";
import type { Scope, SignIn } from "../api/types";
import { Tag } from "../shell/Tag";
import { figureScopes } from "./signIns";
import { SourceLink } from "./SourceLink";

/** What one sign-in asks a person for, and why. */
export function Permissions({ signIn, heading }: { signIn: SignIn; heading: string }) {
  const figures = figureScopes(signIn);
  return (
    <section aria-label={heading}>
      <Title order={3} mb="xs">
        {heading}
      </Title>
      <List scopes={signIn.scopes.filter((scope) => !figures.includes(scope))} />
      {figures.length > 0 && (
        <>
          <Text size="sm" fw={550} mt="md" mb={6}>
            Only to read figures
          </Text>
          <List scopes={figures} />
        </>
      )}
    </section>
  );
}

function List({ scopes }: { scopes: Scope[] }) {
  return (
    <Stack gap={10}>
      {scopes.map((scope) => (
        <div key={scope.name}>
          <Group gap={8}>
            <Text size="sm" ff="monospace" className="break">
              {scope.name}
            </Text>
            {!scope.required && scope.use === "publish" && <Tag tone="quiet">Optional</Tag>}
          </Group>
          <Text size="sm" c="dimmed">
            {scope.why} <SourceLink source={scope.source} checkedOn={scope.checked_on} />
          </Text>
        </div>
      ))}
    </Stack>
  );
}

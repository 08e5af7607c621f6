import { Anchor, Code, Group, Text } from "@mantine/core";
import type { Platform } from "../api/types";
import css from "./SocialPlatformPage.module.css";

/** Why nothing can be connected here yet, and what the operator does about it. */
export function SetUp({ platform }: { platform: Platform }) {
  if (!platform.available) {
    return (
      <div className={css.setup}>
        <Text size="sm">This version of Herald does not publish here.</Text>
      </div>
    );
  }
  return (
    <div className={css.setup}>
      <Text size="sm" mb={8}>
        Herald has no app credentials for it. Set these variables and start it again:
      </Text>
      {platform.sign_ins.map((signIn, index) => (
        <Group key={signIn.registration} gap={6} mb={10}>
          {platform.sign_ins.length > 1 && (
            <Text size="xs" c="dimmed" w="100%">
              {index > 0 && "Or, for "}
              {index === 0 && "For "}
              {signIn.name}
            </Text>
          )}
          {signIn.missing_variables.map((name) => (
            <Code key={name} className="break">
              {name}
            </Code>
          ))}
        </Group>
      ))}
      <Anchor href={platform.guide_url} target="_blank" rel="noreferrer" size="sm" fw={550}>
        How to register the app
      </Anchor>
    </div>
  );
}

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
      <Group gap={6} mb={10}>
        {platform.missing_variables.map((name) => (
          <Code key={name} className="break">
            {name}
          </Code>
        ))}
      </Group>
      <Anchor href={platform.guide_url} target="_blank" rel="noreferrer" size="sm" fw={550}>
        How to register the app
      </Anchor>
    </div>
  );
}

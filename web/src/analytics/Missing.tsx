import { Anchor, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import css from "./Analytics.module.css";
import type { Row } from "./figures";
import { usePlatformName } from "./usePlatformName";

export interface Gap {
  platform: string;
  account: string;
  messages: string[];
}

/** What could not be read or was not permitted: each account once, with each sentence once. */
export function gapsOf(rows: Row[]): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { platform, account, figures, off } of rows) {
    for (const message of [figures.problem, ...off.map((one) => one.message)]) {
      if (message === null) continue;
      const key = `${platform} ${account}`;
      const gap = gaps.get(key) ?? { platform, account, messages: [] };
      const messages = [...new Set([...gap.messages, message])];
      gaps.set(key, { ...gap, messages });
    }
  }
  return [...gaps.values()];
}

export function Missing({ rows }: { rows: Row[] }) {
  const platformName = usePlatformName();
  const gaps = gapsOf(rows);
  if (gaps.length === 0) return null;
  return (
    <ul className={css.gaps} aria-label="What is missing">
      {gaps.map(({ platform, account, messages }) => (
        <li key={platform + account}>
          <IconInfoCircle size={17} aria-hidden />
          <Text size="sm" className="break">
            <b>
              {account} on {platformName(platform)}:
            </b>{" "}
            {messages.join(" ")}{" "}
            <Anchor component={Link} to={`/social-platform#platform-${platform}`} size="sm">
              Go to its card
            </Anchor>
          </Text>
        </li>
      ))}
    </ul>
  );
}

import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import type { Account, Platform } from "../api/types";
import type { ConnectRunner } from "../connect/runner";
import { formatWhen } from "../shell/time";
import { AccountAvatar } from "./AccountAvatar";
import { DisconnectModal } from "./DisconnectModal";
import { figuresOff } from "./signIns";
import css from "./SocialPlatformPage.module.css";

function parked(count: number): string {
  return count === 1 ? "One post waits for it." : `${count} posts wait for it.`;
}

/** "Views, Reach and 3 more" */
function shortened(names: string[]): string {
  const [first, second, ...rest] = names;
  if (rest.length > 0) return `${first}, ${second} and ${rest.length} more`;
  return second ? `${first} and ${second}` : (first ?? "");
}

const kSoonMs = 14 * 86_400_000;

/** When the connection ends, if that is soon and only the person can prevent it. */
function endsSoon(account: Account): Date | null {
  if (account.status !== "connected" || account.ends_at === null) return null;
  const ends = new Date(account.ends_at);
  return ends.getTime() - Date.now() < kSoonMs ? ends : null;
}

interface Props {
  account: Account;
  platform: Platform;
  runner: ConnectRunner;
}

export function AccountRow({ account, platform, runner }: Props) {
  const [leaving, disconnect] = useDisclosure(false);
  const broken = account.status === "needs_reconnect";
  const ends = endsSoon(account);
  const reconnect = () => void runner.press(platform.id, { accountId: account.id });
  const off = figuresOff(platform, account);
  const allow = () => void runner.press(platform.id, { accountId: account.id, figures: true });
  return (
    <li className={css.account} data-broken={broken || undefined}>
      <div className={css.row}>
        <AccountAvatar account={account} />
        <div className={css.words}>
          <Text size="sm" fw={550} truncate>
            {account.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {account.username ? `@${account.username}` : account.kind}
          </Text>
        </div>
        <Menu position="bottom-end" radius="md" shadow="md">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`More for ${account.name}`}
            >
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={reconnect}>
              Reconnect
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconPlugConnectedX size={16} aria-hidden />}
              onClick={disconnect.open}
            >
              Disconnect
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {(broken || ends) && (
        <div className={css.broken}>
          <Text size="xs" className="break">
            {ends
              ? `This connection expires on ${formatWhen(ends)}. Reconnect it before then.`
              : account.status_message}{" "}
            {account.parked_posts > 0 && parked(account.parked_posts)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={reconnect}>
            Reconnect
          </Button>
        </div>
      )}
      {!broken && !ends && off.length > 0 && (
        <div className={css.quiet}>
          <Text size="xs" c="dimmed" title={off.join(", ")}>
            Figures are off: {shortened(off)}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Allow the figures of ${account.name}`}
            onClick={allow}
          >
            Allow
          </Button>
        </div>
      )}
      <DisconnectModal
        account={account}
        platformName={platform.name}
        opened={leaving}
        onClose={disconnect.close}
      />
    </li>
  );
}

import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import type { Account, Platform } from "../api/types";
import type { ConnectRunner } from "../connect/runner";
import { AccountAvatar } from "./AccountAvatar";
import { DisconnectModal } from "./DisconnectModal";
import css from "./SocialPlatformPage.module.css";

function parked(count: number): string {
  return count === 1 ? "One post waits for it." : `${count} posts wait for it.`;
}

interface Props {
  account: Account;
  platform: Platform;
  runner: ConnectRunner;
}

export function AccountRow({ account, platform, runner }: Props) {
  const [leaving, disconnect] = useDisclosure(false);
  const broken = account.status === "needs_reconnect";
  const reconnect = () => void runner.press(platform.id, account.id);
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
      {broken && (
        <div className={css.broken}>
          <Text size="xs" className="break">
            {account.status_message} {account.parked_posts > 0 && parked(account.parked_posts)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={reconnect}>
            Reconnect
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

import { Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { usePlatforms } from "../api/queries";
import type { Account } from "../api/types";
import { AccountAvatar } from "../platforms/AccountAvatar";
import css from "./Compose.module.css";
import type { DraftTarget, Edit } from "./draft";

interface Props {
  accounts: Account[];
  targets: DraftTarget[];
  edit: (edit: Edit) => void;
}

export function AccountPicker({ accounts, targets, edit }: Props) {
  const chosen = new Set(targets.map((target) => target.accountId));
  return (
    <div className={css.chips} role="group" aria-label="Accounts">
      {accounts.map((account) => (
        <AccountChip
          key={account.id}
          account={account}
          chosen={chosen.has(account.id)}
          onChange={(now) => edit({ type: "account", accountId: account.id, chosen: now })}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  account: Account;
  chosen: boolean;
  onChange: (chosen: boolean) => void;
}

function AccountChip({ account, chosen, onChange }: ChipProps) {
  const platform = usePlatforms().data?.find(({ id }) => id === account.platform);
  const broken = account.status === "needs_reconnect";
  const chip = (
    <UnstyledButton
      className={css.chip}
      role="checkbox"
      aria-checked={chosen}
      aria-label={`${account.name} on ${platform?.name ?? account.platform}`}
      onClick={() => onChange(!chosen)}
    >
      <span className={css.face}>
        <AccountAvatar account={account} size={32} />
      </span>
      <span className={css.name}>
        <Text size="sm" fw={530} lh={1.25} truncate>
          {account.name}
        </Text>
        <Text size="xs" c="dimmed" lh={1.25} truncate>
          {platform?.name}
        </Text>
      </span>
      {broken && (
        <span className={css.broken}>
          <IconAlertTriangle size={16} aria-hidden />
        </span>
      )}
      <span className={css.tick}>{chosen && <IconCheck size={12} stroke={3.4} aria-hidden />}</span>
    </UnstyledButton>
  );
  if (!broken) return chip;
  return (
    <Tooltip label="Needs to be connected again; posts wait until it is." multiline maw={260}>
      {chip}
    </Tooltip>
  );
}

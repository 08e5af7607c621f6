import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useAccounts, usePlatforms } from "../api/queries";
import { kPeriods, type Shown } from "./address";
import css from "./Analytics.module.css";

export interface ShownProps {
  shown: Shown;
  change: (to: Partial<Shown>) => void;
}

const kPeriodChoices = kPeriods.map((days) => ({ value: String(days), label: `${days} days` }));

export function Filters({ shown, change }: ShownProps) {
  const accounts = useAccounts().data ?? [];
  const platforms = (usePlatforms().data ?? []).filter(
    ({ id }) => id === shown.platform || accounts.some(({ platform }) => platform === id),
  );
  const groups = platforms
    .filter(({ id }) => !shown.platform || id === shown.platform)
    .map(({ id, name }) => ({
      group: name,
      items: accounts
        .filter(({ platform }) => platform === id)
        .map((account) => ({ value: account.id, label: account.name })),
    }));
  return (
    <div className={css.filters} role="group" aria-label="Show figures of">
      <SegmentedControl
        aria-label="Period"
        data={kPeriodChoices}
        value={String(shown.days)}
        onChange={(days) => change({ days: kPeriods.find((known) => String(known) === days) })}
      />
      {platforms.length > 1 && (
        <Select
          aria-label="Platform"
          placeholder="All platforms"
          className={css.choice}
          clearable
          data={platforms.map(({ id, name }) => ({ value: id, label: name }))}
          value={shown.platform ?? null}
          onChange={(id) => change({ platform: id ?? undefined, account: undefined })}
        />
      )}
      {accounts.length > 1 && (
        <Select
          aria-label="Account"
          placeholder="All accounts"
          className={css.choice}
          clearable
          data={groups}
          value={shown.account ?? null}
          onChange={(id) => change({ account: id ?? undefined })}
        />
      )}
      {shown.post && (
        <Button
          variant="light"
          rightSection={<IconX size={15} aria-hidden />}
          onClick={() => change({ post: undefined })}
        >
          One post only
        </Button>
      )}
    </div>
  );
}

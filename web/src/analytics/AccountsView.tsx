import { Text } from "@mantine/core";
import { IconPlugConnected, IconSearchOff } from "@tabler/icons-react";
import { useAccountFigures } from "../api/queries";
import { AccountAvatar } from "../platforms/AccountAvatar";
import { Fault } from "../shell/Fault";
import { Notice } from "../shell/Notice";
import css from "./Analytics.module.css";
import { ChartPanel } from "./ChartPanel";
import { FigureTable } from "./FigureTable";
import { accountRows, columnsOf } from "./figures";
import type { ShownProps } from "./Filters";
import { FiguresSkeleton } from "./FiguresSkeleton";
import { Meanings } from "./Meanings";
import { Missing } from "./Missing";
import { daysBetween, firstDay } from "./numbers";
import { usePlatformName } from "./usePlatformName";

export function AccountsView({ shown, change }: ShownProps) {
  const { platform, account: account_id, days } = shown;
  const figures = useAccountFigures({ platform, account_id, from: firstDay(days) });
  const platformName = usePlatformName();
  if (figures.isPending) return <FiguresSkeleton />;
  if (!figures.data) return <Fault error={figures.error} retry={() => void figures.refetch()} />;
  const rows = accountRows(figures.data);
  const columns = columnsOf(figures.data.metrics, rows);
  const accounts = new Map(figures.data.accounts.map(({ account }) => [account.id, account]));
  if (rows.length === 0) {
    return platform || account_id ? (
      <Notice
        icon={<IconSearchOff size={40} stroke={1.3} aria-hidden />}
        title="No such account"
        text="Nothing matches what you chose above."
        action={{ label: "Show all accounts", to: "/analytics" }}
      />
    ) : (
      <Notice
        icon={<IconPlugConnected size={40} stroke={1.3} aria-hidden />}
        title="Connect an account first"
        text="Its figures are read soon after, and then once a day."
        action={{ label: "Connect an account", to: "/social-platform" }}
      />
    );
  }
  return (
    <div className={css.column} aria-busy={figures.isPlaceholderData}>
      <ChartPanel
        rows={rows}
        columns={columns}
        days={daysBetween(figures.data.from, figures.data.to)}
        way="lines"
        shown={shown}
        change={change}
      />
      <Missing rows={rows} />
      <FigureTable
        caption="Figures of the accounts"
        what="Account"
        rows={rows}
        columns={columns}
        changes
        head={({ id, name, platform }) => (
          <div className={css.head}>
            <AccountAvatar account={accounts.get(id) ?? { name, platform }} size={32} />
            <div className={css.words}>
              <Text size="sm" fw={550} truncate title={name}>
                {name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {platformName(platform)}
              </Text>
            </div>
          </div>
        )}
      />
      <Meanings columns={columns} />
    </div>
  );
}

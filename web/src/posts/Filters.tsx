import { Menu, Select, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useAccounts, type PostFilter } from "../api/queries";
import type { PostStatus } from "../api/types";
import css from "./Posts.module.css";
import { kPostLooks } from "./status";

export const kOften: PostStatus[] = ["scheduled", "published", "needs_attention", "failed"];
export const kSeldom: PostStatus[] = ["publishing", "partly_published", "missed", "cancelled"];

interface Props {
  filter: PostFilter;
  change: (name: string, value: string | null) => void;
}

export function Filters({ filter, change }: Props) {
  const accounts = useAccounts().data ?? [];
  const seldom = kSeldom.find((status) => status === filter.status);
  const show = (status: PostStatus | null) => change("status", status);
  return (
    <div className={css.filters}>
      <div className={css.pills} role="group" aria-label="Show posts that are">
        <Pill label="All" on={!filter.status} press={() => show(null)} />
        {kOften.map((status) => (
          <Pill
            key={status}
            label={kPostLooks[status].label}
            on={filter.status === status}
            press={() => show(status)}
          />
        ))}
        <Menu position="bottom-end" radius="md" shadow="md">
          <Menu.Target>
            <UnstyledButton className={css.pill} aria-pressed={seldom !== undefined}>
              {seldom ? kPostLooks[seldom].label : "More"}
              <IconChevronDown size={14} aria-hidden />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {kSeldom.map((status) => (
              <Menu.Item key={status} onClick={() => show(status)}>
                {kPostLooks[status].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      {accounts.length > 1 && (
        <Select
          aria-label="Account"
          placeholder="All accounts"
          w={{ base: "100%", xs: 210 }}
          clearable
          data={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.account_id ?? null}
          onChange={(id) => change("account", id)}
        />
      )}
    </div>
  );
}

function Pill({ label, on, press }: { label: string; on: boolean; press: () => void }) {
  return (
    <UnstyledButton className={css.pill} aria-pressed={on} onClick={press}>
      {label}
    </UnstyledButton>
  );
}

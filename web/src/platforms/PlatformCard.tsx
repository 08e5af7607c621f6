import { Anchor, SegmentedControl, Skeleton, Title } from "@mantine/core";
import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import type { Account, Platform } from "../api/types";
import { ConnectStatus } from "../connect/ConnectStatus";
import type { Connect } from "../connect/flow";
import type { ConnectRunner } from "../connect/runner";
import { Tag, type Tone } from "../shell/Tag";
import { AccountRow } from "./AccountRow";
import { ConnectForm } from "./ConnectForm";
import { PlatformDetails } from "./PlatformDetails";
import { PlatformMark } from "./PlatformMark";
import { SetUp } from "./SetUp";
import { readySignIns } from "./signIns";
import css from "./SocialPlatformPage.module.css";

interface Props {
  platform: Platform;
  accounts: Account[] | undefined; // Undefined: not known yet.
  connect: Connect | null; // The connection being made here, if there is one.
  runner: ConnectRunner;
}

function markOf(
  platform: Platform,
  accounts: Account[] | undefined,
): { tone: Tone; text: string } | null {
  if (!platform.available) return { tone: "quiet", text: "Not available" };
  if (!platform.configured) return { tone: "quiet", text: "Needs set-up" };
  if (accounts?.some((account) => account.status === "needs_reconnect")) {
    return { tone: "warn", text: "Reconnect" };
  }
  if (accounts?.length) return { tone: "good", text: `${accounts.length} connected` };
  return null;
}

export function PlatformCard({ platform, accounts, connect, runner }: Props) {
  const [detailed, details] = useDisclosure(false);
  const [wish, setWish] = useLocalStorage({
    key: `herald-connect-${platform.id}`,
    defaultValue: { registration: "", figures: true },
  });
  const ways = readySignIns(platform);
  const signIn =
    ways.find(({ registration }) => registration === wish.registration) ??
    ways[0] ??
    platform.sign_ins[0];
  const mark = markOf(platform, accounts);
  const ready = platform.available && platform.configured;
  const headingId = `platform-${platform.id}`;
  return (
    <section className={`panel ${css.card}`} aria-labelledby={headingId}>
      <div className={css.row}>
        <PlatformMark id={platform.id} />
        <div className={css.words}>
          <Title order={2} id={headingId}>
            {platform.name}
          </Title>
        </div>
        {mark && <Tag tone={mark.tone}>{mark.text}</Tag>}
      </div>
      <dl className={css.facts}>
        <dt>Sign-in</dt>
        <dd>
          {ways.length > 1 ? (
            <SegmentedControl
              size="xs"
              aria-label={`Sign-in for ${platform.name}`}
              data={ways.map(({ registration, name }) => ({ value: registration, label: name }))}
              value={signIn?.registration}
              onChange={(registration) => setWish({ ...wish, registration })}
            />
          ) : (
            signIn?.name
          )}
        </dd>
        <dt>Needs</dt>
        <dd>{signIn?.account_type}</dd>
        <dt>Posts</dt>
        <dd className={css.sentence}>{platform.can_post.join(", ")}</dd>
        {platform.available && (
          <>
            <dt>Rules</dt>
            <dd>
              <Anchor component="button" size="sm" onClick={details.open}>
                Limits and permissions
              </Anchor>
            </dd>
          </>
        )}
      </dl>
      {ready && !accounts && <Skeleton h={36} radius="md" />}
      {accounts && accounts.length > 0 && (
        <ul className={css.accounts} aria-label={`Connected ${platform.name} accounts`}>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} platform={platform} runner={runner} />
          ))}
        </ul>
      )}
      <div className={css.foot}>
        {!ready && <SetUp platform={platform} />}
        {ready && signIn && (!connect || connect.phase === "idle") && (
          <ConnectForm
            name={platform.name}
            signIn={signIn}
            figures={wish.figures}
            quiet={Boolean(accounts?.length)}
            onFigures={(figures) => setWish({ ...wish, figures })}
            onConnect={() =>
              void runner.press(platform.id, {
                registration: signIn.registration,
                figures: wish.figures,
              })
            }
          />
        )}
        {ready && connect && <ConnectStatus state={connect} runner={runner} />}
      </div>
      <PlatformDetails platform={platform} opened={detailed} onClose={details.close} />
    </section>
  );
}

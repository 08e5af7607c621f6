import { Skeleton } from "@mantine/core";
import { ChoiceModal } from "../connect/ChoiceModal";
import { useConnect } from "../connect/useConnect";
import { useLive } from "../api/live";
import { useAccounts, usePlatforms } from "../api/queries";
import { Fault } from "../shell/Fault";
import { PageHeader } from "../shell/PageHeader";
import { useAnchor } from "../shell/useAnchor";
import { PlatformCard } from "./PlatformCard";
import css from "./SocialPlatformPage.module.css";

const kPollMs = 4000;

export default function SocialPlatformPage() {
  const platforms = usePlatforms();
  const accounts = useAccounts(!useLive() && kPollMs);
  const { state, runner } = useConnect();
  useAnchor(platforms.isSuccess && !accounts.isPending); // A card grows with its accounts.
  const broken = accounts.data?.filter((account) => account.status === "needs_reconnect").length;
  const text = broken
    ? `${broken === 1 ? "One account needs" : `${broken} accounts need`} to be connected again.`
    : "Connect the accounts that you publish to.";
  const choosing = state.phase === "choosing" ? state : null;

  return (
    <>
      <PageHeader title="Social platforms" text={text} />
      {platforms.isError && (
        <Fault error={platforms.error} retry={() => void platforms.refetch()} />
      )}
      {accounts.isError && platforms.isSuccess && (
        <Fault error={accounts.error} retry={() => void accounts.refetch()} />
      )}
      <div className={css.grid}>
        {platforms.isPending &&
          [0, 1, 2, 3, 4, 5].map((n) => <Skeleton key={n} h={286} radius="lg" />)}
        {platforms.data?.map((platform) => (
          <PlatformCard
            key={platform.id}
            platform={platform}
            accounts={accounts.data?.filter((account) => account.platform === platform.id)}
            connect={"platform" in state && state.platform === platform.id ? state : null}
            runner={runner}
          />
        ))}
      </div>
      {choosing && (
        <ChoiceModal
          platformName={
            platforms.data?.find((platform) => platform.id === choosing.platform)?.name ?? ""
          }
          choices={choosing.choices}
          onPick={(ids) => runner.pick(ids)}
          onDismiss={() => runner.dismiss()}
        />
      )}
    </>
  );
}

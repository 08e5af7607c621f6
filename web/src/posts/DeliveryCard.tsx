import { Anchor, Button, Group, Progress, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconExternalLink } from "@tabler/icons-react";
import { Link } from "react-router";
import { PostFigures } from "../analytics/PostFigures";
import { useAccounts, usePlaceName, usePlatforms } from "../api/queries";
import type { Delivery } from "../api/types";
import { AccountAvatar } from "../platforms/AccountAvatar";
import { formatBytes } from "../platforms/limits";
import { Fault } from "../shell/Fault";
import { Tag } from "../shell/Tag";
import { formatWhen, fromNow } from "../shell/time";
import css from "./Posts.module.css";
import { ResolveModal } from "./ResolveModal";
import { kDeliveryLooks, kExplained, shareOf } from "./status";
import { useRetry } from "./usePostActs";

interface Props {
  delivery: Delivery;
  postId: string;
}

/** One account's part of a post: how it stands, why, and what can be done. */
export function DeliveryCard({ delivery, postId }: Props) {
  const account = useAccounts().data?.find(({ id }) => id === delivery.account_id);
  const platform = usePlatforms().data?.find(({ id }) => id === delivery.platform);
  const kind = platform?.kinds.find(({ id }) => id === delivery.kind)?.label ?? delivery.kind;
  const name = delivery.account_name;
  const owner = { id: delivery.account_id, platform: delivery.platform };
  const place = usePlaceName(owner, platform?.target, delivery.target_key);
  const look = kDeliveryLooks[delivery.state];
  const words = delivery.message ?? kExplained[delivery.state];
  return (
    <section className={`panel ${css.panel}`} aria-label={`${name} on ${platform?.name ?? ""}`}>
      <div className={css.head}>
        <AccountAvatar account={account ?? { name, platform: delivery.platform }} size={38} />
        <div className={css.words}>
          <Text fw={550} truncate>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {[platform?.name, place, kind].filter(Boolean).join(" · ")}
          </Text>
        </div>
        <Tag tone={look.tone} live>
          {look.label}
        </Tag>
      </div>
      {delivery.progress && <Going progress={delivery.progress} name={name} />}
      {words && (
        <Text size="sm" mt="sm" className="break">
          {words}
        </Text>
      )}
      <Times delivery={delivery} />
      <PostFigures delivery={delivery} postId={postId} />
      <FollowUps delivery={delivery} />
      <Actions delivery={delivery} postId={postId} />
    </section>
  );
}

function Going({ progress, name }: { progress: NonNullable<Delivery["progress"]>; name: string }) {
  const share = shareOf(progress);
  return (
    <div style={{ marginTop: 16 }}>
      <Progress
        value={share ?? 100}
        animated={share === null}
        size={6}
        aria-label={`${progress.step}: ${name}`}
      />
      <Group justify="space-between" mt={6} gap="xs">
        <Text size="xs" c="dimmed">
          {progress.step}
        </Text>
        {share !== null && (
          <Text size="xs" c="dimmed" className="tabular">
            {formatBytes(progress.done_bytes)} of {formatBytes(progress.total_bytes)}
          </Text>
        )}
      </Group>
    </div>
  );
}

function Times({ delivery }: { delivery: Delivery }) {
  const { published_at, next_at, attempt, state } = delivery;
  const words = published_at
    ? `Published ${formatWhen(new Date(published_at))}`
    : next_at && state !== "running"
      ? `${attempt > 1 ? "Next try" : "Goes on"} ${soon(new Date(next_at))}`
      : null;
  if (!words) return null;
  return (
    <Text size="xs" c="dimmed" mt={8}>
      {words}
      {attempt > 1 && `, attempt ${attempt}`}
    </Text>
  );
}

const soon = (time: Date) => (time.getTime() > Date.now() ? fromNow(time) : "any moment");

function FollowUps({ delivery }: { delivery: Delivery }) {
  return delivery.follow_ups.map((one, index) => (
    <Group key={index} gap={8} mt={8} wrap="nowrap" align="flex-start">
      <Tag tone={kDeliveryLooks[one.state].tone}>
        {one.state === "published" ? "Done" : kDeliveryLooks[one.state].label}
      </Tag>
      <Text size="sm" className="break">
        {one.kind.replaceAll("_", " ")}
        {one.message && `: ${one.message}`}
      </Text>
    </Group>
  ));
}

function Actions({ delivery, postId }: Props) {
  const [resolving, resolve] = useDisclosure(false);
  const retry = useRetry(postId, delivery.id);
  const { state, url } = delivery;
  if (!url && !["failed", "review", "parked"].includes(state)) return null;
  return (
    <Group gap="md" mt="md">
      {url && (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm" fw={550}>
          <Group gap={6} component="span">
            {state === "published" ? "See it live" : "Open"}
            <IconExternalLink size={15} aria-hidden />
          </Group>
        </Anchor>
      )}
      {state === "failed" && (
        <Button
          variant="default"
          size="xs"
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Try again
        </Button>
      )}
      {state === "review" && (
        <Button size="xs" onClick={resolve.open}>
          I looked
        </Button>
      )}
      {state === "parked" && (
        <Button size="xs" component={Link} to="/social-platform">
          Reconnect the account
        </Button>
      )}
      {retry.isError && <Fault error={retry.error} />}
      <ResolveModal
        delivery={delivery}
        postId={postId}
        opened={resolving}
        onClose={resolve.close}
      />
    </Group>
  );
}

import { Button, Skeleton, Text, Title } from "@mantine/core";
import { useHistory } from "../api/queries";
import type { Attempt, Post } from "../api/types";
import { Fault } from "../shell/Fault";
import { Tag } from "../shell/Tag";
import { formatSeconds, formatSpan, formatWhen } from "../shell/time";
import css from "./Posts.module.css";
import { kOutcomes, type Look } from "./status";
import { stepOf } from "./words";

const kRunning: Look = { label: "Running", tone: "info" };
const kEffects = { prepare: null, publish: "makes it public", look: "looks only" };

/** Every call that was made for this post, the newest first. */
export function Attempts({ post }: { post: Post }) {
  const history = useHistory(post.id);
  const attempts = history.data?.pages.flatMap((page) => page.attempts) ?? [];
  const names = new Map(post.deliveries.map(({ id, account_name }) => [id, account_name]));
  const several = post.deliveries.length > 1;
  return (
    <section className={`panel ${css.panel} ${css.history}`} aria-labelledby="history">
      <Title order={2} id="history" mb={6}>
        History
      </Title>
      {history.isPending && <Skeleton h={120} />}
      {history.isError && <Fault error={history.error} retry={() => void history.refetch()} />}
      {history.isSuccess && attempts.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing has been sent yet.
        </Text>
      )}
      <ol className={css.attempts}>
        {attempts.map((attempt) => (
          <Row
            key={attempt.id}
            attempt={attempt}
            account={several ? names.get(attempt.delivery_id) : undefined}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          mt="sm"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  );
}

function Row({ attempt, account }: { attempt: Attempt; account: string | undefined }) {
  const { what, call } = stepOf(attempt);
  const began = new Date(attempt.started_at);
  const outcome = attempt.outcome ? kOutcomes[attempt.outcome] : kRunning;
  const took = attempt.ended_at && formatSpan(Date.parse(attempt.ended_at) - began.getTime());
  const facts = [
    account,
    `no. ${attempt.number}`,
    kEffects[attempt.effect],
    call,
    attempt.status_code && `HTTP ${attempt.status_code}`,
    took,
  ];
  return (
    <li className={css.attempt}>
      <Text size="xs" c="dimmed" pt={2} className="tabular" title={formatWhen(began)}>
        {formatSeconds(began)}
      </Text>
      <div className={css.head}>
        <Text size="sm" fw={530} className={`${css.words} break`}>
          {what}
        </Text>
        <Tag tone={outcome.tone}>{outcome.label}</Tag>
      </div>
      <span />
      <Text size="xs" c="dimmed" className="break">
        {facts.filter(Boolean).join(" · ")}
        {attempt.message && (
          <>
            <br />
            {attempt.message}
          </>
        )}
      </Text>
    </li>
  );
}

import { Button, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Delivery } from "../api/types";
import { Fault } from "../shell/Fault";
import { useResolve } from "./usePostActs";

interface Props {
  delivery: Delivery;
  postId: string;
  opened: boolean;
  onClose: () => void;
}

/** A person has looked where Herald could not, and says what is there. */
export function ResolveModal({ delivery, postId, opened, onClose }: Props) {
  const [url, setUrl] = useState("");
  const resolve = useResolve(postId, delivery.id, onClose);
  const link = url.trim();
  return (
    <Modal opened={opened} onClose={onClose} title={`What is on ${delivery.account_name}?`}>
      <Stack gap="md">
        <Text size="sm">
          Look at the account itself. If the post is there, Herald leaves it alone; if it is not,
          Herald publishes it now.
        </Text>
        <TextInput
          label="Link to the post"
          description="If it is there and you have it at hand."
          type="url"
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        {resolve.isError && <Fault error={resolve.error} />}
        <Stack gap="xs">
          <Button
            loading={resolve.isPending && resolve.variables.outcome === "published"}
            onClick={() => resolve.mutate({ outcome: "published", ...(link && { url: link }) })}
          >
            I looked: it is live
          </Button>
          <Button
            variant="default"
            loading={resolve.isPending && resolve.variables.outcome === "not_published"}
            onClick={() => resolve.mutate({ outcome: "not_published" })}
          >
            I looked: it is not there
          </Button>
        </Stack>
      </Stack>
    </Modal>
  );
}

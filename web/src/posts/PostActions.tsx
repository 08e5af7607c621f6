import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "react-router";
import type { Post } from "../api/types";
import { Fault } from "../shell/Fault";
import { canCancel, canEdit } from "./status";
import { useCancel } from "./usePostActs";

export function PostActions({ post }: { post: Post }) {
  const [asking, ask] = useDisclosure(false);
  const cancel = useCancel(post.id, ask.close);
  return (
    <Group gap="sm">
      {canEdit(post) && (
        <Button
          component={Link}
          variant="default"
          to={`/compose?post=${encodeURIComponent(post.id)}`}
        >
          Edit
        </Button>
      )}
      {canCancel(post) && (
        <Button variant="default" onClick={ask.open}>
          Cancel post
        </Button>
      )}
      <Modal opened={asking} onClose={ask.close} title="Cancel this post?">
        <Stack gap="md">
          <Text size="sm">
            Everything of it that has not gone out yet stays unpublished. What is live stays live.
          </Text>
          {cancel.isError && <Fault error={cancel.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={ask.close} data-autofocus>
              Keep it
            </Button>
            <Button color="red" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel post
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}

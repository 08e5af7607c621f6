import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { ProblemError } from "../api/problem";
import { keys } from "../api/queries";
import type { Account } from "../api/types";
import { Fault } from "../shell/Fault";

interface Props {
  account: Account;
  platformName: string;
  opened: boolean;
  onClose: () => void;
}

export function DisconnectModal({ account, platformName, opened, onClose }: Props) {
  const cache = useQueryClient();
  const leave = useMutation({
    mutationFn: async () => {
      const path = { platform: account.platform, id: account.id };
      const asked = api.DELETE("/api/social-media/{platform}/credentials/{id}", {
        params: { path },
      });
      return await answer(asked).catch((error: unknown) => {
        // Gone already, perhaps in another tab: that is what was wanted.
        if (!(error instanceof ProblemError && error.status === 404)) throw error;
        return undefined;
      });
    },
    onSuccess: (left) => {
      onClose();
      const title = `${account.name} is disconnected.`;
      // What the person has to do stays until they close it.
      notifications.show(
        left ? { title, message: left.left_standing, autoClose: false } : { message: title },
      );
      void cache.invalidateQueries({ queryKey: keys.accounts });
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title={`Disconnect ${account.name}?`}>
      <Stack gap="md">
        <Text size="sm">
          Herald gives up its access at {platformName} and cancels what is still to be published to
          this account. What is published stays where it is.
        </Text>
        {leave.isError && <Fault error={leave.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={leave.isPending} onClick={() => leave.mutate()}>
            Disconnect
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

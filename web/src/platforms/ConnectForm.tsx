import { Button, Checkbox, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { SignIn } from "../api/types";
import { figureScopes } from "./signIns";

interface Props {
  name: string;
  signIn: SignIn;
  figures: boolean;
  quiet: boolean; // Other accounts are connected already.
  onFigures: (wanted: boolean) => void;
  onConnect: () => void;
}

const kMore = ["no further permission", "one more permission"];

/** What a person decides before the platform asks them. */
export function ConnectForm({ name, signIn, figures, quiet, onFigures, onConnect }: Props) {
  const more = figureScopes(signIn).length;
  return (
    <Stack gap="sm" align="flex-start">
      <Checkbox
        size="sm"
        label="Also read its figures"
        description={`Takes ${kMore[more] ?? `${more} more permissions`}`}
        checked={figures}
        onChange={(event) => onFigures(event.currentTarget.checked)}
      />
      <Button
        variant={quiet ? "default" : "filled"}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={onConnect}
      >
        Connect {name} account
      </Button>
    </Stack>
  );
}

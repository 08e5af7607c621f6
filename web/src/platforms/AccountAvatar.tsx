import { Avatar, Box } from "@mantine/core";
import { PlatformMark } from "./PlatformMark";

interface Props {
  account: { name: string; platform: string; picture_url?: string | null };
  size?: number;
}

/** The account's picture with its platform's mark in the corner. */
export function AccountAvatar({ account, size = 36 }: Props) {
  return (
    <Box pos="relative" w={size} h={size} style={{ flex: "none" }}>
      <Avatar
        src={account.picture_url}
        name={account.name}
        alt=""
        radius="xl"
        size={size}
        imageProps={{ referrerPolicy: "no-referrer", loading: "lazy" }}
      />
      <Box
        pos="absolute"
        right={-5}
        bottom={-4}
        style={{ borderRadius: 6, padding: 1.5 }}
        bg="var(--surface)"
      >
        <PlatformMark id={account.platform} size={Math.round(size * 0.48)} />
      </Box>
    </Box>
  );
}

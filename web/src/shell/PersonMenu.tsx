import {
  Avatar,
  Box,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { signOut } from "../api/client";
import { queries } from "../api/queries";
import type { Customer, User } from "../api/types";

const kSchemes = [
  { scheme: "auto", label: "Like the system", Icon: IconDeviceDesktop },
  { scheme: "light", label: "Light", Icon: IconSun },
  { scheme: "dark", label: "Dark", Icon: IconMoon },
] as const;

interface Props {
  user: User;
  customer: Customer;
  className?: string;
  small?: boolean;
}

export function PersonMenu({ user, customer, className, small }: Props) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = async () => {
    await signOut();
    queries.clear(); // The next person must not see a glimpse of this one's.
  };
  return (
    <Menu position={small ? "bottom-end" : "top-start"} width={216} radius="md" shadow="md">
      <Menu.Target>
        <UnstyledButton className={className}>
          <Avatar size={32} radius="xl" name={user.name} color="royal" alt="" aria-hidden />
          {small ? (
            <VisuallyHidden>{user.name}</VisuallyHidden>
          ) : (
            <Box miw={0}>
              <Text size="sm" fw={550} truncate>
                {user.name}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {customer.name}
              </Text>
            </Box>
          )}
          <VisuallyHidden>: theme and sign-out</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {kSchemes.map(({ scheme, label, Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === scheme && <IconCheck size={14} aria-label="chosen" />}
            onClick={() => setColorScheme(scheme)}
            closeMenuOnClick={false}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

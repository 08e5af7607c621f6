import { ActionIcon, Button, FileButton, Group, Input, Text } from "@mantine/core";
import { IconUpload, IconX } from "@tabler/icons-react";
import { acceptOf } from "../media/files";
import css from "./Compose.module.css";
import { State, Thumb } from "./MediaItem";
import type { OptionProps } from "./OptionField";

interface Props extends OptionProps {
  error: string | undefined;
  help: string;
}

/** An option whose value is a file, e.g. a cover picture. */
export function OptionMedia({ option, aim, items, uploads, edit, error, help }: Props) {
  const place = { target: aim.target.id, name: option.name };
  const key = aim.target.uploads[option.name];
  const item = key ? items.get(key) : undefined;
  const kept = !item && typeof aim.target.options[option.name] === "string";
  const take = (file: File | null) => {
    if (!file) return;
    if (key) uploads.remove(key);
    edit({ type: "option_upload", ...place, key: uploads.add(file) });
  };
  const drop = () => {
    if (key) uploads.remove(key);
    edit({ type: "option_upload", ...place, key: null });
  };
  return (
    <Input.Wrapper
      label={option.label}
      description={help || undefined}
      error={error}
      required={option.required}
      inputWrapperOrder={["label", "input", "description", "error"]}
    >
      <Group gap="sm" wrap="nowrap" py={4}>
        {item && <Thumb item={item} />}
        {item && (
          <div className={css.words}>
            {!item.previewUrl && (
              <Text size="sm" fw={530} truncate>
                {item.name}
              </Text>
            )}
            <State item={item} onRetry={() => uploads.retry(item.key)} />
          </div>
        )}
        {!item && (
          <FileButton onChange={take} accept={acceptOf(option.media?.formats ?? ["image/*"])}>
            {(button) => (
              <Button
                {...button}
                variant="default"
                leftSection={<IconUpload size={16} aria-hidden />}
                aria-label={`Choose a file: ${option.label}`}
              >
                {kept ? "Replace" : "Choose a file"}
              </Button>
            )}
          </FileButton>
        )}
        {(item || kept) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove: ${option.label}`}
            onClick={drop}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </Input.Wrapper>
  );
}

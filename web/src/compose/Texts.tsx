import { ActionIcon, Button, Group, Input, Stack, Textarea } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { Option } from "../api/types";
import { countersOf } from "./counters";
import { CounterLine } from "./TextField";

interface Props {
  option: Option;
  value: string[];
  description: string | undefined;
  error: string | undefined;
  onChange: (value: string[] | undefined) => void;
}

/** Several texts in order: further posts of a thread, answers of a poll. */
export function Texts({ option, value, description, error, onChange }: Props) {
  const { label, max, counted_as: unit, min_items: least, max_items: most } = option;
  const put = (next: string[]) => onChange(next.length > 0 ? next : undefined);
  const add = () => {
    const more = value.length === 0 ? Math.max(1, least ?? 1) : 1;
    put([...value, ...Array.from({ length: more }, () => "")]);
  };
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      required={option.required}
      labelElement="div"
      inputWrapperOrder={["label", "input", "description", "error"]}
    >
      <Stack gap="xs" mt={value.length > 0 ? 4 : 0}>
        {value.map((text, index) => {
          const [counter] = countersOf([{ label: "", text, max, unit: unit ?? "code_points" }]);
          const name = `${label}, ${index + 1}`;
          return (
            <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
              <Textarea
                style={{ flex: 1 }}
                aria-label={name}
                autosize
                minRows={1}
                maxRows={12}
                value={text}
                onChange={(event) => put(value.with(index, event.currentTarget.value))}
                description={counter && <CounterLine counter={counter} />}
                inputWrapperOrder={["input", "description"]}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={34}
                aria-label={`Remove ${name}`}
                onClick={() => put(value.toSpliced(index, 1))}
              >
                <IconX size={16} />
              </ActionIcon>
            </Group>
          );
        })}
      </Stack>
      {(most === null || value.length < most) && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          ml={-8}
          leftSection={<IconPlus size={15} />}
          onClick={add}
        >
          Add
        </Button>
      )}
    </Input.Wrapper>
  );
}

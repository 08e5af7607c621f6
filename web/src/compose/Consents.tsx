import { Anchor, Text } from "@mantine/core";
import type { Aim } from "./body";
import { consentsOf, piecesOf } from "./consent";

/** What a person agrees to by publishing, as platforms want it shown by the button. */
export function Consents({ aims }: { aims: Aim[] }) {
  return consentsOf(aims).map((consent) => (
    <Text key={consent.text} size="xs" c="dimmed">
      {piecesOf(consent).map(({ text, url }) =>
        url ? (
          <Anchor key={text} href={url} target="_blank" rel="noreferrer" inherit>
            {text}
          </Anchor>
        ) : (
          text
        ),
      )}
    </Text>
  ));
}

// Draws a component for a test as it stands in the app.
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { afterEach } from "vitest";
import { keys, queries } from "../api/queries";
import type { Account, Platform } from "../api/types";
import { theme } from "../theme";

// What the test browser lacks.
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });

afterEach(() => {
  cleanup();
  queries.clear();
});

export function draw(
  what: ReactNode,
  known: { platforms?: Platform[]; accounts?: Account[] } = {},
  address = "/",
) {
  queries.setQueryData(keys.platforms, known.platforms ?? []);
  queries.setQueryData(keys.accounts, known.accounts ?? []);
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[address]}>{what}</MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

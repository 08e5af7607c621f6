import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { answer, api } from "../api/client";
import { isPassing } from "../api/problem";
import type { CheckDraft } from "../api/types";

const kPauseMs = 450;
const kAskAgainMs = 30_000;

/** The server's findings about the draft, asked for whenever the person pauses. */
export function useCheck(body: CheckDraft, wanted: boolean) {
  const text = wanted ? JSON.stringify(body) : "";
  const [settled] = useDebouncedValue(text, kPauseMs);
  const check = useQuery({
    queryKey: ["check", settled],
    queryFn: ({ signal }) =>
      answer(
        api.POST("/api/social-media/posts/check", {
          body: JSON.parse(settled) as CheckDraft,
          signal,
        }),
      ),
    enabled: settled !== "",
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // What the platform did not say a moment ago it may say now.
    refetchInterval: ({ state }) =>
      state.data?.problems.some(({ rule }) => rule === "lookup.missing") ? kAskAgainMs : false,
    gcTime: 60_000,
    retry: (failures, error) => isPassing(error) && failures < 1,
  });
  const fresh = wanted && settled === text && check.isSuccess && !check.isPlaceholderData;
  return { check, fresh };
}

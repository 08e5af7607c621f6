// What the pages read, each under one cache key. `live.ts` keeps it fresh.
import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type QueryKey,
} from "@tanstack/react-query";
import { answer, api } from "./client";
import { isPassing } from "./problem";
import type { Account, Platform, Post, PostStatus } from "./types";

export const queries = new QueryClient({
  defaultOptions: {
    // "always": a Herald on this machine answers without any network.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 15_000,
      retry: (failures, error) => isPassing(error) && failures < 2,
    },
  },
});

export const keys = {
  platforms: ["platforms"] as QueryKey,
  accounts: ["accounts"] as QueryKey,
  posts: ["posts"] as QueryKey,
  lookup: (accountId: string, place: string): QueryKey => ["lookup", accountId, place],
  post: (id: string): QueryKey => ["post", id],
  history: (postId: string): QueryKey => ["history", postId],
  analytics: ["analytics"] as QueryKey,
};

export interface PostFilter {
  status?: PostStatus;
  account_id?: string;
}
export interface PostPage {
  posts: Post[];
  next_cursor: string | null;
}
export type PostPages = InfiniteData<PostPage, string | undefined>;

export function usePlatforms() {
  return useQuery({
    queryKey: keys.platforms,
    queryFn: async () => (await answer(api.GET("/api/social-media/platforms"))).platforms,
    staleTime: 5 * 60_000,
  });
}

const lookup = ({ id, platform }: Pick<Account, "id" | "platform">, place: string) =>
  queryOptions({
    queryKey: keys.lookup(id, place),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/social-media/{platform}/credentials/{id}/lookup", {
          params: { path: { platform, id }, query: place ? { target: place } : {} },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** What the platform says of an account, or of one place it posts to, just now; nobody is asked
 * about a place that has no name yet (null). */
export const useLookup = (account: Account, place: string | null) =>
  useQuery({ ...lookup(account, place ?? ""), enabled: place !== null });

/** What people call a place by: its key, or its name where the places are the account's own. */
export function usePlaceName(
  account: Pick<Account, "id" | "platform">,
  spec: Platform["target"] | undefined,
  key: string | null,
): string | null {
  const from = spec?.choices_from ?? null;
  const { data } = useQuery({ ...lookup(account, ""), enabled: from !== null && Boolean(key) });
  const known = from === null ? undefined : data?.choices[from];
  return (
    key &&
    (known?.find(({ value }) => value === key)?.label ?? `${spec?.prefix ?? ""}${key}`)
  );
}

// The same order on every page and after every change.
function inOrder(accounts: Account[]): Account[] {
  const key = ({ platform, name, id }: Account) => `${platform}\n${name}\n${id}`;
  return accounts.toSorted((a, b) => key(a).localeCompare(key(b)));
}

export function useAccounts(refetchMs: number | false = false) {
  return useQuery({
    queryKey: keys.accounts,
    queryFn: async () => (await answer(api.GET("/api/social-media/accounts"))).accounts,
    select: inOrder,
    refetchInterval: refetchMs,
  });
}

export function usePosts(filter: PostFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.posts, filter],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/social-media/posts", {
          params: { query: { ...filter, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function usePost(id: string, refetchMs: number | false = false) {
  return useQuery({
    queryKey: keys.post(id),
    queryFn: ({ signal }) =>
      answer(api.GET("/api/social-media/posts/{id}", { params: { path: { id } }, signal })),
    refetchInterval: refetchMs,
    enabled: id !== "",
  });
}

export function useHistory(postId: string) {
  return useInfiniteQuery({
    queryKey: keys.history(postId),
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/social-media/history", {
          params: { query: { post_id: postId, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export interface FiguresFilter {
  platform?: string;
  account_id?: string;
  post_id?: string;
  from: string; // A day, UTC; until today.
}

const kFiguresMs = 60_000; // They come when they come: no event tells.

export function useAccountFigures(query: FiguresFilter) {
  return useQuery({
    queryKey: [...keys.analytics, "accounts", query],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/social-media/analytics/accounts", { params: { query }, signal })),
    refetchInterval: kFiguresMs,
    placeholderData: keepPreviousData,
  });
}

export function usePostFigures(query: FiguresFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...keys.analytics, "posts", query],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/social-media/analytics/posts", {
          params: { query: { ...query, cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: kFiguresMs,
    placeholderData: keepPreviousData,
    enabled,
  });
}

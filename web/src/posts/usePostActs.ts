import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { keys } from "../api/queries";
import type { Post } from "../api/types";

/**
 * Every act answers with the post as it was then. An event may have told more before the answer was
 * here, and is not told again: so what is shown at once is also read once more.
 */
export function useTake(then?: () => void) {
  const cache = useQueryClient();
  return (post: Post) => {
    cache.setQueryData(keys.post(post.id), post);
        void cache.invalidateQueries({ queryKey: keys.post(post.id) });
    void cache.invalidateQueries({ queryKey: keys.posts });
    void cache.invalidateQueries({ queryKey: keys.history(post.id) });
    then?.();
  };
}

export function useCancel(id: string, then: () => void) {
  const onSuccess = useTake(then);
  return useMutation({
    mutationFn: () =>
      answer(api.POST("/api/social-media/posts/{id}/cancel", { params: { path: { id } } })),
    onSuccess,
  });
}

export function useRetry(id: string, delivery_id: string) {
  const onSuccess = useTake();
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/social-media/posts/{id}/deliveries/{delivery_id}/retry", {
          params: { path: { id, delivery_id } },
        }),
      ),
    onSuccess,
  });
}

export interface Resolution {
  outcome: "published" | "not_published";
  url?: string;
}

export function useResolve(id: string, delivery_id: string, then: () => void) {
  const onSuccess = useTake(then);
  return useMutation({
    mutationFn: (body: Resolution) =>
      answer(
        api.POST("/api/social-media/posts/{id}/deliveries/{delivery_id}/resolve", {
          params: { path: { id, delivery_id } },
          body,
        }),
      ),
    onSuccess,
  });
}

import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";
import type { ProblemError } from "../api/problem";
import type { Post, PostDraft } from "../api/types";
import { useTake } from "../posts/usePostActs";
import type { ComposeStore } from "./store";

export function useSubmit(store: ComposeStore, editing: Post | null) {
  const take = useTake();
  const navigate = useNavigate();
  const mutation = useMutation<Post, ProblemError, PostDraft>({
    mutationFn: (body) => (editing ? change(editing, body) : create(store, body)),
    onSuccess: (post) => {
      take(post);
      void navigate(`/posts/${encodeURIComponent(post.id)}`);
      store.reset();
    },
  });
  return {
    send: (body: PostDraft) => mutation.mutate(body),
    pending: mutation.isPending,
    error: mutation.error,
  };
}

function create(store: ComposeStore, body: PostDraft): Promise<Post> {
  const header = { "Idempotency-Key": store.submission.keyFor(body) };
  return answer(api.POST("/api/social-media/posts", { params: { header }, body }));
}

function change(post: Post, draft: PostDraft): Promise<Post> {
  const body = { ...draft, revision: post.revision };
  return answer(
    api.PATCH("/api/social-media/posts/{id}", { params: { path: { id: post.id } }, body }),
  );
}

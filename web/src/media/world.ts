// How files really travel: by tus, in pieces, going on where it was after a break or a reload.
import { DetailedError, Upload } from "tus-js-client";
import { answer, api, session } from "../api/client";
import { problemOf } from "../api/problem";
import type { TransferEvents, UploadWorld } from "./uploads";

const kPieceBytes = 32 * 1024 * 1024;
const kRetryDelaysMs = [0, 1000, 3000, 5000, 10_000, 20_000];

function statusOf(error: Error): number {
  return error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
}

function problemIn(error: Error) {
  const status = statusOf(error);
  const text = error instanceof DetailedError ? (error.originalResponse?.getBody() ?? "") : "";
  try {
    return problemOf(new Response(null, { status }), JSON.parse(text));
  } catch {
    return null;
  }
}

// 401: a new token helps. 409, 423: an earlier request of ours is still being written. Too many
// unfinished uploads stay too many until the person ends one.
export function isWorthRepeating(error: Error): boolean {
  const status = statusOf(error);
  if (problemIn(error)?.code === "too_many_uploads") return false;
  return [0, 401, 408, 409, 423, 429].includes(status) || status >= 500;
}

function sentence(error: Error): string {
  if (statusOf(error) === 0) return "The connection broke. Try again to go on where it was.";
  return problemIn(error)?.message ?? "Herald did not take this file.";
}

async function fingerprint(file: File): Promise<string> {
  const user = session.state.phase === "signed_in" ? session.state.user.id : "";
  return ["herald", user, file.name, file.type, file.size, file.lastModified].join("-");
}

function transfer(file: File, tell: TransferEvents) {
  const upload = new Upload(file, {
    endpoint: new URL("/api/social-media/media", window.location.origin).href,
    metadata: { filename: file.name, filetype: file.type || "application/octet-stream" },
    chunkSize: kPieceBytes,
    retryDelays: kRetryDelaysMs,
    removeFingerprintOnSuccess: true,
    fingerprint,
    onBeforeRequest: async (request) => {
      request.setHeader("Authorization", `Bearer ${(await session.token()) ?? ""}`);
    },
    onAfterResponse: (_request, response) => {
      if (response.getStatus() === 401) session.distrust();
    },
    onShouldRetry: isWorthRepeating,
    onProgress: (sent) => tell.progress(sent),
    onSuccess: () => tell.done(mediaIdIn(upload.url ?? "")),
    onError: (error) => tell.failed(sentence(error)),
  });
  const begin = async () => {
    const [earlier] = upload.url ? [] : await upload.findPreviousUploads();
    if (earlier) upload.resumeFromPreviousUpload(earlier);
    upload.start();
  };
  return {
    start: () => void begin(),
    drop: () => void upload.abort(true).catch(() => undefined),
  };
}

function mediaIdIn(url: string): string {
  return decodeURIComponent(new URL(url, window.location.origin).pathname.split("/").pop() ?? "");
}

export const uploadWorld: UploadWorld = {
  transfer,
  read: (id) => answer(api.GET("/api/social-media/media/{id}", { params: { path: { id } } })),
  drop: async (id) => {
    await answer(api.DELETE("/api/social-media/media/{id}", { params: { path: { id } } }));
  },
  preview: (file) => (file.type.startsWith("image/") ? URL.createObjectURL(file) : null),
  forget: (url) => {
    if (url.startsWith("blob:")) URL.revokeObjectURL(url);
  },
};

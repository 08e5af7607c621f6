// Uploads by tus, slow enough to be seen; the bytes are only counted.
import type { IncomingMessage, ServerResponse } from "node:http";
import { media, newId, picture } from "./world";

const kBytesPerSecond = Number(process.env.MOCK_BYTES_PER_SECOND ?? 4_000_000);
const kTus = { "Tus-Resumable": "1.0.0", "Cache-Control": "no-store" };

function metadata(header: string): Record<string, string> {
  const pairs = header.split(",").map((pair) => pair.trim().split(" "));
  return Object.fromEntries(
    pairs.map(([name = "", value = ""]) => [name, Buffer.from(value, "base64").toString()]),
  );
}

export function createUpload(request: IncomingMessage, response: ServerResponse): void {
  const given = metadata(String(request.headers["upload-metadata"] ?? ""));
  const id = newId("med");
  media.set(id, {
    id,
    filename: given.filename ?? "file",
    type: given.filetype?.startsWith("video") ? "video" : "image",
    content_type: given.filetype ?? null,
    size_bytes: Number(request.headers["upload-length"]),
    width: null,
    height: null,
    frames: null,
    duration_ms: null,
    status: "uploading",
    problem: null,
    received_bytes: 0,
    preview_url: null,
    created_at: new Date().toISOString(),
  });
  response.writeHead(201, { ...kTus, Location: `/api/social-media/media/${id}` }).end();
}

export function uploadOffset(id: string, response: ServerResponse): void {
  const one = media.get(id);
  if (!one) return void response.writeHead(404, kTus).end();
  const lengths = { "Upload-Offset": one.received_bytes, "Upload-Length": one.size_bytes };
  response.writeHead(200, { ...kTus, ...lengths }).end();
}

export async function appendUpload(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const one = media.get(id);
  if (!one) return void response.writeHead(404, kTus).end();
  for await (const piece of request as AsyncIterable<Buffer>) {
    one.received_bytes += piece.length;
    await new Promise((go) => setTimeout(go, (piece.length / kBytesPerSecond) * 1000));
  }
  if (one.received_bytes >= one.size_bytes) {
    one.status = "processing";
    setTimeout(() => finish(id), 900);
  }
  response.writeHead(204, { ...kTus, "Upload-Offset": one.received_bytes }).end();
}

function finish(id: string): void {
  const one = media.get(id);
  if (!one) return;
  const video = one.type === "video";
  const refused = one.filename.includes("refuse");
  Object.assign(one, {
    status: refused ? "refused" : "ready",
    problem: refused ? "This is not a picture or a video, whatever its name says." : null,
    width: video ? 1080 : 1600,
    height: video ? 1920 : 1200,
    frames: video ? null : 1,
    duration_ms: video ? 42_000 : null,
    preview_url: refused ? null : picture(id.charCodeAt(id.length - 1) * 40),
  });
}

// Files on their way to Herald, and what became of them. Outlives the page that shows them, so that
// looking at another page does not stop an upload.
import { isPassing, messageOf } from "../api/problem";
import type { Media, MediaType } from "../api/types";
import { typeOf } from "./files";
import { newItem, settled, type Item } from "./item";

export interface Transfer {
  start(): void; // Again after an error: goes on where it was.
  drop(): void; // Stops, and throws away what has arrived.
}

export interface TransferEvents {
  progress(sentBytes: number): void;
  done(mediaId: string): void;
  failed(message: string): void;
}

export interface UploadWorld {
  transfer(file: File, tell: TransferEvents): Transfer;
  read(mediaId: string): Promise<Media>;
  drop(mediaId: string): Promise<void>;
  preview(file: File): string | null;
  forget(previewUrl: string): void;
}

const kAtOnce = 2;
const kLookAgainMs = 1000;

export class Uploads {
  #items: ReadonlyMap<string, Item> = new Map();
  #transfers = new Map<string, Transfer>();
  #files = new Map<string, File>();
  #listeners = new Set<() => void>();

  constructor(private readonly world: UploadWorld) {}

  get items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(file: File): string {
    const item = { ...newItem(file.name, typeOf(file)), sizeBytes: file.size };
    this.#files.set(item.key, file);
    this.#put({ ...item, previewUrl: this.world.preview(file) });
    this.#startNext();
    return item.key;
  }

  /** Takes in a medium that Herald has already. */
  adopt(of: Partial<Item> & { mediaId: string; type: MediaType | null }): string {
    const item = { ...newItem("", of.type), ...of, state: "ready" as const };
    this.#put(item);
    return item.key;
  }

  retry(key: string): void {
    const item = this.#items.get(key);
    if (item?.state !== "broken") return;
    if (item.mediaId) return this.#settle(key, item.mediaId);
    this.#change(key, { state: "queued", message: null });
    this.#startNext();
  }

  remove(key: string): void {
    const item = this.#items.get(key);
    if (!item) return;
    const transfer = this.#transfers.get(key);
    if (item.mediaId && this.#files.has(key))
      void this.world.drop(item.mediaId).catch(() => undefined);
    else transfer?.drop();
    this.#forget(item);
    this.#startNext();
  }

  /** Lets go of everything without deleting it on the server: a post uses it now. */
  clear(): void {
    for (const item of this.#items.values()) this.#forget(item);
  }

  /** The server says that this medium has changed. */
  hear(mediaId: string): void {
    for (const item of this.#items.values()) {
      if (item.mediaId === mediaId && item.state === "processing")
        void this.#look(item.key, mediaId);
    }
  }

  #startNext(): void {
    const all = [...this.#items.values()];
    let running = all.filter((item) => item.state === "uploading").length;
    for (const { key } of all.filter((item) => item.state === "queued")) {
      if (running++ >= kAtOnce) return;
      this.#change(key, { state: "uploading" });
      this.#transferOf(key).start();
    }
  }

  #transferOf(key: string): Transfer {
    const known = this.#transfers.get(key);
    if (known) return known;
    const file = this.#files.get(key);
    if (!file) throw new Error(`no file for ${key}`);
    const transfer = this.world.transfer(file, {
      progress: (sentBytes) => this.#change(key, { sentBytes }),
      done: (mediaId) => this.#settle(key, mediaId),
      failed: (message) => {
        this.#change(key, { state: "broken", message });
        this.#startNext();
      },
    });
    this.#transfers.set(key, transfer);
    return transfer;
  }

  #settle(key: string, mediaId: string): void {
    const sentBytes = this.#items.get(key)?.sizeBytes;
    this.#change(key, { state: "processing", message: null, mediaId, sentBytes });
    this.#startNext();
    void this.#look(key, mediaId);
  }

  async #look(key: string, mediaId: string): Promise<void> {
    try {
      const media = await this.world.read(mediaId);
      if (this.#items.get(key)?.state !== "processing") return;
      if (media.status === "ready" || media.status === "refused") {
        return this.#change(key, settled(media, this.#items.get(key)?.previewUrl ?? null));
      }
    } catch (error) {
      if (!isPassing(error)) {
        return this.#change(key, { state: "broken", message: messageOf(error) });
      }
    }
    setTimeout(() => {
      if (this.#items.get(key)?.state === "processing") void this.#look(key, mediaId);
    }, kLookAgainMs);
  }

  #put(item: Item): void {
    this.#items = new Map(this.#items).set(item.key, item);
    this.#tell();
  }

  #change(key: string, change: Partial<Item>): void {
    const item = this.#items.get(key);
    if (!item) return;
    const old = item.previewUrl;
    if (old && change.previewUrl && change.previewUrl !== old) this.world.forget(old);
    this.#put({ ...item, ...change });
  }

  #forget(item: Item): void {
    if (item.previewUrl) this.world.forget(item.previewUrl);
    this.#transfers.delete(item.key);
    this.#files.delete(item.key);
    const left = new Map(this.#items);
    left.delete(item.key);
    this.#items = left;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

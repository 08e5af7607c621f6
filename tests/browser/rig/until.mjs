// Waits for a condition, never for a time.
import { setTimeout as pause } from "node:timers/promises";

export async function until(what, holds, mostMs = 30_000) {
  for (const end = Date.now() + mostMs; ;) {
    const answer = await holds();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${mostMs} ms in vain for ${what}`);
    await pause(40);
  }
}

// Files that people publish. Each differs from all others, as theirs do.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./programs.mjs";

const sample = (name) => readFile(path.join(root, "samples", name));
const [jpeg, mp4] = await Promise.all([sample("photo.jpg"), sample("video.mp4")]);
let made = 0;

// By a comment that no decoder shows.
function photo() {
  const words = Buffer.from(`photo ${(made += 1)}`);
  const comment = [Buffer.from([0xff, 0xfe, 0, words.length + 2]), words];
  const bytes = Buffer.concat([jpeg.subarray(0, 2), ...comment, jpeg.subarray(2)]);
  return ["photo.jpg", "image/jpeg", bytes];
}

// By a box at the end.
function video() {
  const box = Buffer.from(`\0\0\0\x10free${String((made += 1)).padStart(8, "0")}`, "latin1");
  return ["video.mp4", "video/mp4", Buffer.concat([mp4, box])];
}

// Two frames of a pixel each.
function gif() {
  const frame = "21f904000a000000" + "2c00000000010001000002024401" + "00";
  const head = "474946383961" + "01000100800000" + "000000ffffff";
  return ["dough.gif", "image/gif", Buffer.from(`${head}${frame}${frame}3b`, "hex")];
}

// A page of nothing.
function pdf() {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
  ];
  let text = "%PDF-1.4\n";
  let rows = "0000000000 65535 f \n";
  for (const [i, object] of objects.entries()) {
    rows += `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
  }
  const trailer = "trailer\n<< /Size 4 /Root 1 0 R >>";
  const end = `xref\n0 4\n${rows}${trailer}\nstartxref\n${text.length}\n%%EOF\n`;
  return ["menu.pdf", "application/pdf", Buffer.from(text + end)];
}

const captions = () => [
  "bread.vtt",
  "text/vtt",
  Buffer.from("WEBVTT\n\n00:00.000 --> 00:02.000\nRye.\n"),
];

/** What to upload, by what it is: makes [name, type, bytes]. */
export const kFiles = { photo, video, gif, pdf, captions };

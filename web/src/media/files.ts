// What a chosen file seems to be until the server has looked, and what a file picker offers. Some
// systems know no type for a subtitle file, so that its name counts here.
import type { MediaType } from "../api/types";

const kDocuments: Record<string, string[]> = {
  "application/pdf": [".pdf"],
  "application/vnd.ms-powerpoint": [".ppt"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": [".pptx"],
  "application/msword": [".doc"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"],
};
const kCaptions: Record<string, string[]> = {
  "text/vtt": [".vtt"],
  "application/x-subrip": [".srt"],
};

/** For a post's own media: types with their endings. */
export const kPostFiles: Record<string, string[]> = {
  "image/*": [],
  "video/*": [],
  ...kDocuments,
};

/** For the file of an option: the rule's formats, as a file input wants them. */
export function acceptOf(formats: string[]): string {
  const endings = formats.flatMap((one) => kDocuments[one] ?? kCaptions[one] ?? []);
  return [...formats, ...endings].join(",");
}

export function typeOf({ name, type }: { name: string; type: string }): MediaType {
  if (type.startsWith("video/")) return "video";
  if (type.startsWith("image/")) return "image";
  const ending = name.slice(name.lastIndexOf(".")).toLowerCase();
  const among = (known: Record<string, string[]>) =>
    type in known || Object.values(known).some((endings) => endings.includes(ending));
  if (among(kCaptions)) return "captions";
  return among(kDocuments) ? "document" : "image";
}

import {
  IconBadgeCc,
  IconFileText,
  IconMovie,
  IconPhoto,
  type IconProps,
} from "@tabler/icons-react";
import type { MediaType } from "../api/types";

const kIcons = {
  image: IconPhoto,
  video: IconMovie,
  document: IconFileText,
  captions: IconBadgeCc,
};

export const kMediaNames: Record<MediaType, string> = {
  image: "Picture",
  video: "Video",
  document: "Document",
  captions: "Captions",
};

/** Stands where a medium has no picture of its own. */
export function MediaIcon({ of, ...props }: { of: MediaType | null } & IconProps) {
  const Icon = kIcons[of ?? "image"];
  return <Icon {...props} />;
}

import type { CSSProperties } from "react";
import { usePlatforms } from "../api/queries";
import css from "./PlatformMark.module.css";

/** A letter on a colour of its own; the colours are spread over the list of platforms. */
export function PlatformMark({ id, size = 40 }: { id: string; size?: number }) {
  const platforms = usePlatforms().data ?? [];
  const place = platforms.findIndex((platform) => platform.id === id);
  const name = platforms[place]?.name ?? id;
  const hue = place < 0 ? 230 : (10 + (place * 360) / platforms.length) % 360;
  const style = { "--hue": hue, width: size, height: size, fontSize: size * 0.46 };
  return (
    <span className={css.mark} style={style as CSSProperties} aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
  );
}

import { usePlatforms } from "../api/queries";

/** Names for ids; the id itself while the names are not known. */
export function usePlatformName(): (id: string) => string {
  const platforms = usePlatforms().data ?? [];
  return (id) => platforms.find((platform) => platform.id === id)?.name ?? id;
}

import { Skeleton } from "@mantine/core";
import css from "./Analytics.module.css";

export function FiguresSkeleton() {
  return (
    <div className={css.column} aria-busy="true" aria-label="Loading">
      <Skeleton h={380} radius="lg" />
      <Skeleton h={260} radius="lg" />
    </div>
  );
}

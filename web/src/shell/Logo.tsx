export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path d="M10 6.5v19" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <path d="M10 8h14l-4 4.75 4 4.75H10z" fill="#fff" />
    </svg>
  );
}

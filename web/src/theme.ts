import { createTheme, type MantineColorsTuple } from "@mantine/core";

const royal: MantineColorsTuple = [
  "#eef2ff",
  "#dce4fd",
  "#b9c7f8",
  "#93a8f2",
  "#728cec",
  "#5c7ae8",
  "#4a69e0",
  "#3a56c9",
  "#2f47ad",
  "#243a92",
];
const dark: MantineColorsTuple = [
  "#e3e5ea",
  "#c2c6cf",
  "#9aa0ad",
  "#5b606d",
  "#34373f",
  "#282a31",
  "#1c1e23",
  "#131418",
  "#0f1013",
  "#0a0b0d",
];

export const theme = createTheme({
  colors: { royal, dark },
  primaryColor: "royal",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  fontFamily: "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.25" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.4" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Avatar: {
      styles: {
        placeholder: {
          background: "var(--initials)",
          color: "var(--mantine-color-text)",
          fontSize: "calc(var(--avatar-size) * 0.35)",
          fontWeight: 600,
        },
      },
    },
    Button: { styles: { root: { fontWeight: 550 } } },
    Drawer: { defaultProps: { padding: "xl" }, styles: { title: { fontWeight: 650 } } },
    Modal: {
      defaultProps: { centered: true, radius: "lg", padding: "lg" },
      styles: { title: { fontWeight: 650 } },
    },
    SegmentedControl: { styles: { root: { background: "var(--track)" } } },
    Paper: { defaultProps: { radius: "lg" } },
    Tooltip: { defaultProps: { openDelay: 300 } },
  },
});

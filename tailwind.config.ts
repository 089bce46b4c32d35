import type { Config } from "tailwindcss";

/** Colours are named by role; their values, one for light and one for dark, live in `app/globals.css`. */
const roles = [
  ["bg", "panel", "hover", "press", "veil"],
  ["ink", "soft", "faint"],
  ["line", "line-strong"],
  ["primary", "primary-hover", "on-primary"],
  ["brass", "brass-ink", "brass-wash"],
  ["green", "green-ink", "green-wash"],
  ["amber", "amber-ink", "amber-wash"],
  ["red", "red-hover", "on-red", "red-ink", "red-wash"],
  ["blue", "blue-ink", "blue-wash"],
  ["grey"],
].flat();

const config: Config = {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  theme: {
    // Replaces the stock palette, so that a raw colour does not compile to anything.
    colors: {
      transparent: "transparent",
      current: "currentColor",
      ...Object.fromEntries(roles.map((role) => [role, `var(--${role})`])),
    },
    screens: { sm: "720px", md: "960px", lg: "1200px", xl: "1600px" },
    fontFamily: {
      sans: ["var(--font-geist-sans)", "system-ui", "sans-serif"],
      mono: ["var(--font-geist-mono)", "ui-monospace", "monospace"],
    },
    fontSize: {
      xs: ["0.75rem", { lineHeight: "1rem", letterSpacing: "0" }],
      sm: ["0.8125rem", { lineHeight: "1.125rem" }],
      base: ["0.875rem", { lineHeight: "1.25rem" }],
      lg: ["1.0625rem", { lineHeight: "1.5rem", letterSpacing: "-0.012em" }],
      xl: ["1.375rem", { lineHeight: "1.75rem", letterSpacing: "-0.02em" }],
      "2xl": ["1.75rem", { lineHeight: "2.25rem", letterSpacing: "-0.025em" }],
    },
    borderRadius: {
      none: "0",
      xs: "4px",
      sm: "6px",
      control: "8px",
      surface: "12px",
      dialog: "14px",
      full: "9999px",
    },
    boxShadow: { none: "none", float: "var(--shadow-float)", dialog: "var(--shadow-dialog)" },
    transitionDuration: { DEFAULT: "140ms", fast: "120ms", slow: "160ms" },
    transitionTimingFunction: { DEFAULT: "cubic-bezier(0.2, 0, 0, 1)", out: "cubic-bezier(0.2, 0, 0, 1)" },
    extend: {
      height: { bar: "var(--bar-height)" },
      keyframes: {
        "fade-in": { from: { opacity: "0" } },
        "fade-out": { to: { opacity: "0" } },
        "float-in": { from: { opacity: "0", transform: "translateY(-4px) scale(0.98)" } },
        "dialog-in": { from: { opacity: "0", transform: "translateY(8px) scale(0.98)" } },
        "dialog-out": { to: { opacity: "0", transform: "translateY(4px) scale(0.98)" } },
        "sheet-in": { from: { transform: "translateY(100%)" } },
        "sheet-out": { to: { transform: "translateY(100%)" } },
        "drawer-in": { from: { transform: "translateX(-100%)" } },
        "drawer-out": { to: { transform: "translateX(-100%)" } },
        slide: { from: { transform: "translateX(-100%)" }, to: { transform: "translateX(350%)" } },
        fresh: { from: { background: "var(--brass-wash)" } },
        breathe: { "50%": { opacity: "0.5" } },
      },
      animation: {
        "fade-in": "fade-in 140ms ease-out",
        "fade-out": "fade-out 120ms ease-out forwards",
        "float-in": "float-in 120ms cubic-bezier(0.2, 0, 0, 1)",
        "dialog-in": "dialog-in 160ms cubic-bezier(0.2, 0, 0, 1)",
        "dialog-out": "dialog-out 120ms ease-out forwards",
        "sheet-in": "sheet-in 160ms cubic-bezier(0.2, 0, 0, 1)",
        "sheet-out": "sheet-out 140ms ease-out forwards",
        "drawer-in": "drawer-in 160ms cubic-bezier(0.2, 0, 0, 1)",
        "drawer-out": "drawer-out 140ms ease-out forwards",
        slide: "slide 1.1s ease-in-out infinite",
        fresh: "fresh 2400ms ease-out",
        breathe: "breathe 1.6s ease-in-out infinite",
      },
    },
  },
};

export default config;

// Order matters: most browsers claim to be the ones before them.
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|CriOS|HeadlessChrome|Chromium)\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

/** A browser in words, from its `User-Agent`: a hint for the person who used it, never a proof of anything. */
export function describeAgent(agent: string | null): { device: string; kind: "desktop" | "phone" | "program" } {
  if (!agent) return { device: "Unknown device", kind: "program" };
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
  if (!browser && !system)
    return { device: shortened(/^[A-Za-z][\w .-]*/.exec(agent)?.[0] ?? "Unknown device"), kind: "program" };
  const kind = /\b(?:Mobi|iPhone|iPad|Android)/.test(agent) ? "phone" : "desktop";
  return { device: [browser ?? "A browser", system && `on ${system}`].filter(Boolean).join(" "), kind };
}

/** Characters of a program's name that are shown. */
const LONGEST = 40;

const shortened = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1).trimEnd()}…` : name);

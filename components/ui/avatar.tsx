import { classNames } from "./class-names";

// Whole class names, so that the style sheet knows them.
const hues = [
  "face-20",
  "face-50",
  "face-75",
  "face-110",
  "face-145",
  "face-170",
  "face-200",
  "face-230",
  "face-255",
  "face-285",
  "face-315",
  "face-345",
];
const sizes = {
  sm: "size-5 text-[0.53125rem]",
  md: "size-6 text-[0.625rem]",
  lg: "size-9 text-[0.8125rem]",
  xl: "size-14 text-lg",
} as const;

type AvatarProps = {
  /** Decides initials and hue; give the hue another source with `seed` (an id) when names repeat. */
  name: string;
  seed?: string;
  size?: keyof typeof sizes;
  className?: string;
};

/** Decoration beside a written name, hence hidden from screen readers. */
export function Avatar({ name, seed = name, size = "md", className }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      data-initials={initials(name)}
      className={classNames(
        // Drawn by the style sheet: the letters are no text to be read, found or copied.
        "face inline-grid before:content-[attr(data-initials)] shrink-0 select-none place-items-center rounded-full font-semibold leading-none tracking-normal",
        hues[hash(seed) % hues.length],
        sizes[size],
        className,
      )}
    />
  );
}

/** Up to two letters, whole characters of any script: "Amara Okafor" is AO, "ci-exporter" is CI. */
function initials(name: string): string {
  const words = name.match(/[\p{L}\p{N}\p{Extended_Pictographic}]+/gu) ?? [];
  const [first = "?", second] = [words[0], words.length > 1 && words.at(0)?.length !== 2 ? words.at(-1) : undefined];
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2);
  // One character of these fills the circle.
  if (/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(first)) return [...first].slice(0, 1).join("");
  return letters.join("").toLocaleUpperCase("en");
}

function hash(text: string): number {
  let sum = 2166136261;
  for (const char of text) sum = Math.imul(sum ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return sum;
}

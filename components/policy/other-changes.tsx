import type { WordedChange } from "./policy-words";

/** What somebody else saved: each rule with what it was and what it is now. */
export function OtherChanges({ changes }: { changes: WordedChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul aria-label="What they changed" className="mt-1 grid max-h-40 gap-0.5 overflow-y-auto">
      {changes.map(({ label, before, after }) => (
        <li key={label}>
          <span className="font-medium">{label}:</span> <span className="text-soft">{before} →</span> {after}
        </li>
      ))}
    </ul>
  );
}

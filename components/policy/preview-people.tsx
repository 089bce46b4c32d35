import { Avatar } from "@/components/ui/avatar";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";

/** Whose tokens are touched, the most touched first. */
export function PreviewPeople({ result: { issuers } }: { result: PolicyPreview }) {
  if (issuers.count === 0) return null;
  const others = issuers.count - issuers.people.length;
  return (
    <section aria-label="Whose they are" className="grid gap-2">
      <h3 className="font-medium text-sm">Whose they are</h3>
      <ul className="grid gap-x-8 gap-y-1.5 sm:grid-cols-2">
        {issuers.people.map(({ id, name, email, counts }) => (
          <li key={id} className="flex min-w-0 items-center gap-2 text-sm">
            <Avatar name={name} seed={email ?? id} size="sm" />
            <span dir="auto" title={email ?? name} className="min-w-0 flex-1 truncate">
              {name}
            </span>
            <span className="shrink-0 text-soft text-xs">{countWords(counts)}</span>
          </li>
        ))}
      </ul>
      {others > 0 && <p className="text-soft text-sm">and {others.toLocaleString("en")} more.</p>}
    </section>
  );
}

const countWords = ({ outside, loses_rights, deleted }: PolicyPreview["issuers"]["people"][number]["counts"]) =>
  [
    outside > 0 && `${outside.toLocaleString("en")} outside`,
    loses_rights > 0 && `${loses_rights.toLocaleString("en")} with fewer rights`,
    deleted > 0 && `${deleted.toLocaleString("en")} deleted`,
  ]
    .filter(Boolean)
    .join(", ");

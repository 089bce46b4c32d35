import { counted } from "@/components/tokens/counted";
import { Notice } from "@/components/ui/notice";
import type { RoleLoss } from "@/lib/roles/preview-role-loss";
import type { CataloguePart } from "@/lib/roles/role-comparison";
import type { TokenWords } from "@/lib/tokens/token-words";

type RoleLossesProps = { losses: readonly RoleLoss[]; catalogue: readonly CataloguePart[]; words: TokenWords };

/** Who can no longer do what once the change is saved. */
export function RoleLosses({ losses, catalogue, words }: RoleLossesProps) {
  const sentences = new Map(
    catalogue.flatMap(({ permissions }) => permissions.map(({ name, sentence }) => [name, sentence] as const)),
  );
  return (
    <section aria-label="What this takes away" className="grid gap-3">
      <Notice tone="warning" title="This takes something away" live>
        Members lose it at their next request, their {words.many} at the next call. Calls that need it are then refused.
      </Notice>
      <ul className="divide-y divide-line rounded-control border border-line">
        {losses.map(({ permission, members, tokens }) => (
          <li key={permission} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-3.5 py-2.5">
            <span className="min-w-0">
              <span className="block text-pretty text-sm">{sentences.get(permission) ?? permission}</span>
              <code className="font-mono text-faint text-xs">{permission}</code>
            </span>
            <span className="text-sm">
              {members !== null && `${counted(members, "member")}, `}
              {counted(tokens, words.one, words.many)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

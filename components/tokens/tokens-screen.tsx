import Link from "next/link";
import { Suspense } from "react";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { TokensView } from "@/lib/tokens/view-tokens";
import { CreateTokenButton } from "./create-token-button";
import { ExpiringNotice } from "./expiring-notice";
import { IgnoredNotice } from "./ignored-notice";
import { SwitchedOffNotice } from "./switched-off-notice";
import type { ActivityAction, CreateAction, DeleteAction, UpdateAction } from "./token-actions";
import { TokenTable } from "./token-table";
import { TokenTableSkeleton } from "./token-table-skeleton";

export type TokenActions = {
  create: CreateAction;
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
};

type TokensScreenProps = {
  view: TokensView;
  /** The path of this very page; a token's page is one step below it. */
  path: string;
  organizationName: string;
  apiUrl: string;
  actions: TokenActions;
};

/** *API tokens*, in the console and in the hub. The rows come when they are there; all else stands at once. */
export function TokensScreen({ view, path, organizationName, apiUrl, actions }: TokensScreenProps) {
  const { options, sees, switchedOff, expiring } = view;
  return (
    <>
      <PageHeader
        title="API tokens"
        description={
          <>
            Let programs call the <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi> API on your behalf.
            A token never allows more than the person who issued it may do right now.{" "}
            <Link href="/docs">API reference</Link>
          </>
        }
        aside={<TokenCount options={options} sees={sees} />}
        actions={
          <CreateTokenButton
            options={options}
            create={actions.create}
            organizationName={organizationName}
            apiUrl={apiUrl}
          />
        }
      />
      <div className="mt-5 grid gap-3 empty:hidden">
        {switchedOff && <SwitchedOffNotice reason={switchedOff.reason} />}
        {expiring && !switchedOff && <ExpiringNotice expiring={expiring} path={path} />}
      </div>
      <div className="mt-5">
        <Suspense fallback={<TokenTableSkeleton sees={sees} mirrors={options.policy.access === "issuer"} />}>
          <TokenList view={view} path={path} actions={actions} />
        </Suspense>
      </div>
    </>
  );
}

async function TokenList({ view, path, actions }: Pick<TokensScreenProps, "view" | "path" | "actions">) {
  const { page, facets, ignored } = await view.list;
  return (
    <div className="grid gap-3">
      {ignored.length > 0 && <IgnoredNotice ignored={ignored} />}
      <TokenTable
        page={page}
        facets={facets}
        sees={view.sees}
        path={path}
        descriptionField={view.options.policy.description}
        update={actions.update}
        remove={actions.remove}
        activity={actions.activity}
        refusal={view.options.refusal}
      />
    </div>
  );
}

/** Live tokens, against the limit that is met first by whoever looks: their own where there is one. */
function TokenCount({ options: { live, limits }, sees }: { options: CreateOptions; sees: "all" | "own" }) {
  const [count, limit] =
    limits.issuer !== null
      ? [live.issuer, limits.issuer]
      : limits.organization !== null
        ? [live.organization, limits.organization]
        : [sees === "all" ? live.organization : live.issuer, null];
  if (limit !== null && limit > 1) {
    // Who sees only tokens of their own would not find these in the table.
    const unit = sees === "own" && limits.issuer === null ? "organization tokens" : "tokens";
    return <Meter value={count} max={limit} unit={unit} className="w-auto! min-w-30" />;
  }
  if (limit === null && count === 0) return null;
  return (
    <p className="text-soft text-xs">
      {limit === 1 ? `${count} of 1 token` : `${count.toLocaleString("en")} active ${count === 1 ? "token" : "tokens"}`}
    </p>
  );
}

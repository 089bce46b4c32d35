import type { Route } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { PageHeader } from "@/components/ui/page-header";
import type { TokensView } from "@/lib/tokens/view-tokens";
import { CreateTokenButton } from "./create-token-button";
import { ExpiringNotice } from "./expiring-notice";
import { IgnoredNotice } from "./ignored-notice";
import { OutsideNotice } from "./outside-notice";
import type { TokenActions } from "./token-actions";
import { TokenCount } from "./token-count";
import { TokenTable } from "./token-table";
import { TokenTableSkeleton } from "./token-table-skeleton";
import { TokensOffCard } from "./tokens-off-card";

type TokensScreenProps = {
  view: TokensView;
  /** The path of this very page; a token's page is one step below it. */
  path: string;
  /** The path of *Explain a refused call*. */
  refusalsPath: string;
  organizationName: string;
  apiUrl: string;
  actions: TokenActions;
};

/** *API tokens*, in the console and in the hub. The rows come when they are there; all else stands at once. */
export function TokensScreen({ view, path, refusalsPath, organizationName, apiUrl, actions }: TokensScreenProps) {
  const { options, sees, switchedOff, expiring, words } = view;
  return (
    <>
      <PageHeader
        title={words.title}
        description={
          <>
            Let programs call the <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi> API on your behalf.
            A token never allows more than the person who issued it may do right now.{" "}
            <Link href={refusalsPath as Route}>Explain a refused call</Link>
            {/* On a wider page the bar above has it. */}
            <span className="md:hidden">
              {" · "}
              <a href="/docs">API reference</a>
            </span>
          </>
        }
        aside={
          !switchedOff && <TokenCount options={options} sees={sees} organizationName={organizationName} words={words} />
        }
        actions={
          !switchedOff && (
            <CreateTokenButton
              options={options}
              create={actions.create}
              organizationName={organizationName}
              apiUrl={apiUrl}
            />
          )
        }
      />
      <div className="mt-5 grid gap-3 empty:hidden">
        {switchedOff && (
          <TokensOffCard
            switchedOff={switchedOff}
            live={options.live.issuer}
            seen={sees === "all" ? options.live.organization : undefined}
            organizationName={organizationName}
            requestAccess={actions.requestAccess}
          />
        )}
        {!switchedOff && (
          <ExpiringNotice
            // A list of such says it in its rows.
            expiring={view.isOfExpiring ? null : expiring}
            path={path}
            renewal={view.renewal}
            apiUrl={apiUrl}
            rotate={actions.rotate}
          />
        )}
      </div>
      <div className="mt-5">
        <Suspense fallback={<TokenTableSkeleton sees={sees} mirrors={options.policy.access === "issuer"} />}>
          <TokenList view={view} path={path} apiUrl={apiUrl} actions={actions} />
        </Suspense>
      </div>
    </>
  );
}

async function TokenList({
  view,
  path,
  apiUrl,
  actions,
}: Omit<TokensScreenProps, "organizationName" | "refusalsPath">) {
  const { page, facets, ignored, outside } = await view.list;
  const { active, expired, deleted } = facets.status;
  // The card above says already that there is nothing to create.
  if (view.switchedOff && active + expired + deleted === 0) return null;
  return (
    <div className="grid gap-3">
      {outside && !view.switchedOff && <OutsideNotice {...outside} sees={view.sees} path={path} words={view.words} />}
      {ignored.length > 0 && <IgnoredNotice ignored={ignored} />}
      <TokenTable
        page={page}
        facets={facets}
        sees={view.sees}
        path={path}
        fields={view.fields}
        switchedOff={view.switchedOff !== null}
        offersExpiry={view.someExpireSoon || view.isOfExpiring}
        update={actions.update}
        remove={actions.remove}
        activity={actions.activity}
        receipt={actions.receipt}
        rotate={actions.rotate}
        extend={actions.extend}
        renewal={view.renewal}
        apiUrl={apiUrl}
        refusal={view.options.refusal}
      />
    </div>
  );
}

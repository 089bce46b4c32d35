"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "@/components/tokens/form-answer";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/auth/action-result";
import { readOriginLines } from "@/lib/organizations/allowed-origins";
import { type OrganizationSettings, updateOrganizationInput } from "@/lib/organizations/organization-input";
import type { OrganizationView } from "@/lib/organizations/view-organization";
import type { TokenWords } from "@/lib/tokens/token-words";
import { AllowedOriginsField } from "./allowed-origins-field";
import { settingsOf } from "./organization-form";

type AllowedOriginsCardProps = {
  view: OrganizationView;
  tokens: Pick<TokenWords, "many">;
  update: Action<OrganizationSettings>;
};

/** Which sites' scripts the API answers, saved apart from the organization's words. */
export function AllowedOriginsCard({ view, tokens, update }: AllowedOriginsCardProps) {
  const router = useRouter();
  const was = settingsOf(view);
  /** As it is typed, which may be no list yet; null where nothing was. */
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const { origins, faults } = typed === null ? { origins: was.allowed_origins, faults: [] } : readOriginLines(typed);
  const changed = faults.length > 0 || String(origins) !== String(was.allowed_origins);

  function undo() {
    setTyped(null);
    setWrong(undefined);
    setTrouble(null);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy || !changed) return;
    setTrouble(null);
    if (faults.length > 0) return setWrong("Mend the marked lines first.");
    const input = updateOrganizationInput.safeParse({ was, to: { ...was, allowed_origins: origins } });
    if (!input.success) return setWrong(input.error.issues[0]?.message);
    setBusy(true);
    const result = await askServer(() => update(input.data));
    setBusy(false);
    if (!result.ok) {
      if ("invalid" in result) return setWrong(result.invalid.map(({ message }) => message).join(" "));
      if ("refusal" in result && result.refusal.code === "organization_changed") router.refresh();
      return setTrouble(troubleOf(result));
    }
    undo();
    toast.success("Changes saved");
    router.refresh();
  }

  return (
    <Card aria-label="Calls from browsers">
      <form noValidate autoComplete="off" onSubmit={save}>
        <CardHeader
          title="Calls from browsers (CORS)"
          description="Scripts of other sites may read what the API answers where their site is listed. A * is not allowed."
        />
        <CardBody className="grid gap-6">
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was saved. What you entered is kept, and trying again does no harm."
          />
          <AllowedOriginsField
            value={typed ?? was.allowed_origins.join("\n")}
            onChange={(text) => {
              setWrong(undefined);
              setTyped(text);
            }}
            error={wrong}
            tokens={tokens}
          />
        </CardBody>
        <CardFooter>
          {changed && <Button onClick={undo}>Undo</Button>}
          <Button
            type="submit"
            variant="primary"
            loading={busy}
            disabledReason={changed ? null : "Nothing is changed yet."}
          >
            Save sites
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

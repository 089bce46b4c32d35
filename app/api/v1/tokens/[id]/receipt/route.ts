import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { readParam } from "@/lib/http/read-input";
import { receiptResource } from "@/lib/http/token-resource";
import { revocationReceipt } from "@/lib/tokens/revocation-receipt";
import { tokenId } from "@/lib/tokens/token-input";

export const dynamic = "force-dynamic";

export const GET = withToken("tokens:read", async (_request, { actor, ctx, params }) =>
  receiptResource(accepted(await revocationReceipt(actor, readParam((await params).id, tokenId), ctx))),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");

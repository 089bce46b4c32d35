import { ANSWER } from "../answer-body";

// A handler as Next's own documentation writes it: no credential, no request id, no headers of ours.
export const dynamic = "force-dynamic";
export const GET = () => Response.json(ANSWER);

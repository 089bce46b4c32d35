import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AccessRequest } from "@/lib/organizations/inspect-organization";

/** Who asks for tokens to be switched on, the first one first. Switching on answers all of them. */
export function AccessRequestsCard({ requests, total }: { requests: AccessRequest[]; total: number }) {
  return (
    <Card aria-label="Requests">
      <CardHeader title="Requests" description="Members who ask for API tokens to be switched on." />
      {requests.length === 0 ? (
        <CardBody className="text-soft text-sm">Nobody is asking.</CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {requests.map((request) => (
            <li key={request.memberId} className="grid gap-1 px-5 py-3.5 text-sm max-sm:px-4">
              <div className="flex items-baseline justify-between gap-3">
                <p className="min-w-0 font-medium [overflow-wrap:anywhere]">
                  <bdi>{request.name}</bdi>
                </p>
                <RelativeTime value={request.createdAt} className="shrink-0 text-soft text-xs" />
              </div>
              {request.email && <p className="text-soft text-xs [overflow-wrap:anywhere]">{request.email}</p>}
              {request.reason ? (
                <p dir="auto" className="mt-0.5 whitespace-pre-line text-pretty [overflow-wrap:anywhere]">
                  {request.reason}
                </p>
              ) : (
                <p className="text-faint text-xs">Gave no reason.</p>
              )}
            </li>
          ))}
        </ul>
      )}
      {total > requests.length && (
        <p className="border-line border-t px-5 py-3 text-soft text-sm max-sm:px-4">
          And {(total - requests.length).toLocaleString("en")} more.
        </p>
      )}
    </Card>
  );
}

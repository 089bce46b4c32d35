import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Worker } from "@/lib/jobs/worker-name";

/** The processes that run the jobs, by their connections to the database. */
export function WorkersCard({ workers }: { workers: Worker[] }) {
  return (
    <Card aria-label="Workers">
      <CardHeader title="Workers" description="Processes that run the jobs. Each run goes to one of them." />
      {workers.length === 0 ? (
        <CardBody className="text-soft text-sm">None. Behind a pooler of connections they may not be seen.</CardBody>
      ) : (
        <ul className="divide-y divide-line">
          {workers.map(({ host, pid, since }) => (
            <li
              key={`${host} ${pid}`}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 px-5 py-3 text-sm max-sm:px-4"
            >
              <p className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium">{host}</span> <span className="text-soft">process {pid}</span>
              </p>
              <p className="text-soft">
                began <RelativeTime value={since} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

"use client";

import { useState } from "react";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusDot } from "@/components/ui/status-dot";
import type { Action } from "@/lib/auth/action-result";
import type { JobLine, JobsView } from "@/lib/jobs/list-jobs";
import { durationText, jobCounts, jobState } from "./job-words";
import { RunJobDialog } from "./run-job-dialog";
import { useRunJob } from "./use-run-job";
import { WorkersCard } from "./workers-card";

type JobsScreenProps = { view: JobsView; askForRun: Action<{ name: string }> };

/** Every job with how it fares, and who runs them. */
export function JobsScreen({ view, askForRun }: JobsScreenProps) {
  useFreshPage();
  const { jobs, workers } = view;
  const { asked, ask } = useRunJob(jobs, askForRun);
  const [asking, setAsking] = useState<JobLine | null>(null);
  const [open, setOpen] = useState(false);

  function run(job: JobLine) {
    if (!job.deletes) return void ask(job);
    setAsking(job);
    setOpen(true);
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {workers.length === 0 && (
        <Notice tone="warning" title="No worker is running">
          Nothing expires, nobody is told and no mail is sent until one is. Set <code>JOBS</code> to <code>on</code>, or
          start <code>npm run worker</code>.
        </Notice>
      )}
      <Card aria-label="Jobs">
        <ul className="divide-y divide-line">
          {jobs.map((job) => (
            <JobItem key={job.name} job={job} isAsked={asked.has(job.name)} run={() => run(job)} />
          ))}
        </ul>
      </Card>
      <WorkersCard workers={workers} />
      {asking && (
        <RunJobDialog
          key={asking.name}
          job={asking}
          open={open}
          onOpenChange={setOpen}
          run={async () => {
            setOpen(false);
            await ask(asking);
          }}
        />
      )}
    </div>
  );
}

function JobItem({ job, isAsked, run }: { job: JobLine; isAsked: boolean; run: () => void }) {
  const { tone, words } = jobState(job);
  const did = jobCounts(job.counts);
  const ever = jobCounts(job.totals);
  return (
    <li
      aria-label={job.name}
      className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-3 px-5 py-4 text-sm max-sm:px-4 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)_auto]"
    >
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-medium font-mono">{job.name}</h2>
          <StatusDot tone={tone}>{words}</StatusDot>
        </div>
        <p className="mt-0.5 text-pretty text-soft">{job.does}.</p>
        {job.failure && (
          <p className="mt-1.5 text-pretty text-red-ink [overflow-wrap:anywhere]">
            The last run failed with <code className="font-mono">{job.failure}</code>
            {job.lastSucceededAt ? (
              <>
                ; the last that succeeded ended <RelativeTime value={job.lastSucceededAt} />
              </>
            ) : (
              "; none has succeeded yet"
            )}
            . The log of the worker says more.
          </p>
        )}
      </div>
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] content-start gap-x-3 gap-y-1">
        <dt className="text-soft">Last run</dt>
        <dd>
          {job.lastStartedAt ? (
            <>
              <RelativeTime value={job.lastStartedAt} />
              {job.lastMs !== null && <span className="text-soft"> · took {durationText(job.lastMs)}</span>}
            </>
          ) : (
            <span className="text-faint">never</span>
          )}
        </dd>
        <dt className="text-soft">Did</dt>
        <dd className="text-pretty">
          {job.runs === 0 ? <span className="text-faint">—</span> : (did ?? "nothing to do")}
        </dd>
        <dt className="text-soft">Next run</dt>
        <dd>
          {isAsked ? "as soon as a worker is free" : <RelativeTime value={job.nextAt} />}
          <span className="text-soft">
            {" "}
            ·{" "}
            {job.everyMinutes === 60
              ? "every hour"
              : job.everyMinutes === 1
                ? "every minute"
                : `every ${job.everyMinutes} minutes`}
          </span>
        </dd>
        <dt className="text-soft">In all</dt>
        <dd className="text-pretty text-soft">
          {counted(job.runs, "run")}
          {job.failures > 0 && <>, {job.failures.toLocaleString("en")} failed</>}
          {ever && <> · {ever}</>}
        </dd>
      </dl>
      <div className="md:text-right">
        <Button size="sm" loading={isAsked} onClick={run}>
          Run now
          <span className="sr-only"> {job.name}</span>
        </Button>
      </div>
    </li>
  );
}

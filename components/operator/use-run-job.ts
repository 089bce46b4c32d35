"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect, useState } from "react";
import { askServer } from "@/components/tokens/form-answer";
import { toast } from "@/components/ui/toast";
import { type Action, actionSentence } from "@/lib/auth/action-result";
import type { JobLine } from "@/lib/jobs/list-jobs";
import { jobCounts } from "./job-words";

const LOOK_EVERY_MS = 1500;
/** A worker looks for work every five seconds; whatever takes longer is seen when it is seen. */
const PATIENCE_MS = 30_000;

/** Which run was the last when somebody asked for another, and since when. */
interface Asked {
  lastStartedAt: number;
  at: number;
}

/** Asks for runs, and watches until each has ended, which it then says. */
export function useRunJob(jobs: JobLine[], askForRun: Action<{ name: string }>) {
  const router = useRouter();
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const forget = (name: string) => setAsked((before) => new Map([...before].filter(([each]) => each !== name)));

  async function ask({ name, lastStartedAt }: JobLine) {
    setAsked((before) => new Map(before).set(name, { lastStartedAt: startOf(lastStartedAt), at: Date.now() }));
    const result = await askServer(() => askForRun({ name }));
    if (result.ok) return;
    forget(name);
    toast.error("unanswered" in result ? "No answer came. Trying again does no harm." : (actionSentence(result) ?? ""));
  }

  useEffect(() => {
    if (asked.size === 0) return;
    const timer = setInterval(() => startTransition(() => router.refresh()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [asked.size, router]);

  useEffect(() => {
    for (const [name, { lastStartedAt, at }] of asked) {
      const job = jobs.find((each) => each.name === name);
      const isOver = job && startOf(job.lastStartedAt) > lastStartedAt && !job.isRunning;
      if (!isOver && Date.now() - at < PATIENCE_MS) continue;
      setAsked((before) => new Map([...before].filter(([each]) => each !== name)));
      if (!isOver) toast.info(`${name} waits for a worker, or is still at it`);
      else if (job.failure) toast.error(`${name} failed with ${job.failure}`);
      else toast.success(`${name} ran`, { description: jobCounts(job.counts) ?? "There was nothing to do." });
    }
  }, [asked, jobs]);

  return { asked, ask };
}

const startOf = (at: Date | null) => (at ? new Date(at).getTime() : 0);

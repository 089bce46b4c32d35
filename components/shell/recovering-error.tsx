"use client";

import { useEffect, useState } from "react";
import { Spinner } from "@/components/ui/spinner";
import { ErrorPanel } from "./error-panel";
import { isReady } from "./server-state";

const PAUSES = [1000, 2000, 3000, 5000];

type RecoveringErrorProps = { error: Error & { digest?: string }; retry: () => void };

/**
 * What an error boundary shows: whether it is the database that is away, by asking the server, and the page again by
 * itself as soon as it is back. What went wrong in any other way is not tried again behind the person's back.
 */
export function RecoveringError({ error, retry }: RecoveringErrorProps) {
  const [away, setAway] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let asked = 0;
    let wasAway = false;
    let left = false;
    async function ask() {
      const ready = await isReady();
      if (left) return;
      setAway(!ready);
      if (ready && wasAway) retry();
      if (ready) return;
      wasAway = true;
      timer = setTimeout(ask, PAUSES[Math.min(asked, PAUSES.length - 1)]);
      asked += 1;
    }
    void ask();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [retry]);

  if (!away) return <ErrorPanel digest={error.digest} retry={retry} />;
  return (
    <ErrorPanel
      title="Latchkey cannot reach its database"
      description={
        <>
          Nothing is lost, and nothing you did just now was half done. This page comes back by itself.
          <span className="mt-3 flex items-center justify-center gap-2">
            <Spinner className="size-3.5" />
            Trying again…
          </span>
        </>
      }
      retry={retry}
    />
  );
}

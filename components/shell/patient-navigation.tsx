"use client";

import { useEffect } from "react";
import { toast } from "@/components/ui/toast";

const AGAIN_MS = 2000;
const TOAST = "unreachable";

/**
 * Keeps the page where the server cannot be reached. Next would let the browser load the address instead, which puts the
 * browser's own error in place of the page; here the navigation waits, and goes on once there is an answer.
 */
export function PatientNavigation() {
  useEffect(() => {
    const plain = window.fetch;
    const patient: typeof fetch = async (input, init) => {
      const headers = new Headers(init?.headers);
      // What is fetched ahead and what acts may fail: the one is asked again on a press, the other says so itself.
      if (!headers.has("rsc") || headers.has("next-router-prefetch")) return plain(input, init);
      for (;;) {
        try {
          const answer = await plain(input, init);
          toast.dismiss(TOAST);
          return answer;
        } catch (error) {
          if (init?.signal?.aborted) throw error;
          sayUnreachable();
          await nextChance();
        }
      }
    };
    window.fetch = patient;
    return () => {
      if (window.fetch === patient) window.fetch = plain;
    };
  }, []);
  return null;
}

function sayUnreachable() {
  toast.warning(navigator.onLine ? "Latchkey does not answer" : "You are offline", {
    id: TOAST,
    description: "The page stays as it is, and goes on by itself once Latchkey can be reached.",
    duration: Number.POSITIVE_INFINITY,
  });
}

/** The moment when the browser is online again, or some time, whichever is first. */
function nextChance(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, AGAIN_MS);
    window.addEventListener("online", go);
  });
}

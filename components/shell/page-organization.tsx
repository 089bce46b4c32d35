"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { PAGE_ORGANIZATION_HEADER } from "@/lib/organizations/page-organization";

/** Where a browser notes, for all its tabs, which organization was loaded last. */
const NOTE = "latchkey.organization";

/**
 * Keeps a tab true to the organization that it shows: every action says which one that is, so that nothing asked of it is
 * done in another; and once another tab has switched, this one says so.
 */
export function PageOrganization({ id, name }: { id: string; name: string }) {
  useOrganizationHeader(id);
  if (!useSwitchedElsewhere(id)) return null;
  return (
    <div className="mx-auto w-full max-w-[1440px] px-8 pt-4 max-sm:px-4">
      <Notice
        tone="warning"
        live
        title={
          <>
            This page still shows <bdi>{name}</bdi>
          </>
        }
        action={
          // A whole new page, at the start: what this one shows is not the other organization's.
          <a href="/">Go to the other one</a>
        }
      >
        You switched to another organization in another tab. Nothing that you do here is done any more.
      </Notice>
    </div>
  );
}

/** Next sends actions with `fetch` and lets nobody add to them: the header is put on in between. */
function useOrganizationHeader(id: string) {
  useEffect(() => {
    const plain = window.fetch;
    const named: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      if (!headers.has("next-action")) return plain(input, init);
      headers.set(PAGE_ORGANIZATION_HEADER, id);
      return plain(input, { ...init, headers });
    };
    window.fetch = named;
    return () => {
      if (window.fetch === named) window.fetch = plain;
    };
  }, [id]);
}

function useSwitchedElsewhere(id: string): boolean {
  const [elsewhere, setElsewhere] = useState(false);
  const path = usePathname();
  const shown = useRef(path);

  useEffect(() => {
    write(id);
    const look = () => setElsewhere((read() ?? id) !== id);
    look();
    window.addEventListener("storage", look);
    // A tab that slept, or came back with the Back button, may have missed it.
    window.addEventListener("pageshow", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("storage", look);
      window.removeEventListener("pageshow", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [id]);

  useEffect(() => {
    const moved = shown.current !== path;
    shown.current = path;
    // Another page would come from the one organization into the frame of the other.
    if (moved && elsewhere) window.location.reload();
  }, [path, elsewhere]);

  return elsewhere;
}

// A browser may forbid the store: the server compares all the same.
function write(id: string) {
  try {
    window.localStorage.setItem(NOTE, id);
  } catch {}
}

function read(): string | null {
  try {
    return window.localStorage.getItem(NOTE);
  } catch {
    return null;
  }
}

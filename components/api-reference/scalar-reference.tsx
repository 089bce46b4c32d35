"use client";

import type { createApiReference } from "@scalar/api-reference";
import { useTheme } from "next-themes";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import "./scalar.css";

type CreateApiReference = typeof createApiReference;

declare global {
  interface Window {
    Scalar?: { createApiReference: CreateApiReference };
    __zod_globalConfig?: { jitless?: boolean };
  }
}

/** Asks nobody but this server, and keeps nothing that is typed into it. */
const QUIET = {
  withDefaultFonts: false,
  telemetry: false,
  persistAuth: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  hideDarkModeToggle: true,
  theme: "none",
  documentDownloadType: "json",
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  hideModels: true,
  defaultOpenFirstTag: true,
  authentication: { preferredSecurityScheme: "token" },
} as const satisfies Parameters<CreateApiReference>[1];

type ScalarReferenceProps = {
  /** Where Scalar's script is. */
  script: string;
  /** Where the OpenAPI document is. */
  api: string;
};

/** The reference as Scalar shows it, in the theme of the page. */
export function ScalarReference({ script, api: url }: ScalarReferenceProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = useRef<ReturnType<CreateApiReference>>(undefined);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  const { resolvedTheme } = useTheme();
  const theme: "dark" | "light" = resolvedTheme === "dark" ? "dark" : "light";
  const latest = useRef<"dark" | "light">(theme);

  useEffect(() => {
    let left = false;
    loadOnce(script)
      .then((scalar) => {
        if (left || !place.current) return;
        shown.current = scalar.createApiReference(place.current, { ...QUIET, url, forceDarkModeState: latest.current });
        setState("shown");
      })
      .catch(() => setState("failed"));
    const naming = new MutationObserver(() => {
      nameButtons();
      hideCookies();
    });
    naming.observe(document.body, { childList: true, subtree: true });
    return () => {
      left = true;
      naming.disconnect();
      document.body.classList.remove("light-mode", "dark-mode");
      shown.current?.destroy();
      shown.current = undefined;
    };
  }, [script, url]);

  useEffect(() => {
    latest.current = theme;
    shown.current?.updateConfiguration({ ...QUIET, url, forceDarkModeState: theme });
  }, [theme, url]);

  return (
    <>
      {state === "loading" && (
        <p role="status" className="flex items-center justify-center gap-2 py-24 text-soft">
          <Spinner className="size-4" />
          Loading the reference
        </p>
      )}
      {state === "failed" && (
        <div role="alert" className="grid justify-items-center gap-4 px-4 py-24 text-center">
          <p>The reference could not be loaded.</p>
          <Button onClick={() => window.location.reload()}>Try again</Button>
        </div>
      )}
      <div ref={place} className="reference" />
    </>
  );
}

/** Scalar's buttons that copy code are a picture alone. */
function nameButtons() {
  for (const button of document.querySelectorAll('button[class*="copy-button"]:not([aria-label])')) {
    button.setAttribute("aria-label", "Copy code");
  }
}

/** No cookie counts in the API, so its window for a call asks for none. */
function hideCookies() {
  for (const tab of document.querySelectorAll<HTMLElement>('.scalar-client [role="tab"]')) {
    tab.hidden = tab.textContent?.trim() === "Cookies";
    const part = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    part?.closest(".scalar-client .request-section-content > *")?.toggleAttribute("hidden", tab.hidden);
  }
}

/** Scalar is one script that puts itself on the window. */
function loadOnce(address: string): Promise<NonNullable<Window["Scalar"]>> {
  return new Promise((resolve, reject) => {
    if (window.Scalar) return resolve(window.Scalar);
    // Its zod would try whether it may make code of text, which the page's policy forbids and reports.
    window.__zod_globalConfig = { ...window.__zod_globalConfig, jitless: true };
    const script = document.createElement("script");
    script.src = address;
    script.async = true;
    script.onload = () => (window.Scalar ? resolve(window.Scalar) : reject(new Error("There is no Scalar.")));
    script.onerror = () => reject(new Error("The script did not come."));
    document.head.append(script);
  });
}

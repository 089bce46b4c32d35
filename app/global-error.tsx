"use client";

import { GeistSans } from "geist/font/sans";
import { RecoveringError } from "@/components/shell/recovering-error";
import { TooltipProvider } from "@/components/ui/tooltip";
import "./globals.css";

type Problem = { error: Error & { digest?: string }; retry: () => void };

/** Where even the frame of all pages failed. Brings its own document, in the theme that the person chose. */
export default function GlobalError({ error, retry }: Problem) {
  return (
    <html lang="en" className={GeistSans.variable} data-theme={chosenTheme()} suppressHydrationWarning>
      <body className="min-h-dvh">
        <title>Latchkey cannot answer just now</title>
        <TooltipProvider>
          <main id="main" className="grid min-h-dvh place-items-center px-4">
            <h1 className="sr-only">Latchkey</h1>
            <RecoveringError error={error} retry={retry} />
          </main>
        </TooltipProvider>
      </body>
    </html>
  );
}

function chosenTheme(): "light" | "dark" | undefined {
  if (typeof window === "undefined") return undefined;
  const chosen = readChoice();
  if (chosen === "light" || chosen === "dark") return chosen;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function readChoice(): string | null {
  try {
    return localStorage.getItem("theme");
  } catch {
    // Storage can be off; the system's theme is then the person's.
    return null;
  }
}

"use client";

import { Rows2, Rows3 } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { readDensity, writeDensity } from "./density";

function watchDensity(changed: () => void) {
  const watcher = new MutationObserver(changed);
  watcher.observe(document.documentElement, { attributeFilter: ["data-density"] });
  return () => watcher.disconnect();
}

export function DensityToggle() {
  const compact = useSyncExternalStore(watchDensity, readDensity, () => "comfortable") === "compact";
  const Icon = compact ? Rows2 : Rows3;
  const words = compact ? "Comfortable rows" : "Compact rows";
  return (
    <Tooltip content={words}>
      <Button
        size="icon-sm"
        aria-label={words}
        onClick={() => writeDensity(compact ? "comfortable" : "compact")}
        className="max-sm:hidden"
      >
        <Icon aria-hidden="true" className="size-4 text-soft" />
      </Button>
    </Tooltip>
  );
}

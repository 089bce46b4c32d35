import { useEffect, useEffectEvent, useState } from "react";
import { askServer } from "./form-answer";
import type { ActivityAction } from "./token-actions";
import type { FoundActivity } from "./token-consequences";

/** How a token is used, looked up when a dialog about it opens. */
export function useActivity(activity: ActivityAction, id: string): FoundActivity {
  const [found, setFound] = useState<FoundActivity>("loading");
  const ask = useEffectEvent(() => askServer(() => activity({ id })));
  useEffect(() => {
    let awaited = true;
    void ask().then((result) => awaited && setFound(result.ok ? result.value : "unknown"));
    return () => {
      awaited = false;
    };
  }, []);
  return found;
}

/** Asked before a page is left by a press within Latchkey; whoever cancels it calls its `detail` to go on. */
export const LEAVING = "latchkey:leaving";

/** Leaves the page by `go`, at once or, where something on it is not saved, once the person has said so. */
export function leaveBy(go: () => void): void {
  if (window.dispatchEvent(new CustomEvent(LEAVING, { detail: go, cancelable: true }))) go();
}

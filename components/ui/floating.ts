/** The looks of everything that floats above the page: menus, popovers, lists. */
export const floatLook =
  "z-50 overflow-hidden rounded-surface border border-line bg-panel text-ink shadow-float outline-none data-[state=open]:animate-float-in data-[state=closed]:animate-fade-out";

/** One line of a menu. */
export const menuItemLook =
  "relative flex cursor-default select-none items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:text-faint max-sm:py-2.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-soft";

/** The first stop of the keyboard; leads past the navigation to `#main`. */
export const SkipLink = () => (
  <a
    href="#main"
    className="fixed top-2 left-2 z-60 -translate-y-16 rounded-control bg-primary px-3 py-2 font-medium text-on-primary text-sm focus:translate-y-0"
  >
    Skip to content
  </a>
);

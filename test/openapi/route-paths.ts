const paths = new WeakMap<object, string>();

/** Called by every route file that a test loads: see `nameRoutes` in vitest.config.ts. */
export function rememberRoutes(path: string, routes: (object | undefined)[]): void {
  for (const route of routes) if (route) paths.set(route, path);
}

/** The path that a route's method answers, with its parts in square brackets; undefined where no file has it. */
export const routePath = (route: object): string | undefined => paths.get(route);

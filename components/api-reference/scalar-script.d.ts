declare module "*/dist/browser/standalone.js" {
  /** Where the script is served. */
  const address: string;
  export default address;
}
